// SPDX-License-Identifier: Apache-2.0
// Modifications of formatting in Word 97 to 2003 ([MS-DOC] 2.2.5.1).
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "unpack/little_endian.h"

namespace careo {

/// Calls `each` with every modification's code and operand ([MS-DOC] 2.2.5.1); stops where the length is unknown.
template <typename Each>
void each_sprm(Bytes list, Each&& each) {
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
        length = code == kTableDefinition ? std::uint64_t{u16_at(list, at)} + 1 : std::uint64_t{u8_at(list, at)} + 1;
        if (code == kTabs && u8_at(list, at) == 255) return;  // two counts of its own say how long: rare
    }
    each(code, slice(list, at, length));
    at += length;
  }
}

}  // namespace careo
