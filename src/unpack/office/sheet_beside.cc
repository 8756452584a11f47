// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/sheet_beside.h"

#include <vector>

#include "unpack/office/beside.h"
#include "unpack/office/package.h"
#include "unpack/office/sheet_string.h"

namespace careo {
namespace {

/// What may be entered, and what is said to those who enter it (18.3.1.32, and its like in [MS-XLSX] 2.6.31).
void add_validation(const pugi::xml_node& rule, std::string* out) {
  const auto formula = [&](std::string_view name) {
    const pugi::xml_node node = child_named(rule, name);
    const pugi::xml_node inner = child_named(node, "f");
    return std::string_view((inner ? inner : node).text().get());
  };
  const std::string_view place = attribute(rule, "sqref");
  add_line("entry", place.empty() ? child_named(rule, "sqref").text().get() : place,
           {attribute(rule, "type"), formula("formula1"), formula("formula2"), attribute(rule, "promptTitle"),
            attribute(rule, "prompt"), attribute(rule, "errorTitle"), attribute(rule, "error")},
           out);
}

/// Where colours depend on what the cells hold (18.3.1.10, and its like in [MS-XLSX] 2.6.17).
void add_format(const pugi::xml_node& rule, std::string* out) {
  std::vector<std::string_view> values = {attribute(rule, "text")};
  for (const pugi::xml_node& child : rule.children()) {
    const std::string_view name = local_name(child);
    if (name == "formula" || name == "f") values.emplace_back(child.text().get());
  }
  const std::string_view place = attribute(rule.parent(), "sqref");
  add_line("format", place.empty() ? child_named(rule.parent(), "sqref").text().get() : place, values, out);
}

/// Values that may be put in for those of cells (18.3.1.76).
void add_scenario(const pugi::xml_node& scenario, std::string* out) {
  std::string cells;
  for (const pugi::xml_node& cell : scenario.children()) {
    if (local_name(cell) != "inputCells") continue;
    cells.append(cells.empty() ? "" : ", ").append(attribute(cell, "r")).append("=").append(attribute(cell, "val"));
  }
  add_line("scenario", attribute(scenario, "name"),
           {attribute(scenario, "comment"), attribute(scenario, "user"), cells}, out);
}

/// A cell of a revision (18.11.1.9, 18.11.1.11): "old 5", "new =A1 word"; "" where it is empty.
std::string cell_of(std::string_view which, const pugi::xml_node& cell) {
  std::string out;
  const std::string_view formula = child_named(cell, "f").text().get();
  if (!formula.empty()) out.append(" =").append(formula);
  const std::string_view value = child_named(cell, "v").text().get();
  if (!value.empty()) out.append(" ").append(value);
  const std::string words = string_of(child_named(cell, "is"));
  if (!words.empty()) out.append(" ").append(words);
  return out.empty() ? out : std::string(which) + out;
}

}  // namespace

std::string text_of_revisions(const pugi::xml_node& root) {
  std::string out;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        const pugi::xml_node old = child_named(node, "oc");
        const pugi::xml_node now = child_named(node, "nc");
        if (name == "rcc") {
          const std::string place =
              std::string(attribute(node, "sId")) + "!" + std::string(attribute(now ? now : old, "r"));
          add_line("change", place, {cell_of("old", old), cell_of("new", now)}, &out);
        }
        if (name == "rsnm") add_line("sheet", {}, {attribute(node, "oldName"), attribute(node, "newName")}, &out);
        if (name == "ris") add_line("sheet", {}, {attribute(node, "name")}, &out);
        if (name == "rcmt") add_line("comment", attribute(node, "cell"), {attribute(node, "author")}, &out);
        return name == "rcc" ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return out;
}

void add_beside(const pugi::xml_node& part, std::string* out) {
  walk(
      part,
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (name == "dataValidation") add_validation(node, out);
        if (name == "cfRule") add_format(node, out);
        if (name == "scenario") add_scenario(node, out);
        if (name == "hyperlink")
          add_line("link", attribute(node, "ref"),
                   {attribute(node, "location"), attribute(node, "display"), attribute(node, "tooltip")}, out);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

void add_names(const pugi::xml_node& names, std::string* out) {
  for (const pugi::xml_node& name : names.children()) {
    if (local_name(name) == "definedName")
      add_line("name", attribute(name, "name"), {name.text().get(), attribute(name, "comment")}, out);
  }
}

}  // namespace careo
