// SPDX-License-Identifier: Apache-2.0
#include "pixels/image.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "pixels/codecs.h"
#include "pixels/exif.h"

namespace careo {
namespace {

struct Magic {
  ImageType type;
  std::size_t at;
  std::string_view bytes;
};

constexpr std::array<Magic, 19> Magics{{
    {ImageType::Jpeg, 0, "\xff\xd8\xff"},
    {ImageType::Png, 0, "\x89PNG\r\n\x1a\n"},
    {ImageType::Tiff, 0, {"II*\0", 4}},
    {ImageType::Tiff, 0, {"MM\0*", 4}},
    {ImageType::Tiff, 0, {"II+\0", 4}},  // BigTIFF
    {ImageType::Tiff, 0, {"MM\0+", 4}},
    {ImageType::WebP, 8, "WEBP"},
    {ImageType::Heif, 4, "ftypheic"},
    {ImageType::Heif, 4, "ftypheix"},
    {ImageType::Heif, 4, "ftyphevc"},
    {ImageType::Heif, 4, "ftypmif1"},
    {ImageType::Heif, 4, "ftypmsf1"},
    {ImageType::Heif, 4, "ftypheim"},
    {ImageType::Heif, 4, "ftypavif"},
    {ImageType::Gif, 0, "GIF87a"},
    {ImageType::Gif, 0, "GIF89a"},
    {ImageType::Jpeg2000, 0, {"\0\0\0\x0cjP  \r\n\x87\n", 12}},
    {ImageType::Jpeg2000, 0, {"\xff\x4f\xff\x51\x00", 5}},
    {ImageType::Bmp, 0, "BM"},
}};

bool plausible_bmp(Bytes head) {
  // "BM" begins much text; the reserved words are zero and the header's length is one of a few.
  if (head.size() < 26) return false;
  const unsigned header = head[14] + 256U * head[15];
  return head[6] == 0 && head[7] == 0 && head[8] == 0 && head[9] == 0 && head[16] == 0 && head[17] == 0 &&
         (header == 12 || header == 40 || header == 52 || header == 56 || header == 64 || header == 108 ||
          header == 124);
}

bool plausible_pnm(std::string_view head) {
  return head.size() > 3 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && (head[2] == '\n' || head[2] == ' ') &&
         (head[3] == '#' || (head[3] >= '1' && head[3] <= '9'));
}

Result<DecodedImage> decode(ImageType type, Bytes file, std::uint32_t page, const DecodeLimits& limits) {
  switch (type) {
    case ImageType::Jpeg: return codec::decode_jpeg(file, limits);
    case ImageType::Png: return codec::decode_png(file, limits);
    case ImageType::Tiff: return codec::decode_tiff(file, page, limits);
    case ImageType::WebP: return codec::decode_webp(file, limits);
    case ImageType::Heif: return codec::decode_heif(file, limits);
    case ImageType::Gif:
    case ImageType::Bmp:
    case ImageType::Jpeg2000:
    case ImageType::Pnm: return codec::decode_leptonica(file, type, limits);
    case ImageType::Unknown: break;
  }
  return fail(Fault::Unsupported, "no image");
}

}  // namespace

ImageType image_type(Bytes head) {
  const std::string_view text = text_of(head);
  for (const Magic& magic : Magics) {
    if (text.size() < magic.at + magic.bytes.size() || text.substr(magic.at, magic.bytes.size()) != magic.bytes)
      continue;
    if (magic.type == ImageType::WebP && !text.starts_with("RIFF")) continue;
    if (magic.type == ImageType::Bmp && !plausible_bmp(head)) continue;
    return magic.type;
  }
  return plausible_pnm(text) ? ImageType::Pnm : ImageType::Unknown;
}

std::string_view media_type_of(ImageType type) {
  switch (type) {
    case ImageType::Jpeg: return "image/jpeg";
    case ImageType::Png: return "image/png";
    case ImageType::Tiff: return "image/tiff";
    case ImageType::WebP: return "image/webp";
    case ImageType::Heif: return "image/heif";
    case ImageType::Gif: return "image/gif";
    case ImageType::Bmp: return "image/bmp";
    case ImageType::Jpeg2000: return "image/jp2";
    case ImageType::Pnm: return "image/x-portable-anymap";
    case ImageType::Unknown: break;
  }
  return {};
}

Result<ImageSize> image_size(Bytes file) {
  const ImageType type = image_type(file);
  switch (type) {
    case ImageType::Jpeg: return codec::jpeg_size(file);
    case ImageType::Png: return codec::png_size(file);
    case ImageType::Tiff: return codec::tiff_size(file);
    case ImageType::WebP: return codec::webp_size(file);
    case ImageType::Heif: return codec::heif_size(file);
    case ImageType::Unknown: return fail(Fault::Unsupported, "no image");
    default: return codec::leptonica_size(file, type);
  }
}

Result<std::uint32_t> image_pages(Bytes file, std::uint32_t most) {
  const ImageType type = image_type(file);
  if (type == ImageType::Unknown) return fail(Fault::Unsupported, "no image");
  return type == ImageType::Tiff ? codec::tiff_pages(file, most) : 1;
}

Result<DecodedImage> decode_page(Bytes file, std::uint32_t page, const DecodeLimits& limits) {
  const ImageType type = image_type(file);
  if (page == 0 || (page > 1 && type != ImageType::Tiff)) return fail(Fault::NotFound, "no such page");
  DecodedImage out = TRY(decode(type, file, page, limits));
  // HEIC turns by its own container, TIFF by a tag of each page.
  if (limits.upright == DecodeLimits::Upright::Yes && type != ImageType::Heif && type != ImageType::Tiff) {
    const std::optional<Exif> exif = read_exif(file);
    if (exif) out.raster = oriented(std::move(out.raster), exif->orientation);
  }
  return out;
}

Result<Raster> decode_image(Bytes file, const DecodeLimits& limits) {
  return TRY(decode_page(file, 1, limits)).raster;
}

Raster oriented(Raster raster, int orientation) {
  if (orientation <= 1 || orientation > 8) return raster;
  const bool turned = orientation >= 5;
  Raster out = turned ? make_raster(raster.height, raster.width, raster.channels)
                      : make_raster(raster.width, raster.height, raster.channels);
  // Where the stored pixel (x, y) comes from for the shown pixel: mirrored in x, mirrored in y, axes exchanged.
  const bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  for (int y = 0; y < out.height; ++y) {
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      int from_x = turned ? y : x;
      int from_y = turned ? x : y;
      if (flip_x) from_x = raster.width - 1 - from_x;
      if (flip_y) from_y = raster.height - 1 - from_y;
      const std::uint8_t* from = raster.row(from_y) + from_x * raster.channels;
      for (int i = 0; i < raster.channels; ++i) *to++ = from[i];
    }
  }
  return out;
}

namespace codec {

Result<void> admit(std::uint64_t width, std::uint64_t height, const DecodeLimits& limits) {
  if (width == 0 || height == 0) return fail(Fault::Malformed, "a picture without a size");
  // No side above 2^20: also keeps width x channels inside an int.
  if (width > (1U << 20U) || height > (1U << 20U) || width * height > limits.pixels) {
    return fail(Fault::Refused, "claims " + std::to_string(width) + " x " + std::to_string(height) +
                                    " pixels, over the limit of " + std::to_string(limits.pixels));
  }
  return {};
}

int channels_for(int stored, const DecodeLimits& limits) {
  switch (limits.channels) {
    case DecodeLimits::Channels::Grey: return 1;
    case DecodeLimits::Channels::Rgb: return 3;
    case DecodeLimits::Channels::AsStored: break;
  }
  return stored;
}

void store_rgba_row(const std::uint8_t* rgba, Raster* raster, int y) {
  std::uint8_t* out = raster->row(y);
  for (int x = 0; x < raster->width; ++x, rgba += 4) {
    const unsigned red = over_white(rgba[0], rgba[3]);
    const unsigned green = over_white(rgba[1], rgba[3]);
    const unsigned blue = over_white(rgba[2], rgba[3]);
    if (raster->channels == 1) {
      *out++ = luminance(red, green, blue);
      continue;
    }
    *out++ = static_cast<std::uint8_t>(red);
    *out++ = static_cast<std::uint8_t>(green);
    *out++ = static_cast<std::uint8_t>(blue);
  }
}

std::string clean_message(std::string_view text) {
  return printable(clean_utf8(trim(text)).text);
}

}  // namespace codec
}  // namespace careo
