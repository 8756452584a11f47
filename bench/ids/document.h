// SPDX-License-Identifier: Apache-2.0
// A travel document of an invented state as a sheet: pattern, words that say what the zone says, a grey field where the
// photograph would be, the zone, and SPECIMEN across it.
#pragma once

#include "print.h"
#include "sheet.h"

namespace careo::bench {

enum class Ink { Dark, Coloured, Bright };
enum class Stamp { No, OverZone };

struct DocumentStyle {
  Ink ink = Ink::Dark;
  Stamp stamp = Stamp::No;
};

Sheet draw_document(Dice& dice, const Specimen& specimen, double dots, const DocumentStyle& style = {});
/// The side of a card that has no zone.
Sheet draw_front(Dice& dice, double dots);

}  // namespace careo::bench
