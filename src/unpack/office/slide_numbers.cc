// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/slide_numbers.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "unpack/office/package.h"

namespace careo {
namespace {

unsigned level_of(std::string_view text) {
  unsigned out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return std::min(out, kSlideLevels - 1);
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

/// A number goes on where nothing of its own level or above stood between; empty paragraphs have none.
std::string SlideCount::label(const SlideBullet& bullet, unsigned level) {
  std::fill(counters_.begin() + level + 1, counters_.end(), Counter());
  Counter& counter = counters_[level];
  if (counter.of != bullet) counter = {bullet, 0};
  if (!bullet.numbered) return {};
  const unsigned number = bullet.start + counter.count++;
  const std::optional<NumberKind> kind = kind_of(bullet.scheme);
  return kind ? numbers_.give(dressed(list_number(number, *kind), bullet.scheme)) : numbers_.unknown();
}

void SlideNumbers::style(const pugi::xml_node& node) {
  styled_ = node.parent();
  style_ = slide_bullets_of(node);
}

void SlideNumbers::enter_box(const pugi::xml_node& box) {
  if (box == box_) return;
  box_ = box;
  count_.anew();
  if (styled_ != box_) style_ = {};
  if (below_ == nullptr || box_.parent() == shape_) return;
  shape_ = box_.parent();
  inherited_ = below_->of(shape_);
}

std::string SlideNumbers::label(const pugi::xml_node& paragraph) {
  enter_box(paragraph.parent());
  if (is_empty(paragraph)) return {};
  const pugi::xml_node own = child_named(paragraph, "pPr");
  const unsigned level = level_of(attribute(own, "lvl"));
  std::optional<SlideBullet> bullet = slide_bullet_of(own);
  if (!bullet) bullet = style_[level] ? style_[level] : inherited_[level];
  return count_.label(bullet.value_or(SlideBullet()), level);
}

}  // namespace careo
