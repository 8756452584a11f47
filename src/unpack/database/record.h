// SPDX-License-Identifier: Apache-2.0
// Records of SQLite 3 ("Database File Format", sqlite.org/fileformat2.html, section 2.1) and their values.
#pragma once

#include <vector>

#include "unpack/account.h"

namespace careo {

/// A value of a record, where it stands.
struct SqliteValue {
  enum class Kind { Null, Integer, Real, Text, Blob };
  Kind kind = Kind::Null;
  std::int64_t integer = 0;
  double real = 0;
  Buffer bytes;               ///< of a text, in the file's encoding, or of a blob
  std::uint64_t length = 0;   ///< of it as its type says: more than `bytes` where the record is cut
  std::vector<ByteRun> runs;  ///< of a blob: its bytes in the file, in order; fewer where the record is cut
};

/// Big-endian; what lies outside of the bytes is 0.
std::uint64_t sqlite_number(Bytes bytes, std::uint64_t at, unsigned width);

/// Section 1.6: seven bits a byte, the most significant first, all eight of the ninth. Moves `at`; 0 at the end.
std::uint64_t sqlite_varint(Bytes bytes, std::size_t* at);

/// Section 2.1: the bytes that a value of this serial type takes.
std::uint64_t sqlite_length_of(std::uint64_t type);

/// The value of that type at `at` of a record, whose bytes stand in `runs`.
SqliteValue sqlite_value_of(std::uint64_t type, Bytes record, const std::vector<ByteRun>& runs, std::uint64_t at);

/// What a record is known by that goes on in other pages: its size and the values that stand in its own page.
std::size_t sqlite_beginning(Bytes values, std::uint64_t size);

}  // namespace careo
