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

/// How a paragraph begins, where its settings say so: a number, a sign, nothing (EG_TextBullet).
pugi::xml_node bullet_of(const pugi::xml_node& properties) {
  for (const pugi::xml_node& node : properties.children()) {
    const std::string_view name = local_name(node);
    if (name == "buAutoNum" || name == "buNone" || name == "buChar" || name == "buBlip") return node;
  }
  return {};
}

/// The settings of a box stand before its paragraphs (21.1.2.1, CT_TextBody).
pugi::xml_node style_of_box(const pugi::xml_node& box) {
  constexpr unsigned kBefore = 4;
  pugi::xml_node node = box.first_child();
  for (unsigned i = 0; i < kBefore && node && local_name(node) != "lstStyle"; ++i) node = node.next_sibling();
  return local_name(node) == "lstStyle" ? node : pugi::xml_node();
}

bool has_words(const pugi::xml_node& paragraph) {
  return std::any_of(paragraph.begin(), paragraph.end(),
                     [](const pugi::xml_node& run) { return *child_named(run, "t").text().get() != 0; });
}

}  // namespace

pugi::xml_node SlideNumbers::style_of(const pugi::xml_node& paragraph, unsigned level) {
  if (paragraph.parent() != box_) {
    box_ = paragraph.parent();
    box_style_ = style_of_box(box_);
    counters_ = {};
  }
  return child_named(box_style_, "lvl" + std::to_string(level + 1) + "pPr");
}

/// A number goes on where nothing of its own level or above stood between; empty paragraphs have none.
std::string SlideNumbers::label(const pugi::xml_node& paragraph) {
  const pugi::xml_node own = child_named(paragraph, "pPr");
  const unsigned level = number_of(attribute(own, "lvl"), 0, kLevels - 1);
  const pugi::xml_node box = style_of(paragraph, level);
  if (!has_words(paragraph)) return {};
  pugi::xml_node bullet = bullet_of(own);
  if (!bullet) bullet = bullet_of(box);
  std::fill(counters_.begin() + level + 1, counters_.end(), Counter());
  Counter& counter = counters_[level];
  if (local_name(bullet) != "buAutoNum") {
    counter = {};
    return {};
  }
  const std::string_view scheme = attribute(bullet, "type");
  const unsigned start = number_of(attribute(bullet, "startAt"), 1, 32767);  // ST_TextBulletStartAtNum, 20.1.10.64
  if (counter.count == 0 || counter.scheme != scheme || counter.start != start)
    counter = {std::string(scheme), start, 0};
  const unsigned number = start + counter.count++;
  const std::optional<NumberKind> kind = kind_of(scheme);
  return kind ? numbers_.give(dressed(list_number(number, *kind), scheme)) : numbers_.unknown();
}

}  // namespace careo
