// SPDX-License-Identifier: Apache-2.0
// The camera model: turns print into a grey picture and says where its slots went.
#pragma once

#include "print.h"
#include "read/mrz/slots.h"

namespace careo::train {

struct Photograph {
  Raster grey;
  std::vector<mrz::Slot> slots;
  mrz::Ink ink = mrz::Ink::Dark;
};

Photograph photograph(Random& random, const Print& print);

/// `grey` after a trip through a JPEG file of that quality.
Raster through_jpeg(const Raster& grey, int quality);

}  // namespace careo::train
