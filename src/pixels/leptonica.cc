// SPDX-License-Identifier: Apache-2.0
// The rarer picture files through leptonica: GIF, BMP, JPEG 2000, PNM.
#include <leptonica/allheaders.h>

#include <memory>

#include "pixels/codecs.h"

namespace careo::codec {
namespace {

using Image = std::unique_ptr<PIX, void (*)(PIX*)>;

void destroy(PIX* pix) {
  pixDestroy(&pix);
}

std::uint32_t le(Bytes file, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8U | file[at + i];
  return out;
}

/// The size that a GIF's first frame can have: leptonica looks at it only after decoding.
Result<ImageSize> gif_size(Bytes file) {
  if (file.size() < 13) return fail(Fault::Malformed, "ends early");
  return ImageSize{le(file, 6, 2), le(file, 8, 2)};
}

Result<ImageSize> bmp_size(Bytes file) {
  if (file.size() < 26) return fail(Fault::Malformed, "ends early");
  if (le(file, 14, 4) == 12) return ImageSize{le(file, 18, 2), le(file, 20, 2)};  // BITMAPCOREHEADER
  const auto height = static_cast<std::int32_t>(le(file, 22, 4));
  return ImageSize{le(file, 18, 4),
                   static_cast<std::uint32_t>(height < 0 ? -static_cast<std::int64_t>(height) : height)};
}

}  // namespace

Result<ImageSize> leptonica_size(Bytes file, ImageType type) {
  if (type == ImageType::Gif) return gif_size(file);
  if (type == ImageType::Bmp) return bmp_size(file);
  setMsgSeverity(L_SEVERITY_NONE);
  l_int32 format = 0;
  l_int32 width = 0;
  l_int32 height = 0;
  if (pixReadHeaderMem(file.data(), file.size(), &format, &width, &height, nullptr, nullptr, nullptr) != 0 ||
      width <= 0 || height <= 0) {
    return fail(Fault::Malformed, "no header that can be read");
  }
  return ImageSize{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
}

Result<DecodedImage> decode_leptonica(Bytes file, ImageType type, const DecodeLimits& limits) {
  const ImageSize size = TRY(leptonica_size(file, type));
  TRY(admit(size.width, size.height, limits));
  setMsgSeverity(L_SEVERITY_NONE);
  const Image stored(pixReadMem(file.data(), file.size()), destroy);
  if (stored == nullptr) return fail(Fault::Malformed, "nothing could be decoded");
  TRY(admit(static_cast<std::uint64_t>(pixGetWidth(stored.get())),
            static_cast<std::uint64_t>(pixGetHeight(stored.get())), limits));
  l_int32 coloured = pixGetDepth(stored.get()) == 32 ? 1 : 0;
  if (PIXCMAP* map = pixGetColormap(stored.get())) pixcmapHasColor(map, &coloured);
  // Left to itself pixConvertTo32 takes the ones of a bilevel picture for black, whatever its table of colours says.
  const Image plain(pixRemoveColormap(stored.get(), REMOVE_CMAP_BASED_ON_SRC), destroy);
  const Image wide(plain == nullptr ? nullptr : pixConvertTo32(plain.get()), destroy);
  if (wide == nullptr) return fail(Fault::Malformed, "a depth of pixels that is not understood");
  DecodedImage out;
  out.dots_per_inch = pixGetXRes(stored.get());
  out.raster =
      make_raster(pixGetWidth(wide.get()), pixGetHeight(wide.get()), channels_for(coloured != 0 ? 3 : 1, limits));
  const l_uint32* words = pixGetData(wide.get());
  std::vector<std::uint8_t> line(static_cast<std::size_t>(out.raster.width) * 4, 255);
  for (int y = 0; y < out.raster.height; ++y) {
    const l_uint32* row = words + static_cast<std::ptrdiff_t>(y) * pixGetWpl(wide.get());
    for (int x = 0; x < out.raster.width; ++x) {
      std::uint8_t* at = line.data() + static_cast<std::ptrdiff_t>(x) * 4;
      at[0] = static_cast<std::uint8_t>(row[x] >> L_RED_SHIFT);
      at[1] = static_cast<std::uint8_t>(row[x] >> L_GREEN_SHIFT);
      at[2] = static_cast<std::uint8_t>(row[x] >> L_BLUE_SHIFT);
    }
    store_rgba_row(line.data(), &out.raster, y);
  }
  return out;
}

}  // namespace careo::codec
