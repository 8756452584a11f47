// SPDX-License-Identifier: Apache-2.0
// Turns a picture of documents so that print can be read: by its machine-readable zones, which tell how it lies and how
// large a millimetre is, and paints the zones over, so that what is read beside a zone is never the zone itself.
#pragma once

#include <array>
#include <vector>

#include "evidence/reading.h"

namespace careo {

/// A zone as it lies in a picture: its corners, and the characters of its longest line.
struct PlacedZone {
  Region::Box box{};
  std::size_t characters = 0;
};

/// Grey, level, 300 dots an inch of the paper.
struct UprightView {
  Raster grey;
  std::array<double, 6> placing{};  ///< from its pixels to the picture's, as read/placed_words.h says
};

/// One view for each way up and size in which zones lie, at most four; none without zones.
/// REQUIRES: `grey` has one channel. Bounded: no view has more than `most_pixels`.
std::vector<UprightView> upright_views(const Raster& grey, const std::vector<PlacedZone>& zones, double most_pixels);

/// Each pixel the mean of 2 by 2; REQUIRES: both sides are at least 2.
Raster half_of(const Raster& grey);

/// `grey` turned clockwise by a quarter, `quarters` times.
Raster turned(const Raster& grey, int quarters);

}  // namespace careo
