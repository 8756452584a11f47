// SPDX-License-Identifier: Apache-2.0
// Blobs: connected patches of ink, the finder's raw material.
#pragma once

#include <vector>

#include "read/mrz/slots.h"

namespace careo::mrz {

/// One patch of ink, as large as a character may be.
struct Blob {
  Point centre;     ///< of its upright bounding box
  double size = 0;  ///< the longer side of that box
};

/// Separates ink from paper by the mean around each pixel, so that shadows do not matter.
struct Separation {
  Ink ink = Ink::Dark;
  int radius = 3;           ///< of the neighbourhood in cells of four pixels; together about a character's height
  float deviations = 0.5F;  ///< how far off the mean around it a pixel must stand to be ink
  int smallest = 4;         ///< longer side of a blob, pixels
  int largest = 100;
  std::size_t most = 40'000;  ///< blobs; a picture that has more is noise, and the rest is left out
};

std::vector<Blob> find_blobs(const Raster& grey, const Separation& how);

}  // namespace careo::mrz
