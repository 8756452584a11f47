// SPDX-License-Identifier: Apache-2.0
#include "specimen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reference/countries.h"
#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

using icao::Format;

std::string name_word(Dice& dice) {
  static constexpr std::array Syllables = {"KA",  "LO",  "MIR", "TES", "VOR", "AN",  "DU",  "BEL", "SHE", "RI",
                                           "GOM", "PEZ", "QU",  "JO",  "HN",  "WEN", "XI",  "YU",  "ZAR", "FE",
                                           "CHE", "NKO", "OV",  "EVA", "SKI", "DOT", "TIR", "ELL", "IA",  "US"};
  std::string out;
  for (int n = dice.whole(1, 4); n > 0; --n)
    out += Syllables[static_cast<std::size_t>(dice.whole(0, Syllables.size() - 1))];
  return out;
}

std::string names(Dice& dice, std::size_t width) {
  std::string out = name_word(dice);
  if (dice.coin(0.3)) out += "<" + name_word(dice);
  if (!dice.coin(0.03)) out += "<<" + name_word(dice);
  while (dice.coin(0.45)) out += "<" + name_word(dice);
  out.resize(width, '<');
  return out;
}

std::string country(Dice& dice) {
  const std::span<const Country> all = countries();
  for (;;) {
    const Country& c = all[static_cast<std::size_t>(dice.whole(0, static_cast<int>(all.size()) - 1))];
    if (c.kind == CountryKind::Legacy) continue;
    std::string out(c.code);
    out.resize(3, '<');
    return out;
  }
}

std::string number(Dice& dice) {
  std::string out;
  const int letters = dice.whole(0, 3);
  const int length = dice.coin(0.75) ? 9 : dice.whole(6, 8);
  const bool mixed = dice.coin(0.2);
  for (int i = 0; i < length; ++i) {
    const bool letter = mixed ? dice.coin(0.5) : i < letters;
    out += static_cast<char>(letter ? 'A' + dice.whole(0, 25) : '0' + dice.whole(0, 9));
  }
  out.resize(9, '<');
  return out;
}

std::string date(Dice& dice, int first, int last) {
  return fmt::format("{:02}{:02}{:02}", dice.whole(first, last) % 100, dice.whole(1, 12), dice.whole(1, 28));
}

std::string free_text(Dice& dice, std::size_t width) {
  std::string out;
  if (dice.coin(0.5)) {
    for (int n = dice.whole(1, static_cast<int>(width)); n > 0; --n) {
      out += static_cast<char>(dice.coin(0.85) ? '0' + dice.whole(0, 9) : 'A' + dice.whole(0, 25));
    }
  }
  out.resize(width, '<');
  return out;
}

std::string checked(std::string text) {
  return text + icao::check_digit(text);
}

char sex(Dice& dice) {
  return dice.coin(0.04) ? '<' : dice.coin(0.5) ? 'F' : 'M';
}

Specimen card(Dice& dice) {
  const std::string issuer = country(dice);
  std::string first = std::string(1, "IAC"[dice.whole(0, 2)]) + (dice.coin(0.6) ? 'D' : '<') + issuer;
  if (dice.coin(0.12)) {  // a long number, as Belgium prints it
    std::string whole;
    for (int i = 0; i < 12; ++i) whole += static_cast<char>('0' + dice.whole(0, 9));
    first += whole.substr(0, 9) + "<" + whole.substr(9) + icao::check_digit(whole);
    first.resize(30, '<');
  } else {
    first += checked(number(dice)) + free_text(dice, 15);
  }
  const std::string birth = checked(date(dice, 1935, 2018));
  const std::string expiry = checked(date(dice, 2010, 2034));
  const std::string optional = free_text(dice, 11);
  std::string second = birth + sex(dice) + expiry + country(dice) + optional;
  second += icao::check_digit(first.substr(5) + birth + expiry + optional);
  return {Format::TD1, {first, second, names(dice, 30)}};
}

Specimen page(Dice& dice, Format format) {
  const bool wide = format == Format::TD3 || format == Format::MrvA;
  const bool visa = format == Format::MrvA || format == Format::MrvB;
  const std::size_t width = wide ? 44 : 36;
  const std::string issuer = country(dice);
  std::string first;
  if (visa) {
    first = std::string("V") + (dice.coin(0.5) ? '<' : static_cast<char>('A' + dice.whole(0, 25)));
  } else if (format == Format::TD3) {
    first = dice.coin(0.8) ? "P<" : std::string("P") + static_cast<char>('A' + dice.whole(0, 25));
  } else {
    first = std::string(1, "IAC"[dice.whole(0, 2)]) + (dice.coin(0.6) ? '<' : 'D');
  }
  first += issuer + names(dice, width - 5);
  const std::string doc = checked(number(dice));
  const std::string birth = checked(date(dice, 1935, 2018));
  const std::string expiry = checked(date(dice, 2010, 2034));
  std::string second = doc + (dice.coin(0.85) ? issuer : country(dice)) + birth + sex(dice) + expiry;
  if (visa) {
    second += free_text(dice, width - 28);
  } else {
    std::string optional = free_text(dice, wide ? 14 : 7);
    if (wide) {
      const bool empty = optional.find_first_not_of('<') == std::string::npos;
      optional += empty && dice.coin(0.5) ? '<' : icao::check_digit(optional);
    }
    second += optional + icao::check_digit(doc + birth + expiry + optional);
  }
  return {format, {first, second}};
}

// The French identity card of 1987: surname and office, then number, given names, birth and sex.
Specimen french_card(Dice& dice) {
  std::string surname = name_word(dice);
  surname.resize(25, '<');
  std::string digits;
  for (int i = 0; i < 18; ++i) digits += static_cast<char>('0' + dice.whole(0, 9));
  const std::string first = "IDFRA" + surname + digits.substr(0, 6);
  std::string given = name_word(dice);
  if (dice.coin(0.5)) given += "<<" + name_word(dice);
  given.resize(14, '<');
  std::string second =
      checked(digits.substr(6, 12)) + given + checked(date(dice, 1935, 2005)) + (dice.coin(0.5) ? 'F' : 'M');
  second += icao::check_digit(first + second);
  return {Format::FrenchId, {first, second}};
}

}  // namespace

double Dice::normal() {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += unit();
  return sum;
}

Specimen random_specimen(Dice& dice, Format format) {
  if (format == Format::FrenchId) return french_card(dice);
  return format == Format::TD1 ? card(dice) : page(dice, format);
}

Specimen random_specimen(Dice& dice) {
  static constexpr std::array Formats = {Format::TD3, Format::TD3, Format::TD3,  Format::TD3,  Format::TD1,
                                         Format::TD1, Format::TD2, Format::MrvA, Format::MrvB, Format::FrenchId};
  return random_specimen(dice, Formats[static_cast<std::size_t>(dice.whole(0, Formats.size() - 1))]);
}

}  // namespace careo::bench
