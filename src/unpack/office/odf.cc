// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf.h"

#include "unpack/office/odf_prefix.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// The value of a cell that has no text (OpenDocument 1.3 part 3, 19.385: programs may leave <text:p> away).
void fill_cell(pugi::xml_node cell) {
  if (cell.child("text:p")) return;
  for (const char* kind : {"string-value", "date-value", "time-value", "boolean-value", "value"}) {
    const std::string value(attribute(cell, kind));
    if (value.empty()) continue;
    cell.prepend_child("text:p").text().set(value.c_str());
    return;
  }
}

void fill_cells(const pugi::xml_node& table) {
  walk(
      table,
      [](const pugi::xml_node& node) {
        const std::string_view name = node.name();
        if (name == "table:table-cell" || name == "table:covered-table-cell") fill_cell(node);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

}  // namespace

Result<void> read_open_document(const OfficePackage& package, const std::function<Result<void>(OdfPage)>& take) {
  const auto content = TRY(package.xml("content.xml"));
  rename_prefixes(content->document);
  const pugi::xml_node body = content->document.document_element().child("office:body");
  std::uint32_t number = 0;
  // A spreadsheet's tables and a presentation's pages are its pages; a text is one.
  for (const pugi::xml_node& kind : body.children()) {
    const std::string_view name = local_name(kind);
    if (name != "spreadsheet" && name != "presentation" && name != "drawing") continue;
    for (const pugi::xml_node& page : kind.children()) {
      const bool sheet = std::string_view(page.name()) == "table:table";
      if (!sheet && std::string_view(page.name()) != "draw:page") continue;
      ++number;
      if (sheet) fill_cells(page);
      OdfPage out;
      out.number = number;
      out.text = odf_text(page);
      if (sheet) {
        out.name = attribute(page, "name");
        out.columns = columns_of_lines(out.text);
        out.text = out.name + "\n" + out.text;
      }
      TRY(take(std::move(out)));
    }
  }
  OdfPage rest;
  if (number == 0) rest.text = odf_text(body);
  // Headers and footers stand with the styles of pages.
  if (const auto styles = package.xml("styles.xml")) {
    rename_prefixes((*styles)->document);
    rest.text += odf_text((*styles)->document.document_element().child("office:master-styles"));
  }
  return take(std::move(rest));
}

}  // namespace careo
