// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mac_lines.h"

#include <algorithm>
#include <cstring>

namespace careo {

bool has_mac_lines(Bytes head) {
  constexpr std::size_t kLooked = 64 * 1024;
  head = slice(head, 0, kLooked);
  return !head.empty() && std::memchr(head.data(), '\n', head.size()) == nullptr &&
         std::memchr(head.data(), '\r', head.size()) != nullptr;
}

Buffer with_line_feeds(Bytes bytes) {
  Buffer out(bytes.begin(), bytes.end());
  std::replace(out.begin(), out.end(), std::uint8_t{'\r'}, std::uint8_t{'\n'});
  return out;
}

Result<Bytes> MacLines::at(std::uint64_t offset, std::uint64_t length) {
  held_ = with_line_feeds(TRY(part_.at(offset, length)));
  return Bytes(held_);
}

}  // namespace careo
