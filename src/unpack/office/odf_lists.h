// SPDX-License-Identifier: Apache-2.0
// Numbers of lists and headings in OpenDocument (ODF 1.3 part 3, 5.3): they stand in no paragraph but are counted.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/office/odf_styles.h"

namespace careo {

/// Told of lists, entries and paragraphs in the order of one text.
class OdfCount {
 public:
  explicit OdfCount(const OdfStyles& styles) : styles_(styles) {}

  void list_begin(const pugi::xml_node& list);
  void list_end();
  void item_begin(const pugi::xml_node& item);
  void item_end();
  /// "4.2 ", "a) ", "\u2022 " of a paragraph or heading; "" where it has no number, or one that is not given. What the
  /// document itself writes down as its number (5.3.7, <text:number>) counts before what is counted.
  std::string label(const pugi::xml_node& paragraph);
  const GivenNumbers& numbers() const { return numbers_; }

 private:
  using Counters = std::array<std::optional<unsigned>, OdfStyles::kLevels>;
  struct Open {  // a list on the outermost level, or one in it
    std::string style;
    Counters* counters;
  };
  struct Item {
    pugi::xml_node node;
    std::size_t depth;  // of lists
    bool labelled;
  };
  Counters* counters_for(const pugi::xml_node& list, const std::string& style);
  std::optional<std::string> count(const OdfStyles::List& list, unsigned level, std::string_view start,
                                   Counters* counters);

  const OdfStyles& styles_;
  GivenNumbers numbers_;
  std::map<std::string, Counters> by_style_;
  std::map<std::string, std::string> style_of_id_;  // of lists that others may continue
  Counters headings_;
  std::vector<Open> lists_;
  std::vector<Item> items_;
};

}  // namespace careo
