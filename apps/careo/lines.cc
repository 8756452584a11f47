// SPDX-License-Identifier: Apache-2.0
#include "careo/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

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

std::string scalar(const Json& value) {
  switch (value.type()) {
    case Json::Type::Boolean: return value.boolean() ? "yes" : "no";
    case Json::Type::Integer: return std::to_string(value.integer());
    case Json::Type::Real: return fmt::format("{}", value.real());
    default: return value.text();
  }
}

// Members that need no name beside their value.
bool says_itself(std::string_view name) {
  constexpr std::string_view kNames[] = {"name", "address", "value", "type", "media_type", "rows"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

// What stands in one line: a scalar, or a list or object of them; what is empty is left out.
std::string in_line(const Json& value) {
  std::string out;
  switch (value.type()) {
    case Json::Type::Array:
      for (const Json& each : value.items()) out += (out.empty() ? "" : ", ") + in_line(each);
      return out;
    case Json::Type::Object:
      for (const auto& [name, each] : value.members())
        if (const std::string said = in_line(each); !said.empty())
          out += (out.empty() ? "" : " ") + (says_itself(name) ? "" : name + " ") + said;
      return out;
    default: return scalar(value);
  }
}

constexpr std::size_t kFitsLine = 100;  // code points of a list; a longer one has a line for each thing in it

// "subject: Payments".
std::vector<std::string> member_lines(const Json& value) {
  std::vector<std::string> out;
  for (const auto& [name, each] : value.members()) {
    const std::string said = in_line(each);
    if (said.empty()) continue;
    const bool listed = each.type() == Json::Type::Array && each.items().size() > 1 && code_points(said) > kFitsLine;
    out.push_back(listed ? name + ":" : name + ": " + said);
    if (!listed) continue;
    for (const Json& item : each.items()) out.push_back("  " + in_line(item));
  }
  return out;
}

}  // namespace

std::string text_line(std::string_view line) {
  std::string out;
  std::string_view tab;
  for (const std::string_view cell : split(line, '\t')) out += std::string(std::exchange(tab, "\t")) + printable(cell);
  return out;
}

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
    const auto value = Json::parse(reading.value);
    if (!value || value->type() != Json::Type::Object) {
      out.push_back(reading.value);
    } else {
      for (std::string& line : member_lines(*value)) out.push_back(std::move(line));
    }
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
