// SPDX-License-Identifier: Apache-2.0
// Numbers of paragraphs on slides (ECMA-376 part 1, 21.1.2.4.1): they stand in no paragraph but are counted.
#pragma once

#include <array>
#include <pugixml.hpp>
#include <string>

#include "unpack/office/list_number.h"
#include "unpack/office/slide_styles.h"

namespace careo {

/// Counts paragraphs as they follow each other in a box.
class SlideCount {
 public:
  /// In another box, from the beginning.
  void anew() { counters_ = {}; }
  /// "4. ", "(a) " of the next paragraph that is not empty; "" where it has no number, or one that is not given.
  /// REQUIRES: level < kSlideLevels.
  std::string label(const SlideBullet& bullet, unsigned level);
  const GivenNumbers& numbers() const { return numbers_; }

 private:
  struct Counter {
    SlideBullet of;
    unsigned count = 0;
  };
  std::array<Counter, kSlideLevels> counters_;
  GivenNumbers numbers_;
};

/// Told of the paragraphs of DrawingML in the order of one text. A paragraph says itself how it is numbered, or the box
/// in which it stands does (<a:lstStyle>), or what the slide stands on.
class SlideNumbers {
 public:
  /// `below` is borrowed; may be null.
  explicit SlideNumbers(const SlideStyles* below) : below_(below) {}
  /// Of a box, before its paragraphs: <a:lstStyle>, which is gone over once, however many paragraphs follow.
  void style(const pugi::xml_node& node);
  /// "4. ", "(a) " of the next paragraph; "" where it has no number, or one that is not given.
  std::string label(const pugi::xml_node& paragraph);
  const GivenNumbers& numbers() const { return count_.numbers(); }

 private:
  void enter_box(const pugi::xml_node& box);

  const SlideStyles* below_;
  pugi::xml_node box_;
  pugi::xml_node styled_;  // the box that style_ is of
  SlideBullets style_;
  pugi::xml_node shape_;  // the shape that inherited_ is of
  SlideBullets inherited_;
  SlideCount count_;
};

}  // namespace careo
