// SPDX-License-Identifier: Apache-2.0
// What the header of a part says of it beside its type: where a page or picture of a saved page stood, what somebody
// calls it, when the file was made.
#pragma once

#include <string>

#include "base/json.h"
#include "unpack/mail/mime.h"

namespace careo {

/// Is the body, or a piece of it, kept outside of this mail: message/external-body, message/partial?
bool is_elsewhere(const MimePart& part);

/// Why a child is not all of what was attached, or "": it is kept elsewhere (Thunderbird detaches too), is one piece of
/// several, or was put beside the mail by Apple Mail (X-Apple-Content-Length, in files .partial.emlx).
std::string missing_of(const ParsedMail& mail, const MimePart& part);

/// The members "location" (RFC 2557), "content_id", "description" (RFC 2045, section 8), "created" and "modified" (RFC
/// 2183, as written), of those that are there; "parameters" of what is_elsewhere().
void write_part_fields(const ParsedMail& mail, const MimePart& part, JsonWriter* json);

/// Does the part say any of it?
bool has_part_fields(const ParsedMail& mail, const MimePart& part);

/// For the text, behind what its pages do not show and in the same shape: where the pages stood that are read in place,
/// "[location: https://...]", and what somebody called a part, "[description: ...]"; each once, at most 1,000.
std::string said_of_parts(const ParsedMail& mail, const std::vector<std::size_t>& read_in_place);

/// Content-Location without its folds and blanks, or where Thunderbird put what it detached, or "".
std::string location_of(const ParsedMail& mail, const MimePart& part);

/// The name under which a browser would save what stood at an address: the last word of its path, or "".
std::string name_at(std::string_view location);

}  // namespace careo
