// SPDX-License-Identifier: Apache-2.0
// What the reader of forms makes of a sheet, held against its truth.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/opener.h"
#include "form_pages.h"

namespace careo::bench {

enum class By { Lines, Layer, Picture };

struct FoundForm {
  std::string form;  ///< "" where it was taken for none
  std::vector<std::pair<std::string, std::string>> fields;
  std::string text;  ///< of the page, as it was read
};

FoundForm form_in(const std::vector<Reading>& readings);
FoundForm found_in_lines(const FormSheet& sheet);
FoundForm found_in_layer(const FormSheet& sheet);
FoundForm found_in_picture(const FormSheet& sheet, const Trouble& trouble, std::uint64_t seed);

struct FormScore {
  int forms = 0, named = 0, misnamed = 0;  ///< the rest of the forms was taken for none
  int strangers = 0, called = 0;           ///< strangers taken for a form
  int fields = 0, exact = 0, wrong = 0;    ///< of the forms that were named; wrong also where nothing should be
  void add(const FormSheet& sheet, const FoundForm& found, bool tell);
};

}  // namespace careo::bench
