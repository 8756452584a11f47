// SPDX-License-Identifier: Apache-2.0
// WebP through libwebp, incrementally: of a cut file the rows that came are kept.
#include <webp/decode.h>

#include <cstring>
#include <memory>

#include "pixels/codecs.h"

namespace careo::codec {

Result<ImageSize> webp_size(Bytes file) {
  int width = 0;
  int height = 0;
  if (WebPGetInfo(file.data(), file.size(), &width, &height) == 0) return fail(Fault::Malformed, "no WebP header");
  return ImageSize{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
}

Result<DecodedImage> decode_webp(Bytes file, const DecodeLimits& limits) {
  const ImageSize size = TRY(webp_size(file));
  TRY(admit(size.width, size.height, limits));
  const std::size_t stride = std::size_t{size.width} * 4;
  std::vector<std::uint8_t> rgba(stride * size.height, 255);
  const std::unique_ptr<WebPIDecoder, void (*)(WebPIDecoder*)> decoder(
      WebPINewRGB(MODE_RGBA, rgba.data(), rgba.size(), static_cast<int>(stride)), WebPIDelete);
  if (decoder == nullptr) return fail(Fault::Refused, "no memory for a WebP reader");
  const VP8StatusCode status = WebPIUpdate(decoder.get(), file.data(), file.size());
  int last_row = 0;
  WebPIDecGetRGB(decoder.get(), &last_row, nullptr, nullptr, nullptr);
  if (status != VP8_STATUS_OK && last_row <= 0) return fail(Fault::Malformed, "WebP data is damaged");
  DecodedImage out;
  if (status != VP8_STATUS_OK) {
    out.damage = (status == VP8_STATUS_SUSPENDED ? "ends early (from row " : "damaged (from row ") +
                 std::to_string(last_row) + ")";
  }
  out.raster = make_raster(static_cast<int>(size.width), static_cast<int>(size.height), channels_for(3, limits));
  for (int y = 0; y < out.raster.height; ++y) {
    store_rgba_row(rgba.data() + static_cast<std::size_t>(y) * stride, &out.raster, y);
  }
  return out;
}

}  // namespace careo::codec
