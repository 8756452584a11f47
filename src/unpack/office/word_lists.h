// SPDX-License-Identifier: Apache-2.0
// Lists of Word 97 to 2003 ([MS-DOC] 2.4.6.3), and which of them styles belong to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "unpack/office/list_count.h"

namespace careo {

/// A paragraph's place in a list: an index of PlfLfo, from 1, and a level, from 0.
struct WordPlace {
  std::optional<std::uint16_t> list;
  std::optional<std::uint8_t> level;
};

/// sprmPIlfo counts lists from 1, or backwards where the paragraph keeps its own indents; these are none, 0x7FF of
/// styles that came from Word 6.
constexpr bool is_list(std::uint16_t number) {
  return number != 0 && number != 0x7FF && number != 0xF801;
}

/// Adds what a modification says of it ([MS-DOC] 2.6.2: sprmPIlvl, sprmPIlfo).
void add_place(std::uint16_t code, Bytes operand, WordPlace* out);

class WordLists {
 public:
  WordLists() = default;
  /// `definitions`: PlfLst and what stands behind it; `uses`: PlfLfo; `styles`: STSH.
  WordLists(Bytes definitions, Bytes uses, Bytes styles);

  /// Where a paragraph stands that says `own` itself, else by its style. No list where it is in none.
  WordPlace place_of(WordPlace own, unsigned style) const;
  /// What stands before the next paragraph, "4.2 "; "" for nothing. REQUIRES: of place_of(), with a list.
  std::string label(const WordPlace& place, ListCount* count) const;

 private:
  struct Style {
    unsigned based_on = 0x0FFF;  // none
    WordPlace place;
  };
  void read_styles(Bytes from);

  unsigned stated_ = 0;  // so many lists the document says it has
  std::vector<NumberedList> lists_;
  std::vector<Style> styles_;
};

}  // namespace careo
