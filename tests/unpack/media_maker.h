// SPDX-License-Identifier: Apache-2.0
// Numbers as files of sound and film have them.
#pragma once

#include <cstdint>
#include <string>

namespace careo {

inline std::string big(std::uint64_t number, int width) {
  std::string out;
  for (int i = width; i-- > 0;) out += static_cast<char>(number >> (8 * i));
  return out;
}

inline std::string little(std::uint64_t number, int width) {
  const std::string out = big(number, width);
  return {out.rbegin(), out.rend()};
}

}  // namespace careo
