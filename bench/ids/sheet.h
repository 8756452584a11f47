// SPDX-License-Identifier: Apache-2.0
// What lies before a camera: paper as pixels, and where on it which zone is printed.
#pragma once

#include <array>
#include <vector>

#include "base/raster.h"
#include "specimen.h"

namespace careo::bench {

/// Corners in the order of a reading's box: top left, top right, bottom right, bottom left, as the text reads.
struct PrintedZone {
  Specimen specimen;
  std::array<Point, 4> corners;
};

/// Corners in millimetres from the top left.
struct Sheet {
  Raster raster;    ///< RGB
  double dots = 0;  ///< pixels a millimetre
  std::vector<PrintedZone> zones;

  double width() const { return raster.width / dots; }
  double height() const { return raster.height / dots; }
};

/// What came out, and how it is to be stored. Corners in pixels.
struct Shot {
  enum class Storage { Jpeg, Png };
  Raster raster;  ///< grey or RGB
  std::vector<PrintedZone> zones;
  Storage storage = Storage::Jpeg;
  int quality = 90;        ///< of the JPEG
  int orientation = 1;     ///< EXIF: how the stored pixels must be turned to stand as `raster` does
  double dots_across = 0;  ///< an inch, as the file says; 0: it says nothing
  double dots_down = 0;
};

}  // namespace careo::bench
