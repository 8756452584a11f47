// SPDX-License-Identifier: Apache-2.0
// What bytes are, by looking at them: a table of our own, since a name or a header may say anything. Thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace careo {

/// The media type by content, lower case, "" where the first bytes tell nothing (text and mail have no magic: their
/// openers know them by grammar). Up to 64 KiB of `head` are looked at: in a ZIP for the names of its first members
/// (OOXML, ODF, EPUB, JAR), in a compound file for its streams (DOC, XLS, PPT, MSG).
std::string_view sniff(Bytes head);

/// True for OOXML and ODF packages, as sniff() names them.
bool is_office_package(std::string_view media_type);

/// Where a name or a declared type says one thing and the content clearly another: the sniffed type. Kept quiet where
/// either side is vague, and for containers that are honestly both (a DOCX is a ZIP).
std::optional<std::string> type_mismatch(std::string_view name, std::string_view declared, Bytes head);

/// The reading that says so, for the outcome of the container: kind "type_mismatch", value
/// {"name","declared"?,"found","step"}.
std::string type_mismatch_value(std::string_view name, std::string_view declared, std::string_view found,
                                std::string_view step);

}  // namespace careo
