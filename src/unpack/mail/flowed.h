// SPDX-License-Identifier: Apache-2.0
// Texts whose lines a program broke anywhere, and said so: format=flowed with DelSp=yes (RFC 3676, section 4.1).
#pragma once

#include <string>
#include <string_view>

#include "unpack/mail/mime.h"

namespace careo {

/// May its lines be broken within words? The space before each such break is no letter of the text.
bool is_broken_anywhere(const MimePart& part);

/// The lines that were one, made one again (RFC 3676, sections 4.2 to 4.5); of a quotation they stay behind its first
/// marks. `text` has LF for line ends.
std::string joined_lines(std::string_view text);

}  // namespace careo
