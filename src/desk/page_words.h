// SPDX-License-Identifier: Apache-2.0
// The recognised words of a picture or page, each with its place: what a face lays over the picture.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "store/case.h"

namespace careo {

struct WordOnPage {
  std::string text;
  std::array<std::int64_t, 4> box{};  ///< left, top, right, bottom in the view's pixels
};

/// Words that were read one way up, in lines; `placing` as in docs/formats/json.md, kind "words".
struct WordsView {
  std::array<double, 6> placing{1, 0, 0, 1, 0, 0};
  std::vector<std::vector<WordOnPage>> lines;
};

/// Those of the page that the trail names, or of the whole picture; none where no text was recognised, or an older
/// careo did it.
Result<std::vector<WordsView>> words_on(Case& store, const Trail& trail);

}  // namespace careo
