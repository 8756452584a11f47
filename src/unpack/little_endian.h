// SPDX-License-Identifier: Apache-2.0
// Numbers at fixed places of Microsoft's records. What lies outside of the bytes is 0: those formats grew at their
// ends, and a shorter record is an older one.
#pragma once

#include "base/bytes.h"

namespace careo {

inline std::uint32_t number_at(Bytes bytes, std::uint64_t offset, unsigned width) {
  std::uint32_t out = 0;
  for (unsigned i = 0; i < width; ++i)
    if (offset < bytes.size() && i < bytes.size() - offset) out |= std::uint32_t{bytes[offset + i]} << (8 * i);
  return out;
}
inline std::uint8_t u8_at(Bytes bytes, std::uint64_t offset) {
  return static_cast<std::uint8_t>(number_at(bytes, offset, 1));
}
inline std::uint16_t u16_at(Bytes bytes, std::uint64_t offset) {
  return static_cast<std::uint16_t>(number_at(bytes, offset, 2));
}
inline std::uint32_t u32_at(Bytes bytes, std::uint64_t offset) {
  return number_at(bytes, offset, 4);
}

/// `count` units of UTF-16, or as many as there are.
inline std::u16string units_at(Bytes bytes, std::uint64_t offset, std::uint64_t count) {
  const Bytes units = slice(bytes, offset, count > bytes.size() ? bytes.size() : count * 2);
  std::u16string out;
  for (std::size_t i = 0; i + 1 < units.size(); i += 2) out += static_cast<char16_t>(units[i] | units[i + 1] << 8U);
  return out;
}

}  // namespace careo
