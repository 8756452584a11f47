// SPDX-License-Identifier: Apache-2.0
// Numbers of lists in WordprocessingML (ECMA-376 part 1, 17.9): they stand in no paragraph but are counted.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "unpack/office/docx_styles.h"
#include "unpack/office/list_number.h"

namespace careo {

/// The lists that a document has.
class DocxLists {
 public:
  static constexpr unsigned kLevels = 9;
  struct Level {
    unsigned start = 0;
    NumberKind kind = NumberKind::None;
    bool unknown = false;  ///< a kind that is not read: letters of other scripts, words
    bool decimal = false;  ///< <w:isLgl>: all levels as decimals
    std::string text;      ///< "%1.%2"
    std::string style;     ///< paragraphs of this style stand on it
    std::optional<unsigned> restart;
  };
  struct List {
    std::string counted_with;  ///< lists of the same name go on counting each other
    std::array<Level, kLevels> levels;
    std::array<std::optional<unsigned>, kLevels> starts;  ///< where this one begins anew
  };

  DocxLists() = default;
  /// `numbering`: <w:numbering>.
  explicit DocxLists(const pugi::xml_node& numbering);
  /// nullptr where there is none.
  const List* find(std::string_view number) const;

 private:
  std::map<std::string, List, std::less<>> lists_;
};

/// Counts the entries of one text in their order.
class DocxCount {
 public:
  explicit DocxCount(const DocxLists& lists) : lists_(lists) {}
  /// "4.2 ", "a) ", "• " of the next paragraph; "" where it has no number, or one of a kind that is not read.
  std::string label(const ListPlace& place);

 private:
  using Counters = std::array<std::optional<unsigned>, DocxLists::kLevels>;
  void step(const DocxLists::List& list, unsigned level, std::string_view number, Counters* counters);

  const DocxLists& lists_;
  std::map<std::string, Counters> counters_;
  std::map<std::string, unsigned, std::less<>> begun_;  // by list: a bit for each level that began anew
};

}  // namespace careo
