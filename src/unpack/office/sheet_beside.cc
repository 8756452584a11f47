// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/sheet_beside.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "unpack/office/beside.h"
#include "unpack/office/hidden_ranges.h"
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

unsigned number_of(std::string_view text, unsigned otherwise) {
  unsigned out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool is_set(const pugi::xml_node& node, std::string_view name) {
  const std::string_view value = attribute(node, name);
  return value == "1" || value == "true";
}

/// What a column is filtered by (18.3.2.7, 18.3.2.2): the values that stay in sight.
void add_filter(const pugi::xml_node& column, std::string* out) {
  std::vector<std::string_view> values;
  for (const pugi::xml_node& kind : column.children())
    for (const pugi::xml_node& one : kind.children()) values.push_back(attribute(one, "val"));
  add_line("filter", attribute(column.parent(), "ref"), values, out);
}

constexpr unsigned kMostColumns = 16'384;  // of a sheet

std::string hidden_columns(const pugi::xml_node& sheet) {
  HiddenRanges out(HiddenRanges::Of::Columns);
  for (const pugi::xml_node& columns : child_named(sheet, "cols").children()) {
    if (!is_set(columns, "hidden")) continue;
    const unsigned first = std::clamp(number_of(attribute(columns, "min"), 1), 1U, kMostColumns);
    out.add(first, std::clamp(number_of(attribute(columns, "max"), first), first, kMostColumns));
  }
  return out.text();
}

std::string hidden_rows(const pugi::xml_node& sheet) {
  HiddenRanges out(HiddenRanges::Of::Rows);
  unsigned number = 0;
  for (const pugi::xml_node& row : child_named(sheet, "sheetData").children()) {
    if (local_name(row) != "row") continue;
    number = number_of(attribute(row, "r"), number + 1);
    if (is_set(row, "hidden")) out.add(number, number);
  }
  return out.text();
}

}  // namespace

void add_hidden(const pugi::xml_node& sheet, std::string* out) {
  add_line("hidden", "columns", {hidden_columns(sheet)}, out);
  add_line("hidden", "rows", {hidden_rows(sheet)}, out);
}

void add_workbook(const pugi::xml_node& workbook, std::string* out) {
  walk(
      workbook,
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (name == "absPath") add_line("saved in", {}, {attribute(node, "url")}, out);
        if (name == "fileSharing") add_line("reserved by", {}, {attribute(node, "userName")}, out);
        if (name == "customWorkbookView") add_line("view", {}, {attribute(node, "name")}, out);
        return name == "sheets" || name == "definedNames" ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

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
        if (name == "filterColumn") add_filter(node, out);
        if (name == "protectedRange") add_line("range", attribute(node, "sqref"), {attribute(node, "name")}, out);
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
