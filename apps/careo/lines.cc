// SPDX-License-Identifier: Apache-2.0
#include "careo/lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "resolve/explain.h"

namespace careo::cli {

namespace {

// "invoice (invoice), 14 of 17 labels, 104 of 105 pairs of them in place", then its fields.
std::vector<std::string> form_lines(const Json& form) {
  const auto& placed = form["placed"].items();
  std::vector<std::string> out = {fmt::format("{} ({}), {} of {} labels, {} of {} pairs of them in place",
                                              form["form"].text(), form["template"].text(), form["met"].integer(),
                                              form["of"].integer(), placed.empty() ? 0 : placed[0].integer(),
                                              placed.size() < 2 ? 0 : placed[1].integer())};
  for (const Json& field : form["fields"].items()) {
    std::string value(field["value"].text());
    std::replace(value.begin(), value.end(), '\n', ' ');
    const bool doubtful = field["grade"].text() == "doubtful";
    out.push_back(fmt::format("  {}: {}{}  [{}]", field["field"].text(), value, doubtful ? " (doubtful)" : "",
                              field["label"].text()));
  }
  return out;
}

}  // namespace

std::vector<std::string> reading_lines(const Reading& reading) {
  std::vector<std::string> out;
  if (reading.kind == "form") {
    if (const auto form = Json::parse(reading.value)) out = form_lines(*form);
  }
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
