// SPDX-License-Identifier: Apache-2.0
// What a reader says of one zone, careo or anybody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/icao9303.h"

namespace careo::bench {

struct Answer {
  std::vector<std::string> lines;
  /// The fields that the reader shows as surely read. None for readers that grade nothing: then a field counts as
  /// checked when its check digit holds, which is what programs around such readers show.
  std::optional<std::vector<icao::FieldName>> checked;
  bool names_shown = false;                 ///< as something one may work with
  std::optional<icao::Format> format = {};  ///< of the zone, where the reader says so; else its lines tell
};

struct Answers {
  std::vector<Answer> zones;
  double seconds = 0;  ///< of the processor, from the file to the answer
};

/// By its name ("TD3"), or none.
std::optional<icao::Format> format_called(std::string_view name);

}  // namespace careo::bench
