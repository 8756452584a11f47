// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/docx_lists.h"

#include <algorithm>
#include <charconv>

#include "unpack/office/ooxml_beside.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

using Level = NumberedList::Level;
using Levels = decltype(NumberedList::levels);

struct Kind {
  std::string_view name;
  NumberKind kind;
};
/// 17.18.59, by what they show. Digits of other scripts and "1st" are given as decimals.
constexpr auto kKinds = std::to_array<Kind>({
    {"decimal", NumberKind::Decimal},
    {"decimalZero", NumberKind::PaddedDecimal},
    {"lowerLetter", NumberKind::LowerLetter},
    {"upperLetter", NumberKind::UpperLetter},
    {"lowerRoman", NumberKind::LowerRoman},
    {"upperRoman", NumberKind::UpperRoman},
    {"russianLower", NumberKind::LowerRussian},
    {"russianUpper", NumberKind::UpperRussian},
    {"bullet", NumberKind::Bullet},
    {"none", NumberKind::None},
    {"ordinal", NumberKind::Decimal},
    {"decimalFullWidth", NumberKind::Decimal},
    {"decimalHalfWidth", NumberKind::Decimal},
    {"hindiNumbers", NumberKind::Decimal},
    {"numberInDash", NumberKind::Decimal},
});

std::string_view value_of(const pugi::xml_node& node, std::string_view child) {
  return attribute(child_named(node, child), "val");
}

std::optional<unsigned> number_of(std::string_view text) {
  unsigned out = 0;
  constexpr unsigned kMost = 1'000'000'000;  // a paragraph each: it never overflows
  const bool read = std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
  return read && out < kMost ? std::optional(out) : std::nullopt;
}

std::shared_ptr<const Level> level_of(const pugi::xml_node& node) {
  Level out;
  out.start = number_of(value_of(node, "start")).value_or(0);
  const pugi::xml_node form = child_named(node, "numFmt");
  const std::string_view name = form ? attribute(form, "val") : "decimal";
  const auto* kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& each) { return each.name == name; });
  out.unknown = kind == kKinds.end();
  if (!out.unknown) out.kind = kind->kind;
  out.decimal = is_on(child_named(node, "isLgl"));
  out.text = value_of(node, "lvlText");
  if (out.kind == NumberKind::Bullet) out.text = bullet_sign(out.text);
  out.style = value_of(node, "pStyle");
  out.restart = number_of(value_of(node, "lvlRestart"));
  return std::make_shared<const Level>(std::move(out));
}

void read_levels(const pugi::xml_node& node, Levels* out) {
  for (const pugi::xml_node& level : node.children()) {
    const auto number = number_of(attribute(level, "ilvl"));
    if (local_name(level) == "lvl" && number && *number < out->size()) (*out)[*number] = level_of(level);
  }
}

/// <w:abstractNum> by its number. One that says only which style it follows has the levels of that style's own.
std::map<std::string, Levels, std::less<>> abstracts_of(const pugi::xml_node& numbering) {
  std::map<std::string, Levels, std::less<>> out;
  std::map<std::string_view, Levels> of_style;
  for (const pugi::xml_node& node : numbering.children()) {
    if (local_name(node) != "abstractNum") continue;
    Levels& levels = out[std::string(attribute(node, "abstractNumId"))];
    read_levels(node, &levels);
    if (child_named(node, "styleLink")) of_style.emplace(value_of(node, "styleLink"), levels);
  }
  for (const pugi::xml_node& node : numbering.children()) {
    const auto linked = of_style.find(value_of(node, "numStyleLink"));
    if (local_name(node) == "abstractNum" && linked != of_style.end())
      out.find(attribute(node, "abstractNumId"))->second = linked->second;
  }
  return out;
}

unsigned level_in(const NumberedList& list, const ListPlace& place) {
  if (place.level) return std::min(*place.level, NumberedList::kLevels - 1);
  for (unsigned level = 0; level < NumberedList::kLevels && !place.style.empty(); ++level)
    if (list.level(level).style == place.style) return level;
  return 0;
}

}  // namespace

DocxLists::DocxLists(const pugi::xml_node& numbering) {
  const auto abstracts = abstracts_of(numbering);
  for (const pugi::xml_node& node : numbering.children()) {
    const auto abstract = abstracts.find(value_of(node, "abstractNumId"));
    if (local_name(node) != "num" || abstract == abstracts.end()) continue;
    NumberedList list{abstract->first, abstract->second, {}};
    for (const pugi::xml_node& change : node.children()) {
      const auto level = number_of(attribute(change, "ilvl"));
      if (local_name(change) != "lvlOverride" || !level || *level >= NumberedList::kLevels) continue;
      read_levels(change, &list.levels);
      list.starts[*level] = number_of(value_of(change, "startOverride"));
    }
    lists_.emplace(attribute(node, "numId"), std::move(list));
  }
}

std::string DocxLists::label(const ListPlace& place, ListCount* count) const {
  const auto list = lists_.find(place.list);
  return list == lists_.end() ? std::string() : count->label(list->second, place.list, level_in(list->second, place));
}

}  // namespace careo
