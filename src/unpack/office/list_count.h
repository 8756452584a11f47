// SPDX-License-Identifier: Apache-2.0
// Numbers of lists in Word's documents, old and new: they stand in no paragraph but are counted.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "unpack/office/list_number.h"

namespace careo {

/// A list as Word has it ([MS-DOC] 2.4.6.3, ECMA-376 part 1, 17.9).
struct NumberedList {
  static constexpr unsigned kLevels = 9;
  struct Level {
    unsigned start = 0;
    NumberKind kind = NumberKind::None;
    bool unknown = false;  ///< a kind that is not read: letters of other scripts, words
    bool decimal = false;  ///< all levels as decimals, as in laws
    std::string text;      ///< "%1.%2", or the bullet
    std::string style;     ///< paragraphs of this style stand on it
    /// Which levels above make it begin anew: this many of them, none of them for 0, all where it says nothing.
    std::optional<unsigned> restart;
  };
  std::string counted_with;                                  ///< lists of the same name go on counting each other
  std::array<std::shared_ptr<const Level>, kLevels> levels;  ///< lists of one definition share them; none: no number
  std::array<std::optional<unsigned>, kLevels> starts;       ///< where this one begins anew

  const Level& level(unsigned at) const;
};

/// Counts the entries of one text in their order.
class ListCount {
 public:
  /// "4.2 ", "a) ", "\u2022 " of the next entry, in a list that is called `number`; "" where it has no number, or one
  /// that is not given. REQUIRES: level < NumberedList::kLevels.
  std::string label(const NumberedList& list, const std::string& number, unsigned level);
  /// An entry of a list that is missing.
  std::string damaged() { return numbers_.damaged(); }
  const GivenNumbers& numbers() const { return numbers_; }

 private:
  using Counters = std::array<std::optional<unsigned>, NumberedList::kLevels>;
  void step(const NumberedList& list, unsigned level, const std::string& number, Counters* counters);

  GivenNumbers numbers_;
  std::map<std::string, Counters> counters_;
  std::map<std::string, unsigned> begun_;  // by list: a bit for each level that began anew
};

}  // namespace careo
