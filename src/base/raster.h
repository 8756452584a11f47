// SPDX-License-Identifier: Apache-2.0
// Pixels in memory, top-left origin, rows without padding.
#pragma once

#include <cstdint>
#include <vector>

namespace careo {

/// `channels` is 1 (grey) or 3 (RGB), eight bits each, sRGB as decoded.
struct Raster {
  int width = 0;
  int height = 0;
  int channels = 1;
  std::vector<std::uint8_t> pixels;

  bool empty() const { return pixels.empty(); }
  const std::uint8_t* row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width * channels);
  }
  std::uint8_t* row(int y) {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width * channels);
  }
};

struct Point {
  double x = 0;
  double y = 0;
};

/// A raster of that size, all zero.
Raster make_raster(int width, int height, int channels);
/// The luminance of `raster` (ITU-R BT.601 weights in integers, so that every processor gives the same bytes).
Raster grey_of(const Raster& raster);
/// The brightest of each pixel's three colours: black print stays dark, what is coloured (stamps, grounds) fades.
Raster black_of(const Raster& raster);

}  // namespace careo
