// SPDX-License-Identifier: Apache-2.0
// Numbers of paragraphs on slides (ECMA-376 part 1, 21.1.2.4.1): they stand in no paragraph but are counted.
#pragma once

#include <array>
#include <pugixml.hpp>
#include <string>

#include "unpack/office/list_number.h"

namespace careo {

/// Told of the paragraphs of DrawingML in the order of one text. A paragraph says itself how it is numbered, or the box
/// in which it stands does (<a:lstStyle>); what layouts and masters say is not asked.
class SlideNumbers {
 public:
  /// "4. ", "(a) " of the next paragraph; "" where it has no number, or one that is not given.
  std::string label(const pugi::xml_node& paragraph);
  const GivenNumbers& numbers() const { return numbers_; }

 private:
  static constexpr unsigned kLevels = 9;
  struct Counter {
    std::string scheme;
    unsigned start = 0;
    unsigned count = 0;
  };
  pugi::xml_node style_of(const pugi::xml_node& paragraph, unsigned level);

  pugi::xml_node box_;
  pugi::xml_node box_style_;
  std::array<Counter, kLevels> counters_;
  GivenNumbers numbers_;
};

}  // namespace careo
