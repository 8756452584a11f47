// SPDX-License-Identifier: Apache-2.0
// Whether a small picture shows what a large one shows.
#pragma once

#include <optional>

#include "base/raster.h"

namespace careo {

/// -1 to 1: how the light of both goes together (Pearson's coefficient over 24 by 24 fields), each stretched to the
/// same square, black bars at the small one's edges left out: cameras fill thumbnails of 4:3 with them. Nothing where
/// one of them is all of one light. Rasters of any channels.
std::optional<double> resemblance(const Raster& large, const Raster& small);

}  // namespace careo
