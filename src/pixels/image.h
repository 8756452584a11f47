// SPDX-License-Identifier: Apache-2.0
// Image files as pixels: JPEG, PNG, TIFF, WebP, HEIC, GIF, BMP, JPEG 2000 and PNM. Functions of bytes; thread safe.
//
// A decoded picture stands upright: the EXIF orientation has been applied, and every box found in it is in that grid.
// The opener, the renderer and the readers' benches all decode here, so that a box means the same pixels everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/raster.h"

namespace careo {

enum class ImageType { Unknown, Jpeg, Png, Tiff, WebP, Heif, Gif, Bmp, Jpeg2000, Pnm };
/// By magic bytes; at least 32 bytes of `head` are wanted.
ImageType image_type(Bytes head);
/// "image/jpeg", ...; "" for Unknown.
std::string_view media_type_of(ImageType type);

struct DecodeLimits {
  std::uint64_t pixels = 120'000'000;  ///< Refused above this, before anything is allocated
  enum class Channels {
    AsStored,  ///< 1 for grey and bilevel files, else 3
    Grey,      ///< always 1: a JPEG then skips its colours, which is about twice as fast
    Rgb,       ///< always 3
  };
  Channels channels = Channels::AsStored;
  enum class Upright { Yes, No };
  Upright upright = Upright::Yes;  ///< No leaves the EXIF orientation alone
};

/// One page of an image file.
struct DecodedImage {
  Raster raster;             ///< what could not be decoded is white or as the codec fills it
  double dots_per_inch = 0;  ///< as the file says; 0 where it does not
  std::string damage;        ///< "" where every pixel was decoded, else why not ("ends early")
};

/// The size that the header claims, as stored (before orientation), without decoding.
struct ImageSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};
Result<ImageSize> image_size(Bytes file);

/// Pages in the file, at least 1: more than one for TIFF only. Of an animation only the first frame is a picture.
/// Headers of the first `most` are read; those behind them, or behind a damaged one, are counted as they follow each
/// other in the file. One that the last of them leads to and that is not there is a page as well.
Result<std::uint32_t> image_pages(Bytes file, std::uint32_t most);

/// Decodes page `page` (from 1). Unsupported for what is no image, Refused over a limit, Malformed where nothing at all
/// could be decoded.
Result<DecodedImage> decode_page(Bytes file, std::uint32_t page, const DecodeLimits& limits = {});

/// The pixels of the first page.
Result<Raster> decode_image(Bytes file, const DecodeLimits& limits = {});

/// `raster` as EXIF orientation 1..8 (TIFF 6.0 tag 274) says it should be seen.
Raster oriented(Raster raster, int orientation);

}  // namespace careo
