// SPDX-License-Identifier: Apache-2.0
// The telefax as a camera: two tones, lines that are twice as far apart as dots, and what the line loses.
#pragma once

#include "base/raster.h"
#include "print.h"

namespace careo::train {

struct Fax {
  Raster grey;
  double rows = 1;  ///< of `grey` for each row of what was sent: one half when coarse lines are kept as sent
};

/// Sends a picture whose pixels are a fax's dots.
Fax send_fax(Random& random, const Plane& picture);

}  // namespace careo::train
