// SPDX-License-Identifier: Apache-2.0
// Pixels, and the files they are kept in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace careo::sample {

/// 8-bit RGB, rows from the top, no padding.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  Picture() = default;
  Picture(int w, int h) : width(w), height(h), rgb(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3) {}
  std::uint8_t* row(int y) { return rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3; }
  const std::uint8_t* row(int y) const {
    return rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3;
  }
};

/// What a camera notes beside the pixels; `date` as EXIF writes it, "2023:04:01 10:00:00", or empty for no EXIF at all.
struct Exif {
  std::string date;
  int orientation = 1;  ///< TIFF tag 274: 1, 3, 6 or 8
};

enum class Colour { Full, Grey };
std::string jpeg_of(const Picture& picture, int quality, int dpi, Colour colour, const Exif& exif);
std::string png_of(const Picture& picture);

/// Half the size, each pixel the mean of four.
Picture halved(const Picture& picture);
/// Turned by a quarter clockwise, `quarters` times.
Picture turned(const Picture& picture, int quarters);
/// Gaussian blur of that deviation in pixels, cut at 2.5 deviations.
void blur(Picture* picture, double deviation);

}  // namespace careo::sample
