// SPDX-License-Identifier: Apache-2.0
// What stands behind or below the labels of a form.
#pragma once

#include <string>
#include <vector>

#include "read/form/match.h"

namespace careo {

struct FormValue {
  const MetLabel* label = nullptr;
  std::vector<std::uint32_t> words;  ///< of the page
  std::string text;                  ///< words with a space between them, rows with a line end
  Region region;  ///< a box where the page is drawn, else the span of its first row, or of all where nothing is between
  bool fits = false;  ///< a date is a date, a name has no digits
};

/// The region of words: their box carried into the page's grid, or their span where only lines are known.
Region region_of(const FormPage& page, const std::vector<std::uint32_t>& words);

/// The value of each label of a match that has one, in the order of its labels. Views of `match`. What stands alone in
/// a cell and is a label of any form, as in a list of labels, fits nowhere; `places` are those of the page.
std::vector<FormValue> form_values(const FormPage& page, const FormMatch& match, const std::vector<LabelPlace>& places);

}  // namespace careo
