// SPDX-License-Identifier: Apache-2.0
// Whole pages with zones of invented persons, as reflectance: what the finder is tuned on.
#pragma once

#include <string>
#include <vector>

#include "print.h"

namespace careo::train {

struct Page {
  Plane paper;
  double dots = 8;                 ///< pixels a millimetre
  std::vector<std::string> lines;  ///< of its zone
};

/// A valid zone: TD3, TD2, TD1, MRV-A or MRV-B.
std::vector<std::string> random_zone(Random& random);

/// A passport page, visa or card drawn at `dots` pixels a millimetre.
Page random_page(Random& random, double dots);

}  // namespace careo::train
