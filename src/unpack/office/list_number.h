// SPDX-License-Identifier: Apache-2.0
// How the number of a list's entry is written.
#pragma once

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

/// A bullet as a sign of every font: a dash or a star stays, all else (letters and the private zone, which fonts of
/// signs draw as they like) is "•". "" of blanks.
std::string bullet_sign(std::string_view text);

}  // namespace careo
