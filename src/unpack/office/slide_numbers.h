// SPDX-License-Identifier: Apache-2.0
// Numbers of paragraphs on slides (ECMA-376 part 1, 21.1.2.4.1): they stand in no paragraph but are counted.
#pragma once

#include <array>
#include <optional>
#include <pugixml.hpp>
#include <string>

#include "unpack/office/list_number.h"

namespace careo {

/// Told of the paragraphs of DrawingML in the order of one text. A paragraph says itself how it is numbered, or the box
/// in which it stands does (<a:lstStyle>); what layouts and masters say is not asked.
class SlideNumbers {
 public:
  /// Of a box, before its paragraphs: <a:lstStyle>, which is gone over once, however many paragraphs follow.
  void style(const pugi::xml_node& node);
  /// "4. ", "(a) " of the next paragraph; "" where it has no number, or one that is not given.
  std::string label(const pugi::xml_node& paragraph);
  const GivenNumbers& numbers() const { return numbers_; }

 private:
  static constexpr unsigned kLevels = 9;
  struct Bullet {
    bool numbered = false;  ///< not of a sign, nor of none
    std::string scheme;
    unsigned start = 1;
    bool operator==(const Bullet&) const = default;
  };
  struct Counter {
    Bullet of;
    unsigned count = 0;
  };
  static std::optional<Bullet> bullet_of(const pugi::xml_node& properties);
  void enter_box(const pugi::xml_node& box);

  pugi::xml_node box_;
  pugi::xml_node styled_;  // the box that style_ is of
  std::array<std::optional<Bullet>, kLevels> style_;
  std::array<Counter, kLevels> counters_;
  GivenNumbers numbers_;
};

}  // namespace careo
