// SPDX-License-Identifier: Apache-2.0
// One function a codec, each wrapping one library in one file; image.cc alone calls them. Only TIFF, where each
// page has an orientation of its own, and HEIC turn the picture; for the rest image.cc does.
#pragma once

#include "pixels/image.h"

namespace careo::codec {

Result<DecodedImage> decode_jpeg(Bytes file, const DecodeLimits& limits);
Result<DecodedImage> decode_png(Bytes file, const DecodeLimits& limits);
Result<DecodedImage> decode_tiff(Bytes file, std::uint32_t page, const DecodeLimits& limits);
Result<DecodedImage> decode_webp(Bytes file, const DecodeLimits& limits);
Result<DecodedImage> decode_heif(Bytes file, const DecodeLimits& limits);
/// GIF (first frame), BMP, JPEG 2000 and PNM, through leptonica.
Result<DecodedImage> decode_leptonica(Bytes file, ImageType type, const DecodeLimits& limits);

Result<ImageSize> jpeg_size(Bytes file);
Result<ImageSize> png_size(Bytes file);
Result<ImageSize> tiff_size(Bytes file);
Result<ImageSize> webp_size(Bytes file);
Result<ImageSize> heif_size(Bytes file);
Result<ImageSize> leptonica_size(Bytes file, ImageType type);

std::uint32_t tiff_pages(Bytes file, std::uint32_t most);

/// Refused where a picture of that size is over the limit or empty.
Result<void> admit(std::uint64_t width, std::uint64_t height, const DecodeLimits& limits);
/// A raster of the channels that the limits ask for, given what the file has.
int channels_for(int stored, const DecodeLimits& limits);
/// Row `y` of `raster` from 8-bit RGBA, over white.
void store_rgba_row(const std::uint8_t* rgba, Raster* raster, int y);
/// A library's message, fit to be a reason.
std::string clean_message(std::string_view text);

/// One sample over white.
inline std::uint8_t over_white(unsigned sample, unsigned alpha) {
  return static_cast<std::uint8_t>((sample * alpha + 255U * (255U - alpha) + 127U) / 255U);
}
/// BT.601 luminance in integers, equal to grey_of() in base/raster.h.
inline std::uint8_t luminance(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((77U * red + 150U * green + 29U * blue + 128U) >> 8U);
}

}  // namespace careo::codec
