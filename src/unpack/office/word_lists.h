// SPDX-License-Identifier: Apache-2.0
// Lists of Word 97 to 2003 ([MS-DOC] 2.4.6.3), and which of them styles belong to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "unpack/office/list_count.h"
#include "unpack/office/word_old_lists.h"

namespace careo {

/// A paragraph's place in a list: an index of PlfLfo, from 1, and a level, from 0.
struct WordPlace {
  std::optional<std::uint16_t> list;
  std::optional<std::uint8_t> level;
  Bytes form = {};  ///< ANLD of a list as Word 6 made it, of the document's bytes; empty: none
  bool in_table = false;
  bool damaged = false;  ///< its styles may say more than could be read

  /// Its number is as in Word 6, which styles from there keep.
  bool is_old() const { return list == 0x7FF; }
  OldPlace old() const;
};

/// sprmPIlfo counts lists from 1, or backwards where the paragraph keeps its own indents; these are none.
constexpr bool is_list(std::uint16_t number) {
  return number != 0 && number != 0xF801;
}

/// Adds what a modification says of it ([MS-DOC] 2.6.2: sprmPIlvl, sprmPIlfo; Word 97's sprmPAnld, sprmPFInTable).
void add_place(std::uint16_t code, Bytes operand, WordPlace* out);

class WordLists {
 public:
  WordLists() = default;
  /// `definitions`: PlfLst and what stands behind it; `uses`: PlfLfo; `styles`: STSH.
  WordLists(Bytes definitions, Bytes uses, Bytes styles);

  /// Where a paragraph stands that says `own` itself, else by its style. No list where it is in none.
  WordPlace place_of(WordPlace own, unsigned style) const;
  /// What stands before the next paragraph, "4.2 "; "" for nothing. REQUIRES: of place_of(), with a list, not old.
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
