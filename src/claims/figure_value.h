// SPDX-License-Identifier: Apache-2.0
// A figure as an interval, taken back out of its reading.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "evidence/reading.h"

namespace careo {

struct FigureValue {
  enum class Cmp { Exact, Approx, AtLeast, AtMost, Unknown };
  std::optional<double> value;
  std::optional<double> low;   ///< none: open below
  std::optional<double> high;  ///< none: open above
  Cmp cmp = Cmp::Exact;
  bool strict = false;
  std::string unit;
  std::string kind;     ///< "count", "money", "mass", ...
  std::string counted;  ///< as written
  std::string thing;    ///< as resources/things names it
  std::string predicate;

  /// The least and the most that it allows, for whole things; INT64 limits where open.
  std::int64_t least() const;
  std::int64_t most() const;
  /// "about 200 passports (170 to 230)".
  std::string words(const std::string& raw) const;
};

/// Malformed where the reading's value is no figure as docs/formats/json.md has it.
Result<FigureValue> figure_value(const Reading& reading);

}  // namespace careo
