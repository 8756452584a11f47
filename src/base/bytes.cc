// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <algorithm>

namespace careo {

Bytes slice(Bytes bytes, std::uint64_t offset, std::uint64_t length) {
  const std::uint64_t from = std::min<std::uint64_t>(offset, bytes.size());
  const std::uint64_t count = std::min<std::uint64_t>(length, bytes.size() - from);
  return bytes.subspan(from, count);
}

std::string hex(Bytes bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

namespace {
int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

template <typename T>
Result<T> little(Bytes bytes) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | (static_cast<T>(bytes[i]) << (8 * i)));
  return value;
}

template <typename T>
Result<T> big(Bytes bytes) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | bytes[i]);
  return value;
}

template <typename T>
void put_little(Buffer& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
}  // namespace

Result<Buffer> unhex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Fault::Malformed, "odd count of hexadecimal digits");
  Buffer out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit_of(text[i]);
    const int low = digit_of(text[i + 1]);
    if (high < 0 || low < 0) return fail(Fault::Malformed, "not a hexadecimal digit");
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

Result<Bytes> Cursor::take(std::uint64_t count) {
  if (count > left()) return fail(Fault::Malformed, "ends early");
  const Bytes out = bytes_.subspan(at_, count);
  at_ += count;
  return out;
}

Result<std::uint8_t> Cursor::u8() {
  return TRY(take(1))[0];
}
Result<std::uint16_t> Cursor::u16le() {
  return little<std::uint16_t>(TRY(take(2)));
}
Result<std::uint32_t> Cursor::u32le() {
  return little<std::uint32_t>(TRY(take(4)));
}
Result<std::uint64_t> Cursor::u64le() {
  return little<std::uint64_t>(TRY(take(8)));
}
Result<std::uint16_t> Cursor::u16be() {
  return big<std::uint16_t>(TRY(take(2)));
}
Result<std::uint32_t> Cursor::u32be() {
  return big<std::uint32_t>(TRY(take(4)));
}

Result<std::uint64_t> Cursor::varint() {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 10 && i < left(); ++i) {
    const std::uint8_t byte = bytes_[at_ + i];
    if (i == 9 && byte > 1) return fail(Fault::Malformed, "number too large");
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if ((byte & 0x80) != 0) continue;
    if (i > 0 && byte == 0) return fail(Fault::Malformed, "number not in its shortest form");
    at_ += i + 1;
    return value;
  }
  return fail(Fault::Malformed, "number ends early");
}

Result<std::string_view> Cursor::text() {
  const std::size_t start = at_;
  const std::uint64_t count = TRY(varint());
  auto bytes = take(count);
  if (!bytes) {
    at_ = start;
    return tl::unexpected(std::move(bytes).error());
  }
  return text_of(*bytes);
}

Result<void> Cursor::seek(std::uint64_t position) {
  if (position > bytes_.size()) return fail(Fault::Malformed, "position lies outside");
  at_ = position;
  return {};
}

Packer& Packer::u8(std::uint8_t value) {
  out_.push_back(value);
  return *this;
}
Packer& Packer::u16le(std::uint16_t value) {
  put_little(out_, value);
  return *this;
}
Packer& Packer::u32le(std::uint32_t value) {
  put_little(out_, value);
  return *this;
}
Packer& Packer::u64le(std::uint64_t value) {
  put_little(out_, value);
  return *this;
}
Packer& Packer::varint(std::uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  out_.push_back(static_cast<std::uint8_t>(value));
  return *this;
}
Packer& Packer::raw(Bytes bytes) {
  out_.insert(out_.end(), bytes.begin(), bytes.end());
  return *this;
}
Packer& Packer::text(std::string_view text) {
  varint(text.size());
  return raw(bytes_of(text));
}

}  // namespace careo
