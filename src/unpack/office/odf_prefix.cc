// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_prefix.h"

#include <algorithm>
#include <array>
#include <string>

#include "unpack/office/package.h"

namespace careo {
namespace {

constexpr auto Usual =
    std::to_array<std::string_view>({"office", "text", "table", "meta", "style", "form", "presentation"});

/// The prefix that all programs give to a namespace (OpenDocument 1.3 part 3, 1.4), of those that are asked for here.
std::string_view usual_prefix(std::string_view address) {
  constexpr std::string_view Family = "urn:oasis:names:tc:opendocument:xmlns:";
  if (address == "http://purl.org/dc/elements/1.1/") return "dc";
  if (!address.starts_with(Family)) return {};
  address.remove_prefix(Family.size());
  const std::string_view word = address.substr(0, address.find(':'));
  if (word == "drawing") return "draw";
  if (word == "svg-compatible") return "svg";
  const auto* usual = std::find(Usual.begin(), Usual.end(), word);
  return usual == Usual.end() ? std::string_view() : *usual;
}

bool is_other_prefix(const pugi::xml_attribute& declared) {
  const std::string_view name = declared.name();
  if (!name.starts_with("xmlns")) return false;
  const std::string_view usual = usual_prefix(declared.value());
  return !usual.empty() && name != "xmlns:" + std::string(usual);
}

/// Gives the element its usual prefix, by the declaration that is nearest.
void rename_prefix(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string declaration = colon == name.npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  pugi::xml_attribute declared;
  for (pugi::xml_node at = node; at && !declared; at = at.parent()) declared = at.attribute(declaration.c_str());
  if (declared && is_other_prefix(declared))
    node.set_name((std::string(usual_prefix(declared.value())) + ":" + std::string(local_name(node))).c_str());
}

}  // namespace

void rename_prefixes(const pugi::xml_document& document) {
  bool other = false;
  const auto leave = [](const pugi::xml_node&) {};
  const auto look = [&](const pugi::xml_node& node) {
    for (const pugi::xml_attribute& attribute : node.attributes()) other = other || is_other_prefix(attribute);
    return Visit::Into;
  };
  walk(document, look, leave);
  if (!other) return;
  const auto rename = [](const pugi::xml_node& node) {
    if (node.type() == pugi::node_element) rename_prefix(node);
    return Visit::Into;
  };
  walk(document, rename, leave);
}

}  // namespace careo
