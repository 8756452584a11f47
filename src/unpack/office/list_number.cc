// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/list_number.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace careo {
namespace {

constexpr unsigned kMostTurns = 30;  // of an alphabet: what Word writes
constexpr unsigned kMostRoman = 3999;

std::string roman(unsigned number, char one_case) {
  struct Sign {
    unsigned value;
    std::string_view sign;
  };
  constexpr std::array kSigns = {Sign{1000, "m"}, Sign{900, "cm"}, Sign{500, "d"}, Sign{400, "cd"}, Sign{100, "c"},
                                 Sign{90, "xc"},  Sign{50, "l"},   Sign{40, "xl"}, Sign{10, "x"},   Sign{9, "ix"},
                                 Sign{5, "v"},    Sign{4, "iv"},   Sign{1, "i"}};
  std::string out;
  for (const Sign& sign : kSigns) {
    for (; number >= sign.value; number -= sign.value)
      for (const char c : sign.sign) out += static_cast<char>(c - 'a' + one_case);
  }
  return out;
}

constexpr std::u32string_view kLatin = U"abcdefghijklmnopqrstuvwxyz";
constexpr std::u32string_view kUpperLatin = U"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Without those that no list has: short i, the two signs, yery.
constexpr std::u32string_view kRussian = U"абвгдежзиклмнопрстуфхцчшщэюя";
constexpr std::u32string_view kUpperRussian = U"АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";

/// Behind the last letter come pairs of the same, then threes.
std::string repeated(unsigned number, std::u32string_view letters) {
  const std::size_t before = number - 1;
  std::string out;
  for (std::size_t left = before / letters.size() + 1; left > 0; --left)
    append_utf8(&out, letters[before % letters.size()]);
  return out;
}

/// Behind the last letter come all pairs of them, as columns of a sheet are called.
std::string counted(unsigned number, std::u32string_view letters) {
  std::string out;
  for (std::size_t left = number; left > 0; left = (left - 1) / letters.size())
    out.insert(out.begin(), static_cast<char>(letters[(left - 1) % letters.size()]));
  return out;
}

}  // namespace

std::string list_number(unsigned number, NumberKind kind) {
  const std::string decimal = std::to_string(number);
  const auto repeats = [&](std::u32string_view letters) {
    return number > 0 && number <= kMostTurns * letters.size() ? repeated(number, letters) : decimal;
  };
  const bool is_roman = number > 0 && number <= kMostRoman;
  switch (kind) {
    case NumberKind::None:
    case NumberKind::Bullet: return {};
    case NumberKind::Decimal: return decimal;
    case NumberKind::PaddedDecimal: return (number < 10 ? "0" : "") + decimal;
    case NumberKind::LowerLetter: return repeats(kLatin);
    case NumberKind::UpperLetter: return repeats(kUpperLatin);
    case NumberKind::LowerCounted: return counted(number, kLatin);
    case NumberKind::UpperCounted: return counted(number, kUpperLatin);
    case NumberKind::LowerRussian: return repeats(kRussian);
    case NumberKind::UpperRussian: return repeats(kUpperRussian);
    case NumberKind::LowerRoman: return is_roman ? roman(number, 'a') : decimal;
    case NumberKind::UpperRoman: return is_roman ? roman(number, 'A') : decimal;
  }
  return {};
}

std::string GivenNumbers::give(std::string number) {
  if (number.empty()) return {};
  if (number.size() > kLongestNumber) {
    cut();
    number = clean_utf8(number.substr(0, kLongestNumber)).text;
  }
  if (number.size() > room_) {
    unread_.insert("limit: more numbers of lists than are given");
    return {};
  }
  room_ -= number.size();
  return std::move(number) + " ";
}

std::string GivenNumbers::unknown() {
  unread_.insert("numbers of lists in letters or words that are not read");
  return {};
}

std::string GivenNumbers::damaged() {
  unread_.insert("numbers of lists whose formatting is damaged");
  return {};
}

void GivenNumbers::cut() {
  unread_.insert("limit: numbers of lists with longer words than are given");
}

std::string bullet_sign(std::string_view text) {
  const bool dash = text == "-" || text == "*" || text == "\u2010" || text == "\u2013" || text == "\u2014";
  return trim(text).empty() ? std::string() : std::string(dash ? text : "\u2022");
}

}  // namespace careo
