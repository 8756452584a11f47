// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/sheet_beside.h"

#include "unpack/office/beside.h"
#include "unpack/office/package.h"

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

}  // namespace

void add_beside(const pugi::xml_node& part, std::string* out) {
  walk(
      part,
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (name == "dataValidation") add_validation(node, out);
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
