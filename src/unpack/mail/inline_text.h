// SPDX-License-Identifier: Apache-2.0
// Which parts of a mail a program shows as its text, and how they say what their letters are.
#pragma once

#include <string>
#include <string_view>

#include "unpack/mail/mime.h"

namespace careo {

/// `first`: no text of the mail stands before it.
bool is_inline_text(const MimePart& part, bool first);

bool is_html(const MimePart& part);

/// The charset that the part declares, as a hint: "" where it is no name of one.
std::string charset_hint(const MimePart& part);

/// The charset to read its decoded bytes in, "" where what is declared cannot be.
std::string_view charset_of(const MimePart& part, Bytes decoded);

/// Does a message stand in the text that only the keys of its receivers open (RFC 4880, section 6.2)?
bool holds_pgp(std::string_view text);

}  // namespace careo
