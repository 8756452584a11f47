// SPDX-License-Identifier: Apache-2.0
// How the number of a list's entry is written.
#pragma once

#include <cstddef>
#include <set>
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

/// Of one number with the words around it, in bytes: what is longer is cut, and said.
inline constexpr std::size_t kLongestNumber = 1000;

/// Numbers of one text as they are given, and why some are not.
class GivenNumbers {
 public:
  /// `number` with a blank behind it; "" where it has nothing or the text has too many of them already.
  std::string give(std::string number);
  /// One whose kind is not read: letters of other scripts, words.
  std::string unknown();
  /// One of a list that is missing, or whose formatting breaks off.
  std::string damaged();
  /// One whose words are cut before they are put together.
  void cut();
  /// For Unread; each once.
  const std::set<std::string>& unread() const { return unread_; }

 private:
  /// Bytes in one text: no document of people's comes near, while an empty paragraph of a few bytes may claim a long
  /// number.
  std::size_t room_ = 16U << 20U;
  std::set<std::string> unread_;
};

/// A bullet as a sign of every font: a dash or a star stays, all else (letters and the private zone, which fonts of
/// signs draw as they like) is "•". "" of blanks.
std::string bullet_sign(std::string_view text);

}  // namespace careo
