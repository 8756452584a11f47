// SPDX-License-Identifier: Apache-2.0
// A redraw of our own of the OCR-B shapes that machine-readable zones use: centre lines, to be stroked at any width.
// It exists so that the network sees more than one designer's outlines.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace careo::train {

struct Stroke {
  double x0, y0, x1, y1;
};

/// The strokes of one character: y upwards, base line 0, capitals 88 high, digits 94; x centred on 0.
/// `wobble` moves every corner by up to that much, the same for one call's `seed`.
std::vector<Stroke> strokes_of(char c, double wobble, unsigned seed);

}  // namespace careo::train
