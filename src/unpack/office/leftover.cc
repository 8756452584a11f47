// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/leftover.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/office/attribute_words.h"
#include "unpack/office/beside.h"
#include "unpack/office/ooxml_beside.h"
#include "unpack/office/sheet_beside.h"

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

/// A place for a slide's own text. Headers and footers of masters are words of their own, until a slide has others.
bool is_placeholder(const pugi::xml_node& shape) {
  bool out = false;
  walk(
      shape,
      [&](const pugi::xml_node& node) {
        const std::string_view type = attribute(node, "type");
        out = out || (local_name(node) == "ph" && type != "ftr" && type != "hdr");
        return out || local_name(node) == "txBody" ? Visit::Skip : Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return out;
}

/// Descriptions of the shape itself are no placeholder's.
bool is_described(const pugi::xml_node& shape) {
  for (const pugi::xml_node& part : shape.children()) {
    const pugi::xml_node properties = child_named(part, "cNvPr");
    if (!attribute(properties, "descr").empty() || !attribute(properties, "title").empty()) return true;
  }
  return false;
}

void drop_words(pugi::xml_node shape) {
  for (pugi::xml_node body = child_named(shape, "txBody"); body; body = child_named(shape, "txBody"))
    shape.remove_child(body);
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
  for (pugi::xml_node& node : found) {
    if (is_described(node)) {
      drop_words(node);
    } else {
      node.parent().remove_child(node);
    }
  }
}

/// Each run of character data on a line, and what stands in attributes.
std::string character_data(const pugi::xml_node& root) {
  std::string out;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const bool text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
        if (text && !is_encoded(node)) add_words(node.value(), &out);
        add_attribute_words(node, &out);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return tidy(out);
}

/// Data of users' own (ECMA-376 part 1, 22.5), where all attributes may be words.
std::string custom_data(const pugi::xml_node& root) {
  std::string out;
  walk(
      root,
      [&](const pugi::xml_node& node) {
        const bool text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
        if (text) add_words(node.value(), &out);
        add_all_attributes(node, &out);
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
        add_line("picture", {}, {attribute(node, "alt")}, &out);
        if (name != "textbox") return Visit::Into;
        out += character_data(node);
        return Visit::Skip;
      },
      [](const pugi::xml_node&) {});
  return tidy(out);
}

/// Words of pages, with the lines that stand beside them; else all character data.
std::string text_of(const pugi::xml_node& root, OoxmlContext* context) {
  std::string lines;
  context->beside = &lines;
  std::string text = ooxml_text(root, *context);
  context->beside = nullptr;
  if (text.empty()) text = character_data(root);
  return text + lines;
}

}  // namespace

std::string text_of_leftover(const OfficePackage& package, const std::string& name, OoxmlContext* context,
                             std::set<std::string>* again) {
  const std::string lower = lower_ascii(name);
  const bool settings = lower.ends_with("/settings.xml");
  if (!settings && !holds_words(lower)) return {};
  const auto xml = package.xml(name);
  if (!xml) return {};
  const pugi::xml_node root = (*xml)->document;
  if (settings) return tidy(text_of_settings((*xml)->document.document_element()));
  if (lower.ends_with(".vml")) return vml_text(root);
  if (local_name((*xml)->document.document_element()) == "revisions") return tidy(text_of_revisions(root));
  if (lower.starts_with("customxml/item") && !lower.starts_with("customxml/itemprops")) return custom_data(root);
  const bool shapes = lower.find("master") != lower.npos || lower.find("slidelayout") != lower.npos;
  if (shapes) drop_placeholders(root);
  OoxmlContext own;  // of building blocks, which have styles and lists of their own
  own.addresses = context->addresses;
  own.unread = context->unread;
  std::set<std::string> read = read_word_styles(package, name, &own);
  const bool has_own = !read.empty();
  again->merge(read);
  return text_of(root, has_own ? &own : context);
}

}  // namespace careo
