// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_beside.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "unpack/office/beside.h"
#include "unpack/office/given_name.h"
#include "unpack/office/odf_values.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

using Values = std::vector<std::string_view>;

/// Controls of forms (13.5), and what fills them. Properties that programs give to all of them are none.
void add_control(const pugi::xml_node& node, std::string* out) {
  const std::string_view name = local_name(node);
  if (name == "property" || name == "list-property" || name == "list-value" || name == "properties") return;
  const std::string_view value = attribute(node, "value");
  const std::string_view current = attribute(node, "current-value");
  add_line("control", attribute(node, "name"),
           {attribute(node, "label"), value, current == value ? std::string_view() : current,
            attribute(node, "current-state"), attribute(node, "title"), attribute(node, "list-source"),
            attribute(node, "datasource"), attribute(node, "command")},
           out);
}

/// Fields (7.4, 7.7) whose values stand elsewhere, or nowhere.
void add_field(const pugi::xml_node& node, std::string* out) {
  const std::string_view name = node.name();
  if (name == "text:user-field-decl") add_line("variable", attribute(node, "name"), {value_of_odf(node)}, out);
  if (name == "text:hidden-text") add_line("hidden", {}, {attribute(node, "string-value")}, out);
  if (name == "text:placeholder") add_line("placeholder", {}, {attribute(node, "description")}, out);
  if (name == "text:a") add_line("link", {}, {attribute(node, "title")}, out);
  if (name == "text:section" && is_hidden_section(node)) add_line("hidden section", {}, {attribute(node, "name")}, out);
  if (name == "text:conditional-text")
    add_line("conditional", {}, {attribute(node, "string-value-if-true"), attribute(node, "string-value-if-false")},
             out);
  if (name != "text:drop-down") return;
  Values values;
  for (const pugi::xml_node& label : node.children("text:label")) values.push_back(attribute(label, "value"));
  add_line("list", attribute(node, "name"), values, out);
}

/// What shapes and bookmarks are called (19.197.10, 19.843), where a person may have given the name.
void add_given_name(const pugi::xml_node& node, std::string* out) {
  constexpr auto kShapes =
      std::to_array<std::string_view>({"frame", "custom-shape", "g", "rect", "ellipse", "circle", "path", "polygon",
                                       "polyline", "line", "connector", "caption", "measure"});
  const std::string_view kind = node.name();
  const std::string_view name = attribute(node, "name");
  const bool bookmark = kind == "text:bookmark" || kind == "text:bookmark-start";
  if (bookmark && is_given_bookmark(name)) add_line("bookmark", {}, {name}, out);
  const bool shape =
      kind.starts_with("draw:") && std::find(kShapes.begin(), kShapes.end(), kind.substr(5)) != kShapes.end();
  if (shape && is_given_name(name)) add_line("shape", {}, {name}, out);
}

/// What may be entered in cells, and what is said to those who enter it (9.4.5).
void add_validation(const pugi::xml_node& rule, std::string* out) {
  const pugi::xml_node help = rule.child("table:help-message");
  const pugi::xml_node error = rule.child("table:error-message");
  const std::string help_text = odf_text(help);
  const std::string error_text = odf_text(error);
  add_line("entry", attribute(rule, "name"),
           {attribute(rule, "condition"), attribute(help, "title"), help_text, attribute(error, "title"), error_text},
           out);
}

/// Values that another program was to bring (14.6.5), with those that it brought last.
void add_dde(const pugi::xml_node& link, std::string* out) {
  const pugi::xml_node source = link.child("office:dde-source");
  add_line("dde", {},
           {attribute(source, "dde-application"), attribute(source, "dde-topic"), attribute(source, "dde-item")}, out);
  *out += odf_text(link.child("table:table"));
}

/// Names of cells and formulas (9.4.12, 9.4.13), ranges, and where they come from (9.4.15).
void add_name(const pugi::xml_node& node, std::string* out) {
  const std::string_view name = node.name();
  if (name == "table:named-range")
    add_line("name", attribute(node, "name"), {attribute(node, "cell-range-address")}, out);
  if (name == "table:named-expression") add_line("name", attribute(node, "name"), {attribute(node, "expression")}, out);
  if (name == "table:database-range")
    add_line("range", attribute(node, "name"), {attribute(node, "target-range-address")}, out);
  if (name == "table:scenario")
    add_line("scenario", attribute(node.parent(), "name"), {attribute(node, "comment")}, out);
  if (!name.starts_with("table:database-source-")) return;
  add_line("database", {},
           {attribute(node, "database-name"), attribute(node, "database-table-name"), attribute(node, "query-name"),
            attribute(node, "sql-statement")},
           out);
}

/// "2!C3" of <table:cell-address> (19.590), sheets by their numbers; "row 5" of rows that came or went.
std::string place_of(const pugi::xml_node& change) {
  const pugi::xml_node address = change.child("table:cell-address");
  if (!address) return std::string(attribute(change, "type")) + " " + std::string(attribute(change, "position"));
  return std::to_string(number_of_odf(attribute(address, "table")) + 1) + "!" +
         cell_name(number_of_odf(attribute(address, "row")), number_of_odf(attribute(address, "column")));
}

/// Tracked changes of a sheet (9.9): who, when, and what the cell held.
void add_change(const pugi::xml_node& change, std::string* out) {
  const std::string_view name = local_name(change);
  const bool cell = name == "cell-content-change" || name == "cell-content-deletion";
  if (!cell && name != "insertion" && name != "deletion" && name != "movement") return;
  const pugi::xml_node info = change.child("office:change-info");
  const pugi::xml_node previous = change.child("table:previous");
  const pugi::xml_node kept = (previous ? previous : change).child("table:change-track-table-cell");
  std::string old(trim(odf_text(kept)));
  if (old.empty()) old = value_of_odf(kept);
  if (old.empty()) old = attribute(kept, "formula");
  if (!old.empty()) old.insert(0, "old ");
  const std::string place = place_of(change);
  add_line("change", trim(place),
           {cell ? std::string_view() : name, info.child("dc:creator").text().get(), info.child("dc:date").text().get(),
            old},
           out);
}

/// Lines at the edge of slides (16.10.3), and what slides are called, unless by their number.
void add_slide(const pugi::xml_node& node, std::size_t* slides, std::string* out) {
  const std::string_view name = node.name();
  if (name.starts_with("presentation:") && name.ends_with("-decl"))
    add_line(name.substr(13, name.size() - 18), {}, {node.text().get()}, out);
  if (name != "draw:page") return;
  const std::string number = std::to_string(++*slides);
  const std::string_view title = attribute(node, "name");
  if (title != "page" + number) add_line("slide", number, {title}, out);
}

bool is_outside(std::string_view address, const OfficePackage& package) {
  if (address.empty() || address.starts_with('#') || address == "." || address == "./") return false;
  std::string_view member = address;
  if (member.starts_with("./")) member.remove_prefix(2);
  return !package.has(member) && !package.has(std::string(member) + "/content.xml") &&
         !member.starts_with("ObjectReplacements/") && !member.starts_with("Pictures/");
}

}  // namespace

std::string odf_beside(const pugi::xml_node& root) {
  std::string out;
  std::size_t slides = 0;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const std::string_view name = node.name();
        if (name.starts_with("form:")) add_control(node, &out);
        if (name.starts_with("text:")) add_field(node, &out);
        if (name.starts_with("table:")) add_name(node, &out);
        add_given_name(node, &out);
        if (name == "table:content-validation") add_validation(node, &out);
        if (name == "table:dde-link") add_dde(node, &out);
        if (name.starts_with("table:")) add_change(node, &out);
        add_slide(node, &slides, &out);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return tidy(out);
}

void add_odf_addresses(const pugi::xml_node& root, const OfficePackage& package, std::set<std::string>* addresses) {
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const std::string_view address = trim(attribute(node, "href"));
        if (!is_outside(address, package)) return Visit::Into;
        const std::string_view name = local_name(node);
        addresses->insert((name == "a" ? "hyperlink" : std::string(name)) + " " + clean_utf8(address).text);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

}  // namespace careo
