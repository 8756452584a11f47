// SPDX-License-Identifier: Apache-2.0
#include "careo/lines.h"

#include <fmt/format.h>

#include "base/text.h"
#include "resolve/explain.h"

namespace careo::cli {

std::vector<std::string> reading_lines(const Reading& reading) {
  std::vector<std::string> out;
  if (reading.kind == "mrz") {
    if (const auto explained = explain_zone(reading.value)) out = explanation_text(*explained);
  }
  if (out.empty()) {
    for (const std::string_view line : split(reading.raw, '\n'))
      if (!line.empty()) out.emplace_back(line);
    out.push_back(reading.value);
  }
  for (std::string& line : out) line = printable(line);
  return out;
}

std::string relative_line(const Relative& relative) {
  std::string out =
      fmt::format("  {:3.0f} %  {}  {}", relative.alike * 100, printable(relative.title), relative.trail.print());
  if (relative.by != "picture") return out;
  const std::string change = change_between(relative);
  return out + "  nearly the same picture" + (change.empty() ? "" : ", " + change);
}

std::string decision_line(const Decision& decision) {
  return fmt::format("{} by {}, {}{}", name_of(decision.verdict), printable(decision.by), iso(decision.at),
                     decision.value.empty() ? "" : ": " + printable(decision.value));
}

}  // namespace careo::cli
