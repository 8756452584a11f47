// SPDX-License-Identifier: Apache-2.0
// Rasters made smaller, and cut out upright. Sums in integers: the same picture gives the same bytes everywhere.
#pragma once

#include "base/raster.h"
#include "evidence/trail.h"

namespace careo {

/// The mean of the pixels that fall on each new one (area average); as it is where it fits already.
/// REQUIRES: max_side > 0.
Raster fit(const Raster& raster, int max_side);

/// The area between four corners (top left, top right, bottom right, bottom left) as an upright rectangle, by a
/// perspective map with bilinear samples; white outside of the picture. Sides are those of the area, at most
/// `max_side`. Refused for an area without extent or beyond any picture.
Result<Raster> cut_out(const Raster& raster, const Region::Box& box, int max_side);

}  // namespace careo
