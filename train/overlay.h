// SPDX-License-Identifier: Apache-2.0
// What comes between a printed line and its reader: stamps over it, and ink that never reached the paper.
#pragma once

#include "print.h"

namespace careo::train {

/// Bends the strokes of `ink` a little, each where it stands: other hands' renderings of the same shapes.
void warp(Random& random, double pitch, Plane* ink);

/// Takes from the ink of a line what worn presses leave out: rows or columns of dead nozzles, specks.
void wear(Random& random, double pitch, Plane* ink);

/// Lays a part of a stamp over `paper`, half transparent: rings with words, a frame with words, or words alone, in
/// strokes of a hand of our own.
void lay_stamp(Random& random, double pitch, Plane* paper);

}  // namespace careo::train
