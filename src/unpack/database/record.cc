// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/record.h"

#include <algorithm>
#include <bit>

namespace careo {
namespace {

/// The part of `runs` that holds the bytes [begin, begin + length) of what they make together.
std::vector<ByteRun> part_of(const std::vector<ByteRun>& runs, std::uint64_t begin, std::uint64_t length) {
  std::vector<ByteRun> out;
  for (const ByteRun& run : runs) {
    if (length == 0) break;
    if (begin >= run.length) {
      begin -= run.length;
      continue;
    }
    const std::uint64_t here = std::min(length, run.length - begin);
    if (!out.empty() && out.back().end() == run.offset + begin) {
      out.back().length += here;
    } else {
      out.push_back({run.offset + begin, here});
    }
    length -= here;
    begin = 0;
  }
  return out;
}

}  // namespace

std::uint64_t sqlite_number(Bytes bytes, std::uint64_t at, unsigned width) {
  std::uint64_t out = 0;
  for (unsigned i = 0; i < width; ++i) out = out << 8U | (at + i < bytes.size() ? bytes[at + i] : 0U);
  return out;
}

std::uint64_t sqlite_varint(Bytes bytes, std::size_t* at) {
  std::uint64_t out = 0;
  for (int i = 0; i < 9 && *at < bytes.size(); ++i) {
    const std::uint8_t byte = bytes[(*at)++];
    if (i == 8) return out << 8U | byte;
    out = out << 7U | (byte & 0x7FU);
    if (byte < 0x80) break;
  }
  return out;
}

std::uint64_t sqlite_length_of(std::uint64_t type) {
  constexpr std::uint8_t kShort[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return type < 12 ? kShort[type] : (type - 12) / 2;
}

SqliteValue sqlite_value_of(std::uint64_t type, Bytes record, const std::vector<ByteRun>& runs, std::uint64_t at) {
  using Kind = SqliteValue::Kind;
  SqliteValue out;
  const std::uint64_t length = sqlite_length_of(type);
  if (type >= 1 && type <= 6) {
    const unsigned unused = 64U - static_cast<unsigned>(length) * 8U;
    out.kind = Kind::Integer;  // the sign is the first bit of however many bytes there are
    out.integer =
        std::bit_cast<std::int64_t>(sqlite_number(record, at, static_cast<unsigned>(length)) << unused) >> unused;
  } else if (type == 7) {
    out.kind = Kind::Real;
    out.real = std::bit_cast<double>(sqlite_number(record, at, 8));
  } else if (type == 8 || type == 9) {
    out.kind = Kind::Integer;
    out.integer = type == 9 ? 1 : 0;
  } else if (type >= 12) {
    out.kind = type % 2 == 0 ? Kind::Blob : Kind::Text;
    out.length = length;
    const Bytes piece = slice(record, at, length);
    out.bytes.assign(piece.begin(), piece.end());
    if (out.kind == Kind::Blob) out.runs = part_of(runs, at, length);
  }
  return out;
}

std::size_t sqlite_beginning(Bytes values, std::uint64_t size) {
  return std::hash<std::string_view>{}(text_of(values)) ^ size * 0x9E3779B97F4A7C15ULL;
}

}  // namespace careo
