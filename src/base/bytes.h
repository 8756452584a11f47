// SPDX-License-Identifier: Apache-2.0
// Views of bytes, and the only two ways to touch them: a bounded Cursor to read, a Packer to write.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo {

using Bytes = std::span<const std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

inline Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The part of `bytes` from `offset`, at most `length` long; what lies outside is cut off, never read.
Bytes slice(Bytes bytes, std::uint64_t offset, std::uint64_t length = UINT64_MAX);

std::string hex(Bytes bytes);
/// REQUIRES nothing; Malformed unless `text` is an even count of lower-case hexadecimal digits.
Result<Buffer> unhex(std::string_view text);

/// Reads fixed and variable-length integers and strings from a view; every step is checked.
/// A failed read returns Malformed and leaves the position where it was.
class Cursor {
 public:
  explicit Cursor(Bytes bytes) : bytes_(bytes) {}

  std::size_t position() const { return at_; }
  std::size_t left() const { return bytes_.size() - at_; }
  bool done() const { return left() == 0; }

  Result<std::uint8_t> u8();
  Result<std::uint16_t> u16le();
  Result<std::uint32_t> u32le();
  Result<std::uint64_t> u64le();
  Result<std::uint16_t> u16be();
  Result<std::uint32_t> u32be();
  /// LEB128, at most ten bytes, in its shortest form only.
  Result<std::uint64_t> varint();
  Result<Bytes> take(std::uint64_t count);
  /// A varint length and that many bytes.
  Result<std::string_view> text();
  Result<void> seek(std::uint64_t position);

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

/// Appends to a buffer what Cursor reads back.
class Packer {
 public:
  Packer& u8(std::uint8_t value);
  Packer& u16le(std::uint16_t value);
  Packer& u32le(std::uint32_t value);
  Packer& u64le(std::uint64_t value);
  Packer& varint(std::uint64_t value);
  Packer& raw(Bytes bytes);
  Packer& text(std::string_view text);

  const Buffer& bytes() const { return out_; }
  Buffer take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  Buffer out_;
};

}  // namespace careo
