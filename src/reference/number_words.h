// SPDX-License-Identifier: Apache-2.0
// What a word says as part of a number, per language: resources/numbers/<language>.tsv.
#pragma once

#include <string_view>

namespace careo {

struct NumberWord {
  enum class Class {
    None,
    Unit,      ///< 0-9
    Teen,      ///< a whole number below 100 that takes nothing behind it
    Ten,       ///< 20, 30 ... 90: a unit may follow
    Hundred,   ///< multiplies the units before it: "two hundred"
    Hundreds,  ///< adds 100-900: "doscientos"
    Scale,     ///< thousand and up: multiplies all that is smaller before it
    Group,     ///< a collective: "two dozen"
    Vague,     ///< a plural that counts nothing; value is the least it can mean
    Part,      ///< a denominator
    And,
    Point,
    Minus,
    Article,  ///< "a", "una": one, where something countable of this table follows
    Ordinal,
  };
  Class kind = Class::None;
  double value = 0;
};

/// The entry of `folded` (lower case, no Latin accents) in "en", "es", "ru" or "uk"; Class::None where there is none.
NumberWord number_word(std::string_view language, std::string_view folded);

}  // namespace careo
