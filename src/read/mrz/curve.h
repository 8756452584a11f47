// SPDX-License-Identifier: Apache-2.0
// Least squares for the curves that lines of characters follow.
#pragma once

#include <span>

#include "read/mrz/slots.h"

namespace careo::mrz {

/// Where a character stands: slot `slot` of its line is at `at`.
struct Sighting {
  double slot;
  Point at;
  double weight;
};

/// Fits `model`'s x and y to the sightings, with `terms` coefficients each (1 to LineTerms) and all others zero; its
/// middle and half stay. False, and an unchanged model, where the sightings are too few.
bool fit_curve(std::span<const Sighting> sightings, std::size_t terms, LineModel* model);

/// How far the sightings stand off the model: root of the weighted mean square, in pixels.
double roughness_of(std::span<const Sighting> sightings, const LineModel& model);

}  // namespace careo::mrz
