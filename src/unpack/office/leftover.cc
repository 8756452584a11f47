// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/leftover.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// Words of programs, not of persons; strokes of a pen; and the drawing of a diagram, whose words its data holds.
constexpr auto Settings = std::to_array<std::string_view>({
    "[content_types].xml",
    "meta-inf/",
    "configurations2/",
    "thumbnails/",
    "settings.xml",
    "/styles.xml",
    "/meta.xml",
    "manifest.rdf",
    "/diagrams/drawing",
    "/diagrams/layout",
    "/ink/",
});

/// Elements of signatures (XML-DSig, XAdES) that hold numbers and certificates in base64. Who signed stands in others.
constexpr auto Encoded = std::to_array<std::string_view>({"DigestValue", "SignatureValue", "X509Certificate", "Modulus",
                                                          "EncapsulatedX509Certificate", "EncapsulatedTimeStamp"});

bool is_encoded(const pugi::xml_node& text) {
  return std::find(Encoded.begin(), Encoded.end(), local_name(text.parent())) != Encoded.end();
}

bool holds_words(std::string_view name) {
  return std::none_of(Settings.begin(), Settings.end(),
                      [&](std::string_view part) { return name.find(part) != name.npos; });
}

bool is_placeholder(const pugi::xml_node& shape) {
  bool out = false;
  walk(
      shape,
      [&](const pugi::xml_node& node) {
        out = out || local_name(node) == "ph";
        return out || local_name(node) == "txBody" ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return out;
}

/// Masters and layouts show a text of their own beside the places for a slide's.
void drop_placeholders(const pugi::xml_node& root) {
  std::vector<pugi::xml_node> found;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const bool shape = local_name(node) == "sp";
        if (shape && is_placeholder(node)) found.push_back(node);
        return shape ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
  for (pugi::xml_node& node : found) node.parent().remove_child(node);
}

/// Where a workbook has its data from: attributes of the connections part (ECMA-376 part 1, 18.13).
bool is_connection(std::string_view name) {
  return name == "connection" || name == "dbPr" || name == "olapPr" || name == "webPr" || name == "textPr";
}
constexpr auto ConnectionWords =
    std::to_array<std::string_view>({"name", "description", "sourceFile", "odcFile", "connectionString", "connection",
                                     "command", "serverCommand", "localConnection", "url", "post"});

/// Each run of character data on a line, and what stands in attributes: fields and values of cached tables (ECMA-376
/// part 1, 18.10), names of those who comment, connections.
std::string character_data(const pugi::xml_node& root) {
  std::string out;
  const auto add = [&](std::string_view text) {
    if (trim(text).empty()) return;
    out += trim(text);
    out += '\n';
  };
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const bool text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
        if (text && !is_encoded(node)) add(node.value());
        const std::string_view name = local_name(node);
        if (name == "cacheField") add(attribute(node, "name"));
        if (name == "person") add(attribute(node, "displayName"));
        if (name == "person") add(attribute(node, "author"));
        if (name == "author" || name == "cmAuthor") add(attribute(node, "name"));
        if (name == "s" || name == "n" || name == "d") add(attribute(node, "v"));
        if (is_connection(name))
          for (const std::string_view word : ConnectionWords) add(attribute(node, word));
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return tidy(out);
}

/// VML of before 2010: of a drawing only the words in its boxes, and those that are drawn as a shape (watermarks).
std::string vml_text(const pugi::xml_node& root) {
  std::string out;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (name == "textpath") (out += attribute(node, "string")) += '\n';
        if (name != "textbox") return Visit::Into;
        out += character_data(node);
        return Visit::Skip;
      },
      [](const pugi::xml_node&) {});
  return tidy(out);
}

}  // namespace

std::string text_of_leftover(const OfficePackage& package, const std::string& name) {
  const std::string lower = lower_ascii(name);
  if (!holds_words(lower)) return {};
  const auto xml = package.xml(name);
  if (!xml) return {};
  if (lower.ends_with(".vml")) return vml_text((*xml)->document);
  const bool shapes = lower.find("master") != lower.npos || lower.find("slidelayout") != lower.npos;
  if (shapes) drop_placeholders((*xml)->document);
  std::string text = ooxml_text((*xml)->document);
  if (text.empty() && !shapes) text = character_data((*xml)->document);
  return text;
}

}  // namespace careo
