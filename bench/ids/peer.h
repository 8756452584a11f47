// SPDX-License-Identifier: Apache-2.0
// The peer that Debian gives: tesseract over the whole picture, its lines filtered for zones.
#pragma once

#include <string>
#include <vector>

#include "base/raster.h"

namespace careo::bench {

/// The lines of 30, 36 or 44 characters of a zone's alphabet that tesseract (eng, page mode 6) reads, spaces dropped,
/// in order. What scripts around tesseract do, without repairs.
std::vector<std::string> tesseract_lines(const Raster& grey);

}  // namespace careo::bench
