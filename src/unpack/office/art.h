// SPDX-License-Identifier: Apache-2.0
// Pictures in DOC, XLS and PPT ([MS-ODRAW]): where their records ("blips") stand in a run of bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "unpack/account.h"

namespace careo {

struct OfficePicture {
  ByteRun record;         ///< header and all, in the bytes that were searched
  ByteRun data;           ///< the picture's file as it stands, or its packed bytes
  std::string extension;  ///< ".png"
  bool packed = false;    ///< with zlib, as metafiles are
  bool bare = false;      ///< a bitmap without its file header
};

/// The record at `offset`, where it is a picture.
std::optional<OfficePicture> picture_at(Bytes bytes, std::uint64_t offset);

/// Every picture below the records that follow each other from `offset`; at most `most`. Containers are entered,
/// whatever is no record ends the search, and sets `*broken`, and so does one that ends behind the bytes.
std::vector<OfficePicture> pictures_in(Bytes bytes, std::uint64_t offset, std::size_t most, bool* broken);
inline constexpr const char* kBrokenPictures = "pictures whose records are damaged";

/// Where a picture of a store of them ([MS-ODRAW] 2.2.20) stands in the stream that they are kept apart in.
struct DelayedPicture {
  std::uint32_t at = 0;
  bool used = false;  ///< by a shape; what none uses has often been taken out
};
std::vector<DelayedPicture> delayed_pictures(Bytes bytes, std::size_t most);

/// The picture's file: unpacked, or with the header that it lacks. Nothing where `data` can be handed on as it is.
/// Refused above `most` bytes; what comes before damage stays.
Result<std::optional<Buffer>> made_picture(Bytes data, const OfficePicture& picture, std::uint64_t most);

/// zlib's stream unpacked, as much as is whole; Refused above `most` bytes.
Result<Buffer> unzlib(Bytes packed, std::uint64_t most);

}  // namespace careo
