// SPDX-License-Identifier: Apache-2.0
// How the number of a list's entry is written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace careo {

enum class NumberKind {
  None,
  Decimal,
  PaddedDecimal,
  LowerLetter,
  UpperLetter,
  LowerCounted,  ///< "aa", "ab" behind "z"
  UpperCounted,
  LowerRoman,
  UpperRoman,
  LowerRussian,
  UpperRussian,
  Bullet
};

/// "12", "05", "b", "AA", "iv" (ECMA-376 part 1, 17.18.59: behind z come aa, bb). "" of None and Bullet; decimal where
/// the kind has no sign for it.
std::string list_number(unsigned number, NumberKind kind);

/// Bytes of numbers in one text: no document of people's comes near, while an empty paragraph of a few bytes may claim
/// a long one. Beyond, paragraphs stand without.
inline constexpr std::size_t kMostNumberBytes = 16U << 20U;
/// Of one number, about: nine of Word's with dots have 27.
inline constexpr std::size_t kLongestNumber = 96;

/// A bullet as a sign of every font: a dash or a star stays, all else (letters and the private zone, which fonts of
/// signs draw as they like) is "•". "" of blanks.
std::string bullet_sign(std::string_view text);

}  // namespace careo
