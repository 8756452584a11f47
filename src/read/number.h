// SPDX-License-Identifier: Apache-2.0
// A number in text, in digits or words, without what surrounds it: the ground of figures, dates and durations.
#pragma once

#include <optional>

#include "read/token.h"

namespace careo {

struct Number {
  std::size_t from = 0;  ///< tokens
  std::size_t to = 0;
  double value = 0;
  bool digits = false;     ///< begins with digits
  bool vague = false;      ///< "dozens": value is the least it can mean
  bool article = false;    ///< rests on an article or a bare "one": a number only where something counted follows
  bool ordinal = false;    ///< "third", "3rd"
  bool ambiguous = false;  ///< one separator and three digits behind it: 1.234 and 1,234 are read by language
  double other = 0;        ///< the other way to read it, where ambiguous
};

/// The longest number that begins at token `at`; none where no number begins there. Group and decimal signs are told
/// by their pattern, and where that is not enough by the language: "1.234" is 1234 in Spanish, 1.234 in English.
std::optional<Number> number_at(const Tokens& tokens, std::size_t at, std::string_view language);

/// The number without parts, decimals and signs: "eight" of "eight and a half".
std::optional<Number> whole_number_at(const Tokens& tokens, std::size_t at, std::string_view language);

/// An ordinal at token `at`: "third", "twenty-first", "3rd", "3º", "tercero".
std::optional<Number> ordinal_at(const Tokens& tokens, std::size_t at, std::string_view language);

/// The value of a digit token, 0 where it has more than 15 digits.
double digits_value(const Token& token);
/// The same as a whole number, -1 where it has more than 9 digits.
int whole_digits(const Token& token);

}  // namespace careo
