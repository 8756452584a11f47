// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// What <w:sym w:font w:char> shows (ISO/IEC 29500-1, 17.3.3.30): the ticks, boxes and bullets that forms are filled in
/// with as letters of Unicode, of other fonts and letters which they are, "[Wingdings F0E8]". `code` is hexadecimal.
std::string symbol_text(std::string_view font, std::string_view code);

}  // namespace careo
