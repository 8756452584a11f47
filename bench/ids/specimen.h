// SPDX-License-Identifier: Apache-2.0
// Zones of invented persons, valid in every check digit: what is printed on the pictures that measure.
#pragma once

#include <string>
#include <vector>

#include "dice.h"
#include "reference/icao9303.h"

namespace careo::bench {

struct Specimen {
  icao::Format format = icao::Format::TD3;
  std::vector<std::string> lines;
};

/// Formats as often as one meets them: passports two in five, cards, visas, the French card.
Specimen random_specimen(Dice& dice);
Specimen random_specimen(Dice& dice, icao::Format format);

}  // namespace careo::bench
