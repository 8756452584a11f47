// SPDX-License-Identifier: Apache-2.0
// Pages of forms with made-up persons, and pages that only look or speak like them, each with its truth: as a picture,
// as a PDF with a text layer, and as text. Bit-equal for equal seeds; layouts and words are pages.tsv.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/raster.h"

namespace careo::bench {

struct Ink {
  std::string text;
  double x = 0, y = 0, size = 3.4;  ///< millimetres; y is the base line
  double room = 0;                  ///< letters are drawn narrower where they would pass it
  bool bold = false;
};

struct FormSheet {
  std::string what;  ///< "invoice"; "none:resume" and the like for what is no known form
  std::string language;
  std::vector<std::pair<std::string, std::string>> fields;  ///< the truth: field, value
  std::vector<Ink> inks;
  std::string text;  ///< as lines
  std::string font = "DejaVu Sans";
  bool is_form() const { return !what.starts_with("none:"); }
  /// "transfer_order" of the page "swift".
  std::string form;
};

enum class Lines { Aligned, Stacked, Tabs };

struct SheetPlan {
  std::uint64_t seed = 1;
  Lines lines = Lines::Aligned;
  double lost = 0;     ///< share of labels that are not printed
  double smudged = 0;  ///< share of the text's letters that are another
};

/// One of each page in each of its languages, forms and strangers.
std::vector<FormSheet> form_sheets(const SheetPlan& plan);
/// Texts and pages that speak of the same things and are none: explanations, quotations in mails, articles, lists of
/// labels in four languages, tables of persons, forms with their boxes thrown about.
std::vector<FormSheet> strange_sheets(const SheetPlan& plan);

struct Trouble {
  double dots_per_inch = 200;
  double degrees = 0;  ///< slant
  int noise = 0;       ///< grey values
  double cut = 0;      ///< millimetres lost on the left and above
};
Raster picture_of(const FormSheet& sheet, const Trouble& trouble, std::uint64_t seed);
Buffer pdf_of(const FormSheet& sheet);

}  // namespace careo::bench
