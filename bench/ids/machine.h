// SPDX-License-Identifier: Apache-2.0
// Machines between the document and the file: a screen that is photographed, a photocopier, a fax.
#pragma once

#include "sheet.h"

namespace careo::bench {

/// The sheet on a screen as a new sheet whose pixels are the screen's stripes of red, green and blue: photographed, it
/// gives the rings and bands of colour that every such photograph has. `dots` pixels of the screen a millimetre.
Sheet on_screen(Dice& dice, const Sheet& sheet, double dots);

/// Copied once or twice: grey goes, contrast rises, toner spreads or thins, dust and drum streaks stay.
Sheet photocopied(Dice& dice, const Sheet& sheet);

/// A page after ITU-T T.4: 204 dots an inch across, 98 or 196 lines an inch down, each black or white. Stored either as
/// sent, with both resolutions in the file, or with square dots, as mail gateways do.
Shot faxed(Dice& dice, const Sheet& sheet);

}  // namespace careo::bench
