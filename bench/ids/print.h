// SPDX-License-Identifier: Apache-2.0
// How a zone gets onto paper: which cut of OCR-B, how heavy, how wide, in which ink, and what was stamped over it.
#pragma once

#include <array>

#include "canvas.h"
#include "dice.h"
#include "sheet.h"

namespace careo::bench {

struct Press {
  Face face = Face::OcrBRound;
  double pitch = 2.54;   ///< millimetres; Doc 9303-3 4.4: ten characters an inch
  double spacing = 5.8;  ///< of the lines
  double weight = 0;     ///< added to the strokes' width, millimetres; negative: taken away
  double tall = 1;
  double jitter = 0;   ///< of each character, millimetres
  double gaps = 0;     ///< share of the height that an inkjet's dead nozzles leave white
  double speckle = 0;  ///< share of the ink that did not take
  Colour ink;
};

/// What one meets on documents. Dark ink.
Press random_press(Dice& dice, icao::Format format);

/// Prints with the first character of the last line at (`left`, `bottom`); where it stands.
PrintedZone print_zone(Canvas& canvas, Dice& dice, const Specimen& specimen, const Press& press, double left,
                       double bottom);

/// A border stamp, round or square, half over the zone: ink that lets the print through.
void stamp_over(Canvas& canvas, Dice& dice, const PrintedZone& zone);

}  // namespace careo::bench
