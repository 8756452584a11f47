// SPDX-License-Identifier: Apache-2.0
// Pixels as a PNG file, the only picture format that leaves the worker.
#pragma once

#include "base/bytes.h"
#include "base/raster.h"

namespace careo {

/// Grey or RGB, 8 bits, without any metadata: equal rasters give equal bytes with one zlib version.
/// Refused for an empty raster.
Result<Buffer> encode_png(const Raster& raster);

}  // namespace careo
