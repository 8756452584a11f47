// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_values.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "unpack/office/beside.h"
#include "unpack/office/hidden_ranges.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

bool is_cell(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name == "table:table-cell" || name == "table:covered-table-cell";
}

void fill_cell(pugi::xml_node cell) {
  const std::string value(value_of_odf(cell));
  if (!cell.child("text:p") && !value.empty()) cell.prepend_child("text:p").text().set(value.c_str());
}

/// What the cell shows, without what is noted on it.
std::string shown_in(const pugi::xml_node& cell) {
  std::string out;
  walk(
      cell,
      [&](const pugi::xml_node& node) {
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
        const std::string_view name = node.name();
        return name == "office:annotation" || name.starts_with("draw:") ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return out;
}

/// The digits without zeros at the ends: "1,234.50" and "1234.5" are the same number, "25 %" and "0.25" too.
std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && (c != '0' || !out.empty())) out += c;
  }
  while (!out.empty() && out.back() == '0') out.pop_back();
  return out;
}

bool differs(std::string_view shown, std::string_view value) {
  if (trim(shown).empty() || value.empty() || shown.find(value) != shown.npos) return false;
  const std::string digits = digits_of(value);
  return !digits.empty() && digits != digits_of(shown);
}

std::uint64_t repeats(const pugi::xml_node& node, std::string_view of) {
  return std::max<std::uint64_t>(number_of_odf(attribute(node, of)), 1);
}

void add_values(const pugi::xml_node& row, std::uint64_t number, std::string* out) {
  std::uint64_t column = 0;
  for (const pugi::xml_node& cell : row.children()) {
    if (!is_cell(cell)) continue;
    for (const char* kind : {"date-value", "time-value", "value"}) {
      const std::string_view value = attribute(cell, kind);
      if (!value.empty() && differs(shown_in(cell), value)) add_line("value", cell_name(number, column), {value}, out);
    }
    column += repeats(cell, "number-columns-repeated");
  }
}

}  // namespace

std::string_view value_of_odf(const pugi::xml_node& node) {
  for (const char* kind : {"string-value", "date-value", "time-value", "boolean-value", "value"}) {
    const std::string_view value = attribute(node, kind);
    if (!value.empty()) return value;
  }
  return {};
}

std::uint64_t number_of_odf(std::string_view text) {
  std::uint32_t value = 0;  // the widest sheet has 16,384 columns, the longest 1,048,576 rows
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string cell_name(std::uint64_t row, std::uint64_t column) {
  std::string letters;
  for (std::uint64_t left = column + 1; left > 0; left = (left - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  return letters + std::to_string(row + 1);
}

bool is_hidden_section(const pugi::xml_node& section) {
  const std::string_view display = attribute(section, "display");
  return display == "none" || (display == "condition" && attribute(section, "is-hidden") == "true");
}

void fill_cells(const pugi::xml_node& table) {
  walk(
      table,
      [](const pugi::xml_node& node) {
        if (is_cell(node)) fill_cell(node);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

std::string odf_values(const pugi::xml_node& table, std::size_t most) {
  std::string out;
  std::uint64_t row = 0;
  walk(
      table,
      [&](const pugi::xml_node& node) {
        if (std::string_view(node.name()) != "table:table-row") return Visit::Into;
        if (out.size() <= most) add_values(node, row, &out);
        row += repeats(node, "number-rows-repeated");
        return Visit::Skip;
      },
      [](const pugi::xml_node&) {});
  return out;
}

std::string odf_hidden(const pugi::xml_node& table) {
  HiddenRanges rows(HiddenRanges::Of::Rows), columns(HiddenRanges::Of::Columns);
  std::uint64_t row = 1, column = 1;
  const auto take = [](const pugi::xml_node& node, std::string_view of, std::uint64_t* at, HiddenRanges* hidden) {
    const std::uint64_t next = *at + repeats(node, of);
    const std::string_view seen = attribute(node, "visibility");
    if (seen == "collapse" || seen == "filter") hidden->add(*at, next - 1);
    *at = next;
    return Visit::Skip;
  };
  walk(
      table,
      [&](const pugi::xml_node& node) {
        const std::string_view name = node.name();
        if (name == "table:table-row") return take(node, "number-rows-repeated", &row, &rows);
        if (name == "table:table-column") return take(node, "number-columns-repeated", &column, &columns);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  std::string out;
  add_line("hidden", "columns", {columns.text()}, &out);
  add_line("hidden", "rows", {rows.text()}, &out);
  return out;
}

}  // namespace careo
