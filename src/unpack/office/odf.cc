// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf.h"

#include "unpack/office/odf_beside.h"
#include "unpack/office/odf_prefix.h"
#include "unpack/office/odf_values.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// Lines of values of one sheet; they come once more into the text that has them.
constexpr std::size_t MostValues = 64U << 20U;

/// Styles that hide a sheet or a slide (16.5 and 17.15: table:display, 19.424: presentation:visibility).
std::set<std::string> hiding_styles(const pugi::xml_node& root) {
  std::set<std::string> out;
  for (const pugi::xml_node& style : root.child("office:automatic-styles").children()) {
    const bool sheet = attribute(style.child("style:table-properties"), "display") == "false";
    const bool slide = attribute(style.child("style:drawing-page-properties"), "visibility") == "hidden";
    if (sheet || slide) out.emplace(attribute(style, "name"));
  }
  return out;
}

OdfPage read_sheet(const pugi::xml_node& table, const OdfStyles& styles, OdfPage out) {
  out.beside = odf_hidden(table) + odf_values(table, MostValues);
  fill_cells(table);
  out.name = attribute(table, "name");
  std::string asides;
  const std::string rows = odf_text(table, styles, &asides, &out.unread);
  out.columns = columns_of_lines(rows);
  out.text = out.name + (out.hidden ? " [hidden]\n" : "\n") + rows + asides;
  return out;
}

OdfPage read_slide(const pugi::xml_node& slide, const OdfStyles& styles, OdfPage out) {
  out.text = (out.hidden ? "[hidden slide]\n" : "") + odf_text(slide, styles, nullptr, &out.unread);
  return out;
}

}  // namespace

Result<void> read_open_document(const OfficePackage& package, std::set<std::string>* addresses,
                                const std::function<Result<void>(OdfPage)>& take) {
  const auto content = TRY(package.xml("content.xml"));
  rename_prefixes(content->document);
  const pugi::xml_node root = content->document.document_element();
  const pugi::xml_node body = root.child("office:body");
  const std::set<std::string> hiding = hiding_styles(root);
  add_odf_addresses(root, package, addresses);
  const auto styles = package.xml("styles.xml");
  OdfStyles of_pages, of_masters;
  if (styles) {
    rename_prefixes((*styles)->document);
    const pugi::xml_node styles_root = (*styles)->document.document_element();
    of_pages.add(styles_root.child("office:styles"));
    of_masters = of_pages;
    of_masters.add(styles_root.child("office:automatic-styles"));
  }
  of_pages.add(root.child("office:automatic-styles"));
  OdfPage rest;
  rest.beside = odf_beside(root);
  std::uint32_t number = 0;
  // A spreadsheet's tables and a presentation's pages are its pages; a text is one.
  for (const pugi::xml_node& kind : body.children()) {
    const std::string_view name = local_name(kind);
    if (name != "spreadsheet" && name != "presentation" && name != "drawing") continue;
    for (const pugi::xml_node& page : kind.children()) {
      const bool sheet = std::string_view(page.name()) == "table:table";
      if (!sheet && std::string_view(page.name()) != "draw:page") continue;
      OdfPage out;
      out.number = ++number;
      out.hidden = hiding.contains(std::string(attribute(page, "style-name")));
      TRY(take(sheet ? read_sheet(page, of_pages, std::move(out)) : read_slide(page, of_pages, std::move(out))));
    }
  }
  if (number == 0) rest.text = odf_text(body, of_pages, nullptr, &rest.unread);
  // Headers and footers stand with the styles of pages.
  if (styles) {
    const pugi::xml_node masters = (*styles)->document.document_element().child("office:master-styles");
    rest.text += odf_text(masters, of_masters, nullptr, &rest.unread);
    add_odf_addresses(masters, package, addresses);
  }
  if (const auto meta = package.xml("meta.xml")) add_odf_addresses((*meta)->document, package, addresses);
  return take(std::move(rest));
}

}  // namespace careo
