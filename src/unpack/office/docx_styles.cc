// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/docx_styles.h"

#include <charconv>

#include "unpack/office/ooxml_beside.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

/// Word's own chains have below ten; a chain that bites its tail ends here.
constexpr unsigned kMostBases = 32;

std::string_view value_of(const pugi::xml_node& node, std::string_view child) {
  return attribute(child_named(node, child), "val");
}

std::optional<unsigned> level_of(const pugi::xml_node& place) {
  const std::string_view text = value_of(place, "ilvl");
  unsigned level = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), level).ec != std::errc()) return std::nullopt;
  return level;
}

}  // namespace

DocxStyles::DocxStyles(const pugi::xml_node& styles) {
  const pugi::xml_node defaults = child_named(child_named(styles, "docDefaults"), "rPrDefault");
  hidden_by_default_ = is_on(child_named(child_named(defaults, "rPr"), "vanish"));
  for (const pugi::xml_node& node : styles.children()) {
    if (local_name(node) != "style") continue;
    Style style;
    style.based_on = value_of(node, "basedOn");
    if (const pugi::xml_node vanish = child_named(child_named(node, "rPr"), "vanish")) style.hidden = is_on(vanish);
    if (const pugi::xml_node place = child_named(child_named(node, "pPr"), "numPr")) {
      if (child_named(place, "numId")) style.list = value_of(place, "numId");
      style.level = level_of(place);
    }
    const std::string_view id = attribute(node, "styleId");
    const std::string_view is_default = attribute(node, "default");
    if (attribute(node, "type") == "paragraph" && (is_default == "1" || is_default == "true")) default_paragraph_ = id;
    styles_.emplace(id, std::move(style));
  }
}

template <typename Take>
void DocxStyles::follow(std::string_view style, const Take& take) const {
  for (unsigned i = 0; i < kMostBases; ++i) {
    const auto at = styles_.find(style);
    if (at == styles_.end() || take(at->first, at->second)) return;
    style = at->second.based_on;
  }
}

bool DocxStyles::hidden_by(std::string_view style) const {
  bool out = false;
  follow(style, [&](const std::string&, const Style& one) {
    out = one.hidden.value_or(false);
    return one.hidden.has_value();
  });
  return out;
}

bool DocxStyles::hides(const pugi::xml_node& run_properties, std::string_view paragraph_style) const {
  if (const pugi::xml_node vanish = child_named(run_properties, "vanish")) return is_on(vanish);
  return hidden_by_default_ || hidden_by(value_of(run_properties, "rStyle")) != hidden_by(paragraph_style);
}

std::string_view DocxStyles::style_of(const pugi::xml_node& paragraph_properties) const {
  const std::string_view own = value_of(paragraph_properties, "pStyle");
  return own.empty() ? std::string_view(default_paragraph_) : own;
}

ListPlace DocxStyles::place_of(const pugi::xml_node& paragraph_properties) const {
  const pugi::xml_node own = child_named(paragraph_properties, "numPr");
  ListPlace out{std::string(value_of(own, "numId")), level_of(own), {}};
  if (child_named(own, "numId")) return out;
  follow(style_of(paragraph_properties), [&](const std::string& name, const Style& style) {
    if (!out.level) out.level = style.level;
    if (!style.list) return false;
    out.list = *style.list;
    out.style = name;
    return true;
  });
  return out;
}

}  // namespace careo
