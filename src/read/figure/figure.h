// SPDX-License-Identifier: Apache-2.0
// Figures in text: what number, of what, how exactly, and for which time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/opener.h"
#include "read/date/date.h"
#include "read/token.h"

namespace careo {

struct FigureMention {
  enum class Cmp { Exact, Approx, AtLeast, AtMost, Unknown };
  std::size_t from = 0;  ///< tokens, with the words that bound the number and its unit
  std::size_t to = 0;
  std::optional<double> value;  ///< none for "dozens"
  std::optional<double> low;    ///< the interval that the words allow; none where open
  std::optional<double> high;
  Cmp cmp = Cmp::Exact;
  bool strict = false;    ///< "more than", "less than": the bound itself is outside
  std::string unit;       ///< careo's name of the unit ("ton", "dollar", "%"), or the counted noun in lower case, or ""
  std::string kind;       ///< kind of that unit ("mass", "money"), "count" for counted nouns, "" for a bare number
  std::string counted;    ///< as written: "passports", "vegetable oil"
  std::string thing;      ///< what is counted, as resources/things names it; "" where it does not know
  std::string predicate;  ///< the rest of the clause: "of Cubans who are allegedly serving"
  std::string period;     ///< timex of the time named in the same sentence, or ""
};

std::string_view name_of(FigureMention::Cmp cmp);

/// Half the width of the interval that "about N" stands for: 15 % of a number with one significant digit, else 10 %.
double approximate_margin(double value);

/// Every figure, from left to right. Numbers inside `dates`, addresses, telephone numbers, times and identifiers are
/// none.
std::vector<FigureMention> figures_in(const Tokens& tokens, std::string_view language,
                                      const std::vector<DateMention>& dates);

/// The JSON value of a figure reading (docs/formats/json.md).
std::string json_of(const FigureMention& figure);

/// kind "figure". Reader "figure/1".
const TextReader& figure_reader();

}  // namespace careo
