// SPDX-License-Identifier: Apache-2.0
// The elements that change how text stands. Included by html_text.cc and html_tag.cc alone.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace careo::html {

enum class Effect {
  None,   ///< inline: nothing
  Line,   ///< a new line before and behind
  Break,  ///< exactly one line end
  Cell,   ///< a tab before the next cell
  Space,  ///< at least a space: what would stand apart on the page
  Drop,   ///< its text is not shown: raw text up to the end tag
  Raw,    ///< its text is shown as it stands: no tags inside
  Title,  ///< raw, and the document's title
  Pre,    ///< white space counts
};

struct Element {
  std::string_view name;
  Effect effect;
};
// The elements that change how text stands; all others are inline. HTML Standard, section 15.3.
inline constexpr auto kElements = std::to_array<Element>({
    {"address", Effect::Line},  {"article", Effect::Line},    {"aside", Effect::Line},   {"blockquote", Effect::Line},
    {"body", Effect::Line},     {"br", Effect::Break},        {"button", Effect::Space}, {"caption", Effect::Line},
    {"center", Effect::Line},   {"dd", Effect::Line},         {"details", Effect::Line}, {"dialog", Effect::Line},
    {"dir", Effect::Line},      {"div", Effect::Line},        {"dl", Effect::Line},      {"dt", Effect::Line},
    {"fieldset", Effect::Line}, {"figcaption", Effect::Line}, {"figure", Effect::Line},  {"footer", Effect::Line},
    {"form", Effect::Line},     {"h1", Effect::Line},         {"h2", Effect::Line},      {"h3", Effect::Line},
    {"h4", Effect::Line},       {"h5", Effect::Line},         {"h6", Effect::Line},      {"head", Effect::Line},
    {"header", Effect::Line},   {"hr", Effect::Line},         {"html", Effect::Line},    {"iframe", Effect::Drop},
    {"img", Effect::None},      {"input", Effect::Space},     {"legend", Effect::Line},  {"li", Effect::Line},
    {"listing", Effect::Pre},   {"main", Effect::Line},       {"menu", Effect::Line},    {"nav", Effect::Line},
    {"noembed", Effect::Drop},  {"noframes", Effect::Drop},   {"ol", Effect::Line},      {"option", Effect::Line},
    {"p", Effect::Line},        {"plaintext", Effect::Pre},   {"pre", Effect::Pre},      {"script", Effect::Drop},
    {"section", Effect::Line},  {"select", Effect::Space},    {"style", Effect::Drop},   {"summary", Effect::Line},
    {"table", Effect::Line},    {"tbody", Effect::Line},      {"td", Effect::Cell},      {"template", Effect::None},
    {"textarea", Effect::Raw},  {"tfoot", Effect::Line},      {"th", Effect::Cell},      {"thead", Effect::Line},
    {"title", Effect::Title},   {"tr", Effect::Line},         {"ul", Effect::Line},      {"xmp", Effect::Raw},
});

inline Effect effect_of(std::string_view name) {
  const auto at = std::lower_bound(kElements.begin(), kElements.end(), name,
                                   [](const Element& e, std::string_view n) { return e.name < n; });
  return at != kElements.end() && at->name == name ? at->effect : Effect::None;
}

inline bool is_element(std::string_view name) {
  const auto at = std::lower_bound(kElements.begin(), kElements.end(), name,
                                   [](const Element& e, std::string_view n) { return e.name < n; });
  return at != kElements.end() && at->name == name;
}

}  // namespace careo::html
