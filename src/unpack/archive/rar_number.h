// SPDX-License-Identifier: Apache-2.0
// Numbers of RAR 5's headers (its technote, "Archive structure").
#pragma once

#include "base/bytes.h"

namespace careo {

/// Seven bits a byte, lowest first; unlike Cursor::varint() not always the shortest form.
inline Result<std::uint64_t> rar_number(Cursor* in) {
  std::uint64_t out = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = TRY(in->u8());
    out |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) return out;
  }
  return fail(Fault::Malformed, "a number without an end");
}

}  // namespace careo
