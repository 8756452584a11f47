// SPDX-License-Identifier: Apache-2.0
// Throws of the dice stand in statements of their own: C++ leaves the order of operands open, and the set must not
// depend on the compiler.
#include "specimen.h"

#include <fmt/format.h>

#include <array>

#include "reference/countries.h"
#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

using icao::Format;

// Syllables by the sound of a region; a name keeps to one. No list of real names is used.
constexpr std::array Sounds = {
    std::array<std::string_view, 10>{"KA", "LO", "MIR", "TES", "VOR", "AN", "DU", "BEL", "RI", "GOM"},
    std::array<std::string_view, 10>{"CHE", "NKO", "OV", "EVA", "SKI", "DOT", "SHCH", "YU", "VLA", "KHO"},
    std::array<std::string_view, 10>{"PEZ", "QUI", "JO", "LLE", "RRA", "DEL", "CRU", "ES", "NTA", "GUE"},
    std::array<std::string_view, 10>{"HN", "WEN", "XI", "ZAR", "FE", "TIR", "ELL", "IA", "US", "NGU"},
    std::array<std::string_view, 10>{"AB", "DUL", "AL", "RAH", "MUS", "TAF", "IM", "KH", "SAY", "YID"},
    std::array<std::string_view, 10>{"O", "WU", "BI", "ADE", "YE", "MI", "KWA", "NG", "II", "TA"}};

std::string name_word(Dice& dice, std::span<const std::string_view> sounds) {
  std::string out;
  for (int n = dice.whole(1, 4); n > 0; --n) out += dice.one_of(sounds);
  return out;
}

// Names that fill the field to its last letter are cut there, as Doc 9303-4 4.2.3 has it.
std::string names(Dice& dice, std::size_t width) {
  const std::span<const std::string_view> sounds = dice.one_of(Sounds);
  std::string out = name_word(dice, sounds);
  while (dice.coin(0.25)) out += "<" + name_word(dice, sounds);
  if (!dice.coin(0.03)) out += "<<" + name_word(dice, sounds);
  while (dice.coin(0.45)) out += "<" + name_word(dice, sounds);
  out.resize(width, '<');
  return out;
}

std::string country(Dice& dice) {
  for (;;) {
    const Country& c = dice.one_of(countries());
    if (c.kind == CountryKind::Legacy) continue;
    std::string out(c.code);
    out.resize(3, '<');
    return out;
  }
}

char digit(Dice& dice) {
  return static_cast<char>('0' + dice.whole(0, 9));
}
char letter(Dice& dice) {
  return static_cast<char>('A' + dice.whole(0, 25));
}
std::string digits(Dice& dice, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += digit(dice);
  return out;
}

// Letters first, then digits, as most states number; one in five mixes them.
std::string number(Dice& dice) {
  std::string out;
  const int letters = dice.whole(0, 3);
  const int length = dice.coin(0.75) ? 9 : dice.whole(6, 8);
  const bool mixed = dice.coin(0.2);
  for (int i = 0; i < length; ++i) {
    const bool is_letter = mixed ? dice.coin(0.5) : i < letters;
    out += is_letter ? letter(dice) : digit(dice);
  }
  out.resize(9, '<');
  return out;
}

std::string date(Dice& dice, int first, int last) {
  const int year = dice.whole(first, last) % 100;
  const int month = dice.whole(1, 12);
  return fmt::format("{:02}{:02}{:02}", year, month, dice.whole(1, 28));
}

// One birth in forty is known by its year or month alone (Doc 9303-3 4.8).
std::string birth_date(Dice& dice) {
  std::string out = date(dice, 1935, 2018);
  if (!dice.coin(0.025)) return out;
  return out.replace(dice.coin(0.5) ? 2 : 4, std::string::npos, "<<<<").substr(0, 6);
}

std::string free_text(Dice& dice, std::size_t width) {
  std::string out;
  if (dice.coin(0.5)) {
    for (int n = dice.whole(1, static_cast<int>(width)); n > 0; --n) {
      const bool is_digit = dice.coin(0.85);
      out += is_digit ? digit(dice) : letter(dice);
    }
  }
  out.resize(width, '<');
  return out;
}

std::string checked(std::string text) {
  return text + icao::check_digit(text);
}

char sex(Dice& dice) {
  return "<MFMFMFMFMFMFMFMFMFMFMFMF"[dice.whole(0, 23)];
}

// A number of twelve, its tail in the optional data, as Belgium prints it (Doc 9303-5 note j).
std::string long_number(Dice& dice) {
  const std::string whole = digits(dice, 12);
  std::string out = whole.substr(0, 9) + "<" + whole.substr(9) + icao::check_digit(whole);
  out.resize(25, '<');
  return out;
}

Specimen card(Dice& dice) {
  std::string first(1, "IAC"[dice.whole(0, 2)]);
  first += dice.coin(0.6) ? 'D' : '<';
  first += country(dice);
  if (dice.coin(0.12)) {
    first += long_number(dice);
  } else {
    first += checked(number(dice));
    first += free_text(dice, 15);
  }
  const std::string birth = checked(birth_date(dice));
  const char holder = sex(dice);
  const std::string expiry = checked(date(dice, 2010, 2034));
  std::string second = birth + holder + expiry + country(dice);
  const std::string optional = free_text(dice, 11);
  second += optional;
  second += icao::check_digit(first.substr(5) + birth + expiry + optional);
  return {Format::TD1, {first, second, names(dice, 30)}};
}

std::string page_code(Dice& dice, Format format) {
  if (format == Format::MrvA || format == Format::MrvB) return std::string("V") + (dice.coin(0.5) ? '<' : letter(dice));
  if (format == Format::TD3) return std::string("P") + (dice.coin(0.8) ? '<' : letter(dice));
  std::string out(1, "IAC"[dice.whole(0, 2)]);
  return out + (dice.coin(0.6) ? '<' : 'D');
}

Specimen page(Dice& dice, Format format) {
  const bool wide = format == Format::TD3 || format == Format::MrvA;
  const bool visa = format == Format::MrvA || format == Format::MrvB;
  const std::size_t width = wide ? 44 : 36;
  const std::string issuer = country(dice);
  std::string first = page_code(dice, format) + issuer;
  first += names(dice, width - 5);
  const std::string document = checked(number(dice));
  const std::string nationality = dice.coin(0.85) ? issuer : country(dice);
  const std::string birth = checked(birth_date(dice));
  const char holder = sex(dice);
  const std::string expiry = checked(date(dice, 2010, 2034));
  std::string second = document + nationality + birth + holder + expiry;
  if (visa) return {format, {first, second + free_text(dice, width - 28)}};
  std::string optional = free_text(dice, wide ? 14 : 7);
  if (wide) {
    const bool empty = optional.find_first_not_of('<') == std::string::npos;
    optional += empty && dice.coin(0.5) ? '<' : icao::check_digit(optional);
  }
  second += optional + icao::check_digit(document + birth + expiry + optional);
  return {format, {first, second}};
}

// The French identity card of 1987: surname and office, then number, given names, birth and sex.
Specimen french_card(Dice& dice) {
  const std::span<const std::string_view> sounds = dice.one_of(Sounds);
  std::string surname = name_word(dice, sounds);
  surname.resize(25, '<');
  const std::string first = "IDFRA" + surname + digits(dice, 6);
  std::string second = checked(digits(dice, 12));
  std::string given = name_word(dice, sounds);
  if (dice.coin(0.5)) given += "<<" + name_word(dice, sounds);
  given.resize(14, '<');
  second += given + checked(date(dice, 1935, 2005));
  second += dice.coin(0.5) ? 'F' : 'M';
  second += icao::check_digit(first + second);
  return {Format::FrenchId, {first, second}};
}

}  // namespace

Specimen random_specimen(Dice& dice, Format format) {
  if (format == Format::FrenchId) return french_card(dice);
  return format == Format::TD1 ? card(dice) : page(dice, format);
}

Specimen random_specimen(Dice& dice) {
  static constexpr std::array Formats = {Format::TD3, Format::TD3, Format::TD3,  Format::TD3,  Format::TD1,
                                         Format::TD1, Format::TD2, Format::MrvA, Format::MrvB, Format::FrenchId};
  return random_specimen(dice, dice.one_of(Formats));
}

}  // namespace careo::bench
