// SPDX-License-Identifier: Apache-2.0
// Pixels as a PNG file, the only picture format that leaves the worker.
#pragma once

#include "base/bytes.h"
#include "base/raster.h"

namespace careo {

/// The size in pixels of the grid that boxes on a page are in, where the picture shows the page smaller.
struct PageGrid {
  int width = 0;
  int height = 0;
};

/// Grey or RGB, 8 bits, without any metadata but the grid (a tEXt chunk "grid": "WIDTH HEIGHT"; none where it is 0):
/// equal rasters give equal bytes with one zlib version. Refused for an empty raster.
Result<Buffer> encode_png(const Raster& raster, PageGrid grid = {});

}  // namespace careo
