// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "unpack/office/flow.h"
#include "unpack/office/package.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// Repeated cells and blanks are written as counts; a sheet's empty tail may claim 16,384 of them.
constexpr unsigned MostRepeats = 64;

unsigned count_of(std::string_view text) {
  unsigned value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 1U, MostRepeats);
}

bool is_odf_paragraph(std::string_view name) {
  return name == "text:p" || name == "text:h";
}

Visit enter_odf(const pugi::xml_node& node, Flow* flow, unsigned* paragraphs) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    if (*paragraphs > 0) flow->add(node.value());
    return Visit::Skip;
  }
  if (node.type() != pugi::node_element && node.type() != pugi::node_document) return Visit::Skip;
  const std::string_view name = node.name();
  if (is_odf_paragraph(name)) {
    flow->paragraph_begin();
    ++*paragraphs;
  }
  if (name == "text:tab") flow->add("\t");
  if (name == "text:line-break") flow->add("\n");
  if (name == "text:s") flow->add(std::string(count_of(attribute(node, "c")), ' '));
  if (name == "table:table-cell" || name == "table:covered-table-cell") flow->cell_begin();
  if (name == "text:deletion")
    flow->open_mark("deleted", node.child("office:change-info").child("dc:creator").text().get());
  if (name == "office:annotation") flow->open_mark("comment", node.child("dc:creator").text().get());
  if (name == "office:change-info" || name == "office:scripts" || name == "text:sequence-decls") return Visit::Skip;
  return Visit::Into;
}

void leave_odf(const pugi::xml_node& node, Flow* flow, unsigned* paragraphs) {
  const std::string_view name = node.name();
  if (is_odf_paragraph(name)) {
    --*paragraphs;
    flow->paragraph_end();
  }
  if (name == "table:table-cell" || name == "table:covered-table-cell") {
    flow->cell_end(count_of(attribute(node, "number-columns-repeated")));
  }
  if (name == "table:table-row") flow->row_end();
  if (name == "text:deletion" || name == "office:annotation") {
    flow->close_mark();
    flow->add("\n");
  }
}

}  // namespace

std::string odf_text(const pugi::xml_node& root) {
  Flow flow;
  unsigned paragraphs = 0;
  walk(
      root, [&](const pugi::xml_node& node) { return enter_odf(node, &flow, &paragraphs); },
      [&](const pugi::xml_node& node) { leave_odf(node, &flow, &paragraphs); });
  return tidy(flow.take());
}

}  // namespace careo
