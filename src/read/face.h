// SPDX-License-Identifier: Apache-2.0
// What the printed face of a document says beside its machine-readable zone: kind "face" of docs/formats/witness.md.
// Nothing here knows the zone: whether the two agree is for resolve/witness.h to say.
#pragma once

#include <string>
#include <vector>

#include "evidence/reading.h"

namespace careo {

/// A word as it was recognised, with its place in an upright picture.
struct PrintedWord {
  std::string text;
  int confidence = 0;  ///< 0..100
  int left = 0, top = 0, right = 0, bottom = 0;
  std::size_t at = 0;  ///< where it begins in the page's text, in code points
};

/// The words as text: lines from top to bottom, their words from left to right. Sorts them so and sets their `at`.
std::string text_of_words(std::vector<PrintedWord>* words);

/// The words in lines, the lines in cells (a tab where a gap is wider than the letters are high), and what stands
/// behind or below each label. No reading where there are no words.
std::vector<Reading> face_of(std::vector<PrintedWord> words);

}  // namespace careo
