// SPDX-License-Identifier: Apache-2.0
// Modifications of formatting in Word 97 to 2003 ([MS-DOC] 2.2.5.1), and of paragraphs in Word 6 and 95.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "unpack/little_endian.h"

namespace careo {

/// How many bytes follow the length byte at `at` of a list of tab stops (PChgTabsOperand, 2.9.170). Where it says 255,
/// two counts tell: of tabs taken out, four bytes each, and of tabs put in, three each.
inline std::uint64_t length_of_tabs(Bytes list, std::uint64_t at) {
  if (u8_at(list, at) < 255) return u8_at(list, at);
  const std::uint64_t out = 4ULL * u8_at(list, at + 1);
  return 2 + out + 3ULL * u8_at(list, at + 2 + out);
}

/// Calls `each` with every modification's code and operand ([MS-DOC] 2.2.5.1). False where the last one ends early.
template <typename Each>
bool each_sprm(Bytes list, Each&& each) {
  constexpr std::uint16_t kTableDefinition = 0xD608;
  constexpr std::uint16_t kTabs = 0xC615;
  std::uint64_t at = 0;
  while (at + 2 < list.size()) {
    const std::uint16_t code = u16_at(list, at);
    at += 2;
    std::uint64_t length = 0;
    switch (code >> 13U) {
      case 0:
      case 1: length = 1; break;
      case 2:
      case 4:
      case 5: length = 2; break;
      case 3: length = 4; break;
      case 7: length = 3; break;
      default:
        length = code == kTableDefinition ? std::uint64_t{u16_at(list, at)} + 1
                                          : 1 + (code == kTabs ? length_of_tabs(list, at) : u8_at(list, at));
    }
    each(code, slice(list, at, length));
    at += length;
  }
  return at <= list.size();
}

/// The same of paragraphs in Word 6 and 95 ("Word 6.0 Binary File Format"), whose codes are bytes with lengths of their
/// own. False too where one is unknown: what follows it is not read.
template <typename Each>
bool each_old_sprm(Bytes list, Each&& each) {
  // Bytes of the operands of codes 0 to 52, and of 182 to 200 (rows of tables): "v" as many as the byte before them
  // says, "w" as many as the two bytes say, less one; "c" is 12.
  constexpr std::string_view kParagraph = "0-2v11111111v11v2222422v11222122222221222222122222110";
  constexpr std::string_view kRow = "22211cv2wv454242254";
  constexpr std::uint8_t kFirstOfRow = 182, kTabs = 23;
  std::uint64_t at = 0;
  while (at < list.size()) {
    const std::uint8_t code = list[at++];
    const bool row = code >= kFirstOfRow;
    const std::size_t place = row ? std::size_t{code} - kFirstOfRow : code;
    const std::string_view lengths = row ? kRow : kParagraph;
    const char kind = place < lengths.size() ? lengths[place] : '-';
    if (kind == '-') return false;
    std::uint64_t length = kind == 'c' ? 12 : static_cast<std::uint64_t>(kind - '0');
    if (kind == 'v') {
      length = code == kTabs ? length_of_tabs(list, at) : u8_at(list, at);
      ++at;
    }
    if (kind == 'w') {
      length = std::max<std::uint64_t>(u16_at(list, at), 1) - 1;
      at += 2;
    }
    each(code, slice(list, at, length));
    at += length;
  }
  return at <= list.size();
}

}  // namespace careo
