// SPDX-License-Identifier: Apache-2.0
// What falls on the paper besides an even light: shadows multiply, reflections add.
#pragma once

#include "dice.h"
#include "film.h"

namespace careo::bench {

/// Unevenness of a lamp and of the lens: up to `most` of the light away at the dark side.
void shade(Film* film, Dice& dice, double most);
/// The edge of a hand, a telephone or a shelf: `dark` of the light away behind it, over a penumbra of `soft` pixels.
void cast_shadow(Film* film, Dice& dice, double dark, double soft);
/// A window or a lamp seen in the laminate: a spot or a band, brighter than paper at its middle.
void reflect(Film* film, Dice& dice, double power, Point middle);

}  // namespace careo::bench
