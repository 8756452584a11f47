// SPDX-License-Identifier: Apache-2.0
// What begins a mail.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace careo {

/// True when the bytes begin like the header of a mail: a first field, and among the fields at least two that only
/// mail has; or like that of a web page saved as one (MHTML).
bool looks_like_mail(Bytes head);

/// True when the bytes are the body of a mail that lost its header: "--x", fields of MIME, and "--x" again, behind
/// nothing but a notice in one line that this is MIME.
bool begins_parts(Bytes head);

/// True for a field name that mail programs write; used to tell mail from text that begins "Word: ...".
bool is_mail_field(std::string_view name);

/// A byte order mark and the blank lines that saving or printing put before a header: how many bytes, 0 where what
/// follows them is no header.
std::size_t before_mail_header(Bytes bytes);

}  // namespace careo
