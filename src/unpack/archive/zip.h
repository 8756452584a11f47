// SPDX-License-Identifier: Apache-2.0
// ZIP by our own hands (PKWARE APPNOTE 6.3.9): the directory, the local headers and the data, each on its own, so that
// what they say can be compared. Nothing is trusted: offsets and sizes are checked against the part.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// One record of the central directory, or of a local header where there is no directory.
struct ZipEntry {
  std::string name;  ///< UTF-8: as flagged, by the Unicode extra field, else by guess
  std::uint16_t flags = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated, others: APPNOTE 4.4.5
  std::uint32_t crc32 = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint64_t header = 0;  ///< where the local header stands in the part
  std::uint64_t data = 0;    ///< where its data begins: known for local headers only
  std::uint32_t attributes = 0;
  std::uint16_t made_by = 0;
  std::string comment = {};  ///< UTF-8, of the directory's record

  bool encrypted() const { return (flags & 1U) != 0; }
  /// The sizes follow the data and the header's own are zero (bit 3).
  bool streamed() const { return (flags & 8U) != 0; }
  bool directory() const { return (!name.empty() && name.back() == '/' && size == 0); }
  /// Unix mode in the upper half of the attributes: made by Unix (3) or OS X (19). Its data is where it leads: of what
  /// is longer than any path the mode says nothing.
  bool symlink() const {
    constexpr std::uint64_t kLongestPath = 4096;
    const bool unix_mode = made_by >> 8U == 3 || made_by >> 8U == 19;
    return unix_mode && ((attributes >> 16U) & 0170000U) == 0120000U && size <= kLongestPath && !encrypted();
  }
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;  ///< in the directory's order
  std::uint64_t stated = 0;       ///< how many it says there are
  std::uint64_t offset = 0;       ///< where it stands
  std::uint64_t end = 0;          ///< behind the end record and its comment
  std::string comment = {};       ///< UTF-8, of the whole archive
  bool spanned = false;           ///< a volume of a set: other volumes hold the rest
  std::string damage;             ///< "" or why `entries` is not all
};

/// NotFound where no end record is there (cut off, or no ZIP). At most `most` entries, 256 MiB of directory.
Result<ZipDirectory> read_zip_directory(PartBytes& bytes, std::uint64_t most);

/// The local header at `offset`; NotFound where none stands there.
Result<ZipEntry> read_zip_local(PartBytes& bytes, std::uint64_t offset);

/// The members that stand one behind the other in [from, to), as their local headers tell: for an archive without a
/// directory, and for what hides between the members of one. Stops at the first byte that is none; where the sizes
/// follow the data it is unpacked to find its end.
std::vector<ZipEntry> scan_zip(PartBytes& bytes, std::uint64_t from, std::uint64_t to, std::uint64_t most);
/// Where the member ends whose local header `entry` is: behind its data and its data descriptor.
std::uint64_t end_of_member(PartBytes& bytes, const ZipEntry& entry);

using BytesTaker = std::function<Result<void>(Bytes)>;

/// How the unpacking of one member ended.
struct ZipUnpacked {
  std::uint64_t consumed = 0;  ///< packed bytes
  std::uint64_t produced = 0;
  std::uint32_t crc32 = 0;
  std::string damage;  ///< "" when the data came to its own end
};

/// Unpacks `packed` bytes at `offset` (UINT64_MAX: until the data ends by itself). An error is the taker's, the part's,
/// or Unsupported for a method that is neither stored nor deflated; broken data is in `damage`, what came before is
/// given.
Result<ZipUnpacked> unpack_zip_data(PartBytes& bytes, std::uint64_t offset, std::uint64_t packed, std::uint16_t method,
                                    const BytesTaker& take);

/// All of a member, at most `most` bytes: Refused beyond, Malformed where it is broken and `damage` is null.
Result<Buffer> read_zip_member(PartBytes& bytes, const ZipEntry& entry, std::uint64_t most,
                               std::string* damage = nullptr);

}  // namespace careo
