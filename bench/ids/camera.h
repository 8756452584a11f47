// SPDX-License-Identifier: Apache-2.0
// Sheets as scanners and telephones see them.
#pragma once

#include "lens.h"

namespace careo::bench {

struct Optics {
  View view;
  Ground ground;
  double defocus = 0.5;  ///< deviation, pixels
  double shake = 0;      ///< to each side, pixels
  double uneven = 0;     ///< share of the light that the dark side lacks
  int shadows = 0;
  int reflections = 0;
  double gain = 1;
  float tint[3] = {1, 1, 1};
  double noise = 1;
  double shot = 0;
  double sharpening = 0;
};

/// A flatbed: straight or nearly, even light, 190 to 320 dots an inch.
Optics scanner(Dice& dice);
/// A telephone over a table: tilt, shadow, noise, a hand that moves.
Optics telephone(Dice& dice);

/// JPEG unless the caller says otherwise.
Shot take(Dice& dice, const Sheet& sheet, const Optics& optics);

}  // namespace careo::bench
