// SPDX-License-Identifier: Apache-2.0
// The header of a 7z archive (7zFormat.txt of the LZMA SDK), as far as is needed to take coders out of it: where the
// packed streams stand and how folders unpack them. What follows, names and checksums of files, stays as bytes.
#pragma once

#include <utility>
#include <vector>

#include "unpack/account.h"

namespace careo {

struct SevenZipCoder {
  Buffer id;  ///< of the method, as it stands
  Buffer properties;
  std::uint64_t ins = 1;
  std::uint64_t outs = 1;
};

/// Coders, whose streams are numbered through all of them, and what leads from one to the other.
struct SevenZipFolder {
  std::vector<SevenZipCoder> coders;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> binds;  ///< an input, and the output that feeds it
  std::vector<std::uint64_t> packed;                           ///< the inputs that packed streams feed
  std::vector<std::uint64_t> sizes;                            ///< of the outputs, unpacked
};

struct SevenZipStreams {
  std::uint64_t first = 0;  ///< of the packed streams, in the file; they follow each other
  std::vector<std::uint64_t> packed_sizes;
  std::vector<SevenZipFolder> folders;
  Buffer digests;  ///< the folders' own, as they stand behind their mark; empty where there are none
  Buffer rest;     ///< behind the folders: streams of files, then, in a header, the files
};

/// Where the archive says its header stands, and its CRC-32. Malformed where that is not in the part.
struct SevenZipHead {
  ByteRun header;
  std::uint32_t crc32 = 0;
};
Result<SevenZipHead> read_seven_zip_head(PartBytes& part);

/// Of a header. Unsupported where the tables lie outside of it or properties stand before them.
Result<SevenZipStreams> read_seven_zip_header(Bytes header);
bool is_packed_seven_zip_header(Bytes header);
/// Of a packed header: the streams of the true one.
Result<SevenZipStreams> read_packed_seven_zip_header(Bytes header);

/// A number as 7z writes it.
Result<std::uint64_t> read_seven_zip_number(Cursor* in);

/// The header, packed streams said to follow the archive's first 32 bytes; and those 32 bytes before all.
Buffer print_seven_zip_header(const SevenZipStreams& streams);
Buffer print_seven_zip_head(std::uint64_t packed, Bytes header);

}  // namespace careo
