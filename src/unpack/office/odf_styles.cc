// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_styles.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "unpack/office/odf_values.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

/// A chain that bites its tail ends here.
constexpr unsigned kMostParents = 32;
/// Of what stands around a number: one more than is given, so that it is said.
constexpr std::size_t kMostWords = kLongestNumber + 1;

std::string key_of(std::string_view family, std::string_view name) {
  return std::string(family) + " " + std::string(name);
}

/// style:num-format (20.314); Russian letters as LibreOffice names them.
std::optional<NumberKind> kind_of(std::string_view format, bool repeats) {
  if (format.empty()) return NumberKind::None;
  if (format == "1") return NumberKind::Decimal;
  if (format == "a") return repeats ? NumberKind::LowerLetter : NumberKind::LowerCounted;
  if (format == "A") return repeats ? NumberKind::UpperLetter : NumberKind::UpperCounted;
  if (format == "i") return NumberKind::LowerRoman;
  if (format == "I") return NumberKind::UpperRoman;
  if (format == "\u0430, \u0431, .., \u0430\u0430, \u0431\u0431, ... (ru)") return NumberKind::LowerRussian;
  if (format == "\u0410, \u0411, .., \u0410\u0410, \u0411\u0411, ... (ru)") return NumberKind::UpperRussian;
  return std::nullopt;
}

OdfLevel level_of(const pugi::xml_node& node) {
  OdfLevel out;
  if (std::string_view(node.name()) == "text:list-level-style-bullet") {
    out.kind = NumberKind::Bullet;
    out.bullet = bullet_sign(attribute(node, "bullet-char"));
    return out;
  }
  const auto kind = kind_of(attribute(node, "num-format"), attribute(node, "num-letter-sync") == "true");
  out.unknown = !kind;
  out.kind = kind.value_or(NumberKind::Decimal);
  out.prefix = attribute(node, "num-prefix").substr(0, kMostWords);
  out.suffix = attribute(node, "num-suffix").substr(0, kMostWords);
  out.text = attribute(node, "num-list-format");
  const std::string_view start = attribute(node, "start-value");
  if (!start.empty()) out.start = static_cast<unsigned>(number_of_odf(start));
  out.shown = std::max(1U, static_cast<unsigned>(number_of_odf(attribute(node, "display-levels"))));
  return out;
}

void read_levels(const pugi::xml_node& style, OdfStyles::List* out) {
  for (const pugi::xml_node& level : style.children()) {
    const std::uint64_t number = number_of_odf(attribute(level, "level"));
    if (number > 0 && number <= out->size()) (*out)[number - 1] = level_of(level);
  }
}

}  // namespace

void OdfStyles::add(const pugi::xml_node& styles) {
  for (const pugi::xml_node& node : styles.children()) {
    const std::string_view kind = node.name();
    if (kind == "text:outline-style") read_levels(node, &outline_);
    if (kind == "text:list-style") read_levels(node, &lists_[std::string(attribute(node, "name"))]);
    if (kind != "style:style") continue;
    Style style;
    style.parent = attribute(node, "parent-style-name");
    const std::string_view display = attribute(node.child("style:text-properties"), "display");
    if (!display.empty()) style.hidden = display == "none";
    styles_.insert_or_assign(key_of(attribute(node, "family"), attribute(node, "name")), std::move(style));
  }
}

std::optional<bool> OdfStyles::hides(std::string_view family, std::string_view style) const {
  for (unsigned i = 0; i < kMostParents; ++i) {
    const auto at = styles_.find(key_of(family, style));
    if (at == styles_.end() || at->second.hidden) return at == styles_.end() ? std::nullopt : at->second.hidden;
    style = at->second.parent;
  }
  return std::nullopt;
}

const OdfStyles::List* OdfStyles::list(std::string_view style) const {
  const auto at = lists_.find(style);
  return at == lists_.end() ? nullptr : &at->second;
}

}  // namespace careo
