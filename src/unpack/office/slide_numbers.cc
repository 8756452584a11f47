// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/slide_numbers.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "unpack/office/package.h"

namespace careo {
namespace {

unsigned number_of(std::string_view text, unsigned otherwise, unsigned most) {
  unsigned out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return std::min(out, most);
}

/// ST_TextAutonumberScheme (20.1.10.61) begins with what it counts in; numbers in circles are given as decimals.
std::optional<NumberKind> kind_of(std::string_view scheme) {
  if (scheme.starts_with("alphaLc")) return NumberKind::LowerLetter;
  if (scheme.starts_with("alphaUc")) return NumberKind::UpperLetter;
  if (scheme.starts_with("romanLc")) return NumberKind::LowerRoman;
  if (scheme.starts_with("romanUc")) return NumberKind::UpperRoman;
  const bool letters = scheme == "arabic1Minus" || scheme == "arabic2Minus";
  const bool decimal =
      scheme.starts_with("arabic") || scheme.starts_with("circleNum") || scheme.starts_with("hindiNum");
  return decimal && !letters ? std::optional(NumberKind::Decimal) : std::nullopt;
}

/// ... and ends with what stands around it.
std::string dressed(std::string number, std::string_view scheme) {
  if (scheme.ends_with("ParenBoth")) return "(" + number + ")";
  if (scheme.ends_with("ParenR")) return number + ")";
  if (scheme.ends_with("Period")) return number + ".";
  return number;
}

/// Words, a field, a formula: whatever is no setting and no mere break of the line.
bool is_written(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  const bool words = name == "r" || name == "fld";
  return words ? *child_named(node, "t").text().get() != 0 : name == "AlternateContent" || name == "m";
}

bool is_empty(const pugi::xml_node& paragraph) {
  return std::none_of(paragraph.begin(), paragraph.end(), is_written);
}

}  // namespace

/// How a paragraph begins, where its settings say so: a number, a sign, nothing (EG_TextBullet).
std::optional<SlideNumbers::Bullet> SlideNumbers::bullet_of(const pugi::xml_node& properties) {
  constexpr std::size_t kLongestScheme = 64;  // the standard's have 21 letters
  constexpr unsigned kMostStart = 32767;      // ST_TextBulletStartAtNum, 20.1.10.64
  for (const pugi::xml_node& node : properties.children()) {
    const std::string_view name = local_name(node);
    if (name == "buNone" || name == "buChar" || name == "buBlip") return Bullet();
    if (name == "buAutoNum")
      return Bullet{true, std::string(attribute(node, "type").substr(0, kLongestScheme)),
                    number_of(attribute(node, "startAt"), 1, kMostStart)};
  }
  return std::nullopt;
}

void SlideNumbers::style(const pugi::xml_node& node) {
  styled_ = node.parent();
  style_ = {};
  for (const pugi::xml_node& level : node.children()) {
    const std::string_view name = local_name(level);  // "lvl1pPr" to "lvl9pPr"
    if (name.size() == 7 && name.starts_with("lvl") && name.ends_with("pPr") && name[3] >= '1' && name[3] <= '9')
      style_[static_cast<unsigned>(name[3] - '1')] = bullet_of(level);
  }
}

void SlideNumbers::enter_box(const pugi::xml_node& box) {
  if (box == box_) return;
  box_ = box;
  counters_ = {};
  if (styled_ == box_) return;
  styled_ = {};
  style_ = {};
}

/// A number goes on where nothing of its own level or above stood between; empty paragraphs have none.
std::string SlideNumbers::label(const pugi::xml_node& paragraph) {
  enter_box(paragraph.parent());
  if (is_empty(paragraph)) return {};
  const pugi::xml_node own = child_named(paragraph, "pPr");
  const unsigned level = number_of(attribute(own, "lvl"), 0, kLevels - 1);
  const std::optional<Bullet> said = bullet_of(own);
  const Bullet bullet = said ? *said : style_[level].value_or(Bullet());
  std::fill(counters_.begin() + level + 1, counters_.end(), Counter());
  Counter& counter = counters_[level];
  if (counter.of != bullet) counter = {bullet, 0};
  if (!bullet.numbered) return {};
  const unsigned number = bullet.start + counter.count++;
  const std::optional<NumberKind> kind = kind_of(bullet.scheme);
  return kind ? numbers_.give(dressed(list_number(number, *kind), bullet.scheme)) : numbers_.unknown();
}

}  // namespace careo
