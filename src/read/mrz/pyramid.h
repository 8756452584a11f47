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
  /// REQUIRES: `grey` has one channel and at least one pixel. Costs a third of the picture's pixels again.
  explicit Pyramid(Raster grey);

  const Raster& level(std::size_t k) const { return levels_[k]; }
  std::size_t levels() const { return levels_.size(); }
  int width() const { return levels_[0].width; }
  int height() const { return levels_[0].height; }

  /// The finest level on which `step` pixels of level 0 become at most two pixels.
  std::size_t level_for(double step) const;

 private:
  std::vector<Raster> levels_;
};

/// `grey` with both sides halved (rounded down, at least 1): the mean of 2 x 2 pixels.
Raster halved(const Raster& grey);
/// `grey` with both sides doubled, bilinear.
Raster doubled(const Raster& grey);

}  // namespace careo::mrz
