// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/pyramid.h"

#include <algorithm>

namespace careo::mrz {

Raster halved(const Raster& grey) {
  Raster out = make_raster(std::max(1, grey.width / 2), std::max(1, grey.height / 2), 1);
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* a = grey.row(std::min(2 * y, grey.height - 1));
    const std::uint8_t* b = grey.row(std::min(2 * y + 1, grey.height - 1));
    std::uint8_t* to = out.row(y);
    if (grey.width < 2) {
      to[0] = static_cast<std::uint8_t>((a[0] + b[0] + 1) / 2);
      continue;
    }
    for (int x = 0; x < out.width; ++x) {
      to[x] = static_cast<std::uint8_t>((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
    }
  }
  return out;
}

Raster doubled(const Raster& grey) {
  Raster out = make_raster(grey.width * 2, grey.height * 2, 1);
  for (int y = 0; y < out.height; ++y) {
    // Pixel centres: the new row y lies a quarter of an old row before or behind the old row y / 2.
    const int near_y = y / 2;
    const int far_y = std::clamp(y % 2 == 0 ? near_y - 1 : near_y + 1, 0, grey.height - 1);
    const std::uint8_t* a = grey.row(near_y);
    const std::uint8_t* b = grey.row(far_y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      const int near_x = x / 2;
      const int far_x = std::clamp(x % 2 == 0 ? near_x - 1 : near_x + 1, 0, grey.width - 1);
      to[x] = static_cast<std::uint8_t>((9 * a[near_x] + 3 * a[far_x] + 3 * b[near_x] + b[far_x] + 8) >> 4);
    }
  }
  return out;
}

Pyramid::Pyramid(Raster grey) {
  levels_.push_back(std::move(grey));
  while (levels_.back().width > 64 && levels_.back().height > 64 && levels_.size() < 12) {
    levels_.push_back(halved(levels_.back()));
  }
}

std::size_t Pyramid::level_for(double step) const {
  std::size_t k = 0;
  while (step > 2.0 && k + 1 < levels_.size()) {
    step /= 2;
    ++k;
  }
  return k;
}

}  // namespace careo::mrz
