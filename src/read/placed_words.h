// SPDX-License-Identifier: Apache-2.0
// Where recognised words stand in their picture: kind "words" of docs/formats/json.md.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/opener.h"
#include "read/face.h"

namespace careo {

/// From a view's pixels to the picture's: x' = a x + c y + e, y' = b x + d y + f, in this order, as SVG writes it.
using Placing = std::array<double, 6>;

/// The words of one view, in the order of the text, each with `at` in that text.
struct PlacedWords {
  Placing placing{1, 0, 0, 1, 0, 0};
  std::vector<PrintedWord> words;
};

/// `scale` picture pixels a view pixel, in a picture of that size turned clockwise by `quarters` before it was scaled.
Placing placing_of(double scale, int quarters, int width, int height);

/// The words of one view as page readers take them.
PageLayout layout_of(const std::vector<PrintedWord>& words, const Placing& placing);

/// None where there are no words.
std::optional<Reading> words_reading(const std::vector<PlacedWords>& views);

}  // namespace careo
