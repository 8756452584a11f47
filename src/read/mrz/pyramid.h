// SPDX-License-Identifier: Apache-2.0
// A grey picture and its halvings, so that any part of it can be sampled at any scale without aliasing.
#pragma once

#include <vector>

#include "base/raster.h"

namespace careo::mrz {

/// Level 0 is the picture itself, level k is k times halved by the mean of 2 x 2 pixels. Coordinates are always those
/// of level 0, with pixel centres at whole numbers.
class Pyramid {
 public:
  /// REQUIRES: `grey` has one channel and at least one pixel, and outlives the pyramid. Costs a third of its pixels
  /// again.
  explicit Pyramid(const Raster& grey);
  explicit Pyramid(Raster&&) = delete;

  const Raster& level(std::size_t k) const { return k == 0 ? picture_ : halvings_[k - 1]; }
  std::size_t levels() const { return halvings_.size() + 1; }
  int width() const { return picture_.width; }
  int height() const { return picture_.height; }

  /// The finest level on which `step` pixels of level 0 become at most two pixels.
  std::size_t level_for(double step) const;

 private:
  const Raster& picture_;
  std::vector<Raster> halvings_;
};

/// `grey` with both sides halved (rounded down, at least 1): the mean of 2 x 2 pixels.
Raster halved(const Raster& grey);
/// `grey` with both sides doubled, bilinear.
Raster doubled(const Raster& grey);

}  // namespace careo::mrz
