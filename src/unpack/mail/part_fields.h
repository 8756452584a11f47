// SPDX-License-Identifier: Apache-2.0
// What the header of a part says of it beside its type: where a page or picture of a saved page stood, what somebody
// calls it, when the file was made.
#pragma once

#include <string>

#include "base/json.h"
#include "unpack/mail/mime.h"

namespace careo {

/// The members "location" (RFC 2557), "content_id", "description" (RFC 2045, section 8), "created" and "modified" (RFC
/// 2183, as written), of those that are there.
void write_part_fields(const ParsedMail& mail, const MimePart& part, JsonWriter* json);

/// Does the part say any of it?
bool has_part_fields(const ParsedMail& mail, const MimePart& part);

/// Content-Location without its folds and blanks, or "".
std::string location_of(const ParsedMail& mail, const MimePart& part);

/// The name under which a browser would save what stood at an address: the last word of its path, or "".
std::string name_at(std::string_view location);

}  // namespace careo
