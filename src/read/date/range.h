// SPDX-License-Identifier: Apache-2.0
// Ranges of dates and times: "from 4 to 22 May", "between 2014 and 2018", "1945-1991", "5 to 6 pm".
#pragma once

#include <optional>

#include "read/date/grammar.h"

namespace careo {

class DateRanges {
 public:
  DateRanges(const Tokens& tokens, std::string_view language, const DateGrammar& grammar)
      : tokens_(tokens), language_(language), grammar_(grammar) {}

  /// The range that begins at token `i`; `from` holds its opening word.
  std::optional<DateMention> at(std::size_t i) const;

 private:
  enum class Opening { None, From, Between };
  std::optional<DatePiece> end_at(std::size_t i) const;
  std::optional<DatePiece> weak_at(std::size_t i) const;
  bool joins(std::size_t i, Opening opening, std::size_t* behind) const;
  bool hours_of_a_day(DatePiece* a, DatePiece* b) const;
  bool month_behind(DatePiece* a, DatePiece* b) const;

  const Tokens& tokens_;
  std::string_view language_;
  const DateGrammar& grammar_;
};

}  // namespace careo
