// SPDX-License-Identifier: Apache-2.0
// Which known form a page is, told by its labels and by how they stand to each other.
#pragma once

#include <optional>
#include <vector>

#include "read/form/labels.h"

namespace careo {

struct MetLabel {
  const FormLabel* label = nullptr;
  LabelPlace place;
  std::vector<std::uint32_t> words;  ///< of the page, that the phrase is written in
};

struct FormMatch {
  const FormTemplate* form = nullptr;
  std::vector<MetLabel> labels;            ///< in the order of the template, the title first where it is met
  std::vector<std::uint32_t> other_words;  ///< of label places that were not chosen: no value begins there
  int points = 0;
  int pairs = 0, right_pairs = 0;  ///< of labels, and those that stand to each other as the template has them
  int beside = 0;                  ///< pairs that the template has beside each other, and so has the page
  int dropped = 0;                 ///< labels met, which stand wrongly to the others
  bool titled = false;
  double placed() const { return pairs == 0 ? 0 : static_cast<double>(right_pairs) / pairs; }
};

/// The forms that the page's labels and layout allow, likeliest first. Values are not looked at yet. `places` are those
/// of the page.
std::vector<FormMatch> form_matches(const FormPage& page, const std::vector<LabelPlace>& places);

}  // namespace careo
