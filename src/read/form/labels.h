// SPDX-License-Identifier: Apache-2.0
// Where the phrases of known forms stand on a page, and whether each stands there as a label does.
#pragma once

#include <cstdint>
#include <vector>

#include "read/form/page.h"
#include "reference/form_template.h"

namespace careo {

struct LabelPlace {
  std::uint32_t form = 0;
  std::int32_t label = -1;  ///< -1: says that the page is no such form
  std::uint32_t first_token = 0, last_token = 0;
  std::uint32_t first_word = 0;  ///< with the form's own number before it
  std::uint32_t cell = 0;        ///< where it begins
  std::uint32_t end_cell = 0;    ///< where it ends: a narrow column breaks labels
  std::uint32_t end_word = 0;    ///< the word behind it, and behind its brackets and colon
  bool opens = false;            ///< begins its cell, or its line's
  bool colon = false;
  Frame level;
};

/// By the page's tokens from the first to the last; of one label at one place the longest phrase.
std::vector<LabelPlace> label_places(const FormPage& page);

/// Whether a text is worth to be laid out: the points of the form that its words, exactly written, say most of, are
/// half of what that form needs. Cheap: 0.1 ms a thousand words.
bool may_be_form(std::string_view text);

}  // namespace careo
