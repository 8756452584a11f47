// SPDX-License-Identifier: Apache-2.0
#include "base/raster.h"

#include <algorithm>

namespace careo {

Raster make_raster(int width, int height, int channels) {
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, channels, std::vector<std::uint8_t>(size * static_cast<std::size_t>(channels))};
}

Raster grey_of(const Raster& raster) {
  if (raster.channels == 1) return raster;
  Raster out = make_raster(raster.width, raster.height, 1);
  const std::uint8_t* in = raster.pixels.data();
  for (std::uint8_t& pixel : out.pixels) {
    pixel = static_cast<std::uint8_t>((77 * in[0] + 150 * in[1] + 29 * in[2] + 128) >> 8);
    in += raster.channels;
  }
  return out;
}

Raster black_of(const Raster& raster) {
  if (raster.channels == 1) return raster;
  Raster out = make_raster(raster.width, raster.height, 1);
  const std::uint8_t* in = raster.pixels.data();
  for (std::uint8_t& pixel : out.pixels) {
    pixel = std::max({in[0], in[1], in[2]});
    in += raster.channels;
  }
  return out;
}

}  // namespace careo
