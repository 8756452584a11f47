// SPDX-License-Identifier: Apache-2.0
// Writes a plain ZIP (APPNOTE 6.3.9) in one pass, the same bytes for the same members: no dates, no extra fields.
#pragma once

#include <functional>
#include <string_view>

#include "base/bytes.h"

namespace careo {

class ZipWriter {
 public:
  using Taker = std::function<Result<void>(Bytes)>;
  explicit ZipWriter(Taker take) : take_(std::move(take)) {}

  struct Member {
    std::string_view name;     ///< UTF-8, at most 65,535 bytes
    std::uint16_t method = 0;  ///< of `packed`: 0 stored, 8 deflated
    std::uint32_t crc32 = 0;   ///< of the unpacked bytes, as is `size`
    std::uint64_t size = 0;
  };
  /// Refused beyond 4 GiB or 65,534 members, which would need the 64-bit form.
  Result<void> add(const Member& member, Bytes packed);
  /// The directory, behind the last member.
  Result<void> finish();

 private:
  Result<void> put(Bytes bytes);

  Taker take_;
  Packer directory_;
  std::uint64_t at_ = 0;
  std::uint16_t count_ = 0;
};

}  // namespace careo
