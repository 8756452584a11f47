// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/rar_old.h"

#include <zlib.h>

#include <algorithm>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

enum Type : std::uint8_t { kMain = 0x73, kFile = 0x74, kComment = 0x75 };
constexpr std::uint8_t kStored = 0x30;
constexpr std::size_t kHost = 15, kVersion = 24, kMethod = 25, kNameLength = 26;  // where they stand in a file's header
/// Headers held anew. Those of files with comments have some hundred bytes.
constexpr std::uint64_t kMostMended = 16U << 20U;

std::uint16_t sum_of(Bytes header, std::uint64_t end) {
  const Bytes covered = slice(header, 2, std::max<std::uint64_t>(end, 2) - 2);
  return static_cast<std::uint16_t>(::crc32(0, covered.data(), static_cast<uInt>(covered.size())));
}

/// Where a header's own fields end.
std::uint64_t end_of_fields(Bytes header) {
  const std::uint16_t flags = u16_at(header, 3);
  if (header[2] == kMain) return 13U + ((flags & 0x200U) != 0 ? 1U : 0U);  // the version of a lock
  return 32U + ((flags & 0x100U) != 0 ? 8U : 0U) + u16_at(header, kNameLength) + ((flags & 0x400U) != 0 ? 8U : 0U);
}

std::string name_of(Bytes header) {
  const std::uint64_t at = 32U + ((u16_at(header, 3) & 0x100U) != 0 ? 8U : 0U);
  const std::string_view name = text_of(slice(header, at, u16_at(header, kNameLength)));
  return decode_text(bytes_of(name.substr(0, name.find('\0'))), "").utf8;  // in Unicode once more behind a zero
}

/// A header of its own: checksum, type, flags, size; unpacked size, version, method, the lower half of the text's
/// CRC-32.
void read_comment(Bytes block, const std::string& on, RarServices* out) {
  constexpr std::uint64_t kHead = 13;
  const std::uint16_t size = u16_at(block, 5);
  if (u8_at(block, 2) != kComment || size < kHead || size > block.size())
    return out->tell("a comment" + on + " that is damaged");
  if (u8_at(block, 10) != kStored) return out->tell("a comment" + on + " that is packed");
  const Bytes text = slice(block, kHead, size - kHead);
  if (static_cast<std::uint16_t>(::crc32(0, text.data(), static_cast<uInt>(text.size()))) != u16_at(block, 11))
    out->tell("checksum does not match: a comment" + on);
  out->comment(text, on);
}

/// The header as libarchive takes it, where it is not damaged.
void mend(Bytes header, std::uint64_t at, std::uint64_t fields, RarServices* out) {
  enum Host : std::uint8_t { Dos = 0, Os2 = 1, Windows = 2 };
  Buffer made(header.begin(), header.end());
  if (header[2] == kFile && (header[kHost] == Dos || header[kHost] == Os2)) made[kHost] = Windows;  // same attributes
  const std::uint16_t sum = sum_of(made, made.size());
  made[0] = static_cast<std::uint8_t>(sum);
  made[1] = static_cast<std::uint8_t>(sum >> 8U);
  const std::uint16_t said = u16_at(header, 0);
  const bool sound = said == sum_of(header, fields) || said == sum_of(header, header.size());
  if (!sound || std::equal(made.begin(), made.end(), header.begin())) return;
  out->mended_bytes += made.size();
  if (out->mended_bytes <= kMostMended) out->mended.emplace_back(at, std::move(made));
}

}  // namespace

void read_old_header(Bytes header, std::uint64_t at, RarServices* out) {
  const std::uint8_t type = u8_at(header, 2);
  const std::uint16_t flags = u16_at(header, 3);
  const bool file = type == kFile && header.size() >= 32;
  if (!file && (type != kMain || header.size() < 13)) return;
  const bool commented = (flags & (file ? 0x8U : 0x2U)) != 0;
  const std::uint64_t fields = commented ? end_of_fields(header) : header.size();
  if (commented) read_comment(slice(header, fields), file ? " on " + name_of(header) : "", out);
  if (file && header[kVersion] < 29 && header[kMethod] != kStored) out->packed_before.insert(out->files);
  if (file) ++out->files;
  mend(header, at, fields, out);
}

}  // namespace careo
