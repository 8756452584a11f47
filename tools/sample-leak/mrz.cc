// SPDX-License-Identifier: Apache-2.0
#include "mrz.h"

#include <fmt/format.h>

namespace careo::sample {
namespace {

std::string pad(std::string_view text, std::size_t width) {
  std::string out{text.substr(0, width)};
  out.resize(width, '<');
  return out;
}

std::string digits_of(const Date& date) {
  return fmt::format("{:02}{:02}{:02}", date.year % 100, date.month, date.day);
}

std::string checked(std::string text) {
  return text + check_digit(text);
}

// Birth date, sex and expiry with their digits: the same in all formats.
std::string dates(const Zone& zone) {
  return checked(digits_of(zone.birth)) + zone.sex + checked(digits_of(zone.expiry));
}

// 9303-5, 4.2.4: a number longer than nine goes on in the optional data, its check digit behind its end.
std::string td1_first(const Zone& zone) {
  const std::string head = pad(zone.code, 2) + pad(zone.issuer, 3);
  if (zone.number.size() <= 9) return pad(head + checked(pad(zone.number, 9)) + zone.optional, 30);
  const std::string rest = zone.number.substr(9);
  return pad(head + zone.number.substr(0, 9) + "<" + rest + check_digit(zone.number) + "<" + zone.optional, 30);
}

std::vector<std::string> td1(const Zone& zone) {
  const std::string first = td1_first(zone);
  std::string second = dates(zone) + pad(zone.nationality, 3) + pad(zone.optional_2, 11);
  second += check_digit(first.substr(5) + second.substr(0, 7) + second.substr(8, 7) + second.substr(18, 11));
  return {first, second, name_field(zone.surname, zone.given, 30)};
}

// Second line of TD2, TD3 and the visas; `width` of the optional data and whether a composite digit follows it.
std::string second_line(const Zone& zone) {
  std::string line = checked(pad(zone.number, 9)) + pad(zone.nationality, 3) + dates(zone);
  switch (zone.format) {
    case Format::Td3: {
      const std::string optional = pad(zone.optional, 14);
      line += optional + (zone.optional.empty() ? '<' : check_digit(optional));
      break;
    }
    case Format::Td2: line += pad(zone.optional, 7); break;
    case Format::MrvA: return line + pad(zone.optional, 16);
    case Format::MrvB: return line + pad(zone.optional, 8);
    case Format::Td1: break;
  }
  return line + check_digit(line.substr(0, 10) + line.substr(13, 7) + line.substr(21));
}

}  // namespace

std::string_view name_of(Format format) {
  switch (format) {
    case Format::Td1: return "TD1";
    case Format::Td2: return "TD2";
    case Format::Td3: return "TD3";
    case Format::MrvA: return "MRV-A";
    case Format::MrvB: return "MRV-B";
  }
  return "";
}

char check_digit(std::string_view text) {
  constexpr int weights[] = {7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
    sum += value * weights[i % 3];
  }
  return static_cast<char>('0' + sum % 10);
}

std::string name_field(std::string_view surname, std::string_view given, std::size_t width) {
  std::string first{surname};
  if (first.size() + 2 + given.size() > width && first.size() + 3 > width) {
    first.resize(width - 3);  // one letter of the given names must remain
    if (first.back() == '<') first.back() = surname[width - 3];
  }
  const std::string whole = given.empty() ? first : first + "<<" + std::string(given);
  if (whole.size() <= width) return pad(whole, width);
  std::string cut = whole.substr(0, width);
  // A letter must stand last to say "cut": where a filler would, the word before it loses letters instead.
  const std::size_t shortened = cut.find_last_not_of('<');
  if (cut.back() == '<' && shortened > first.size() + 2) {
    cut = whole.substr(0, shortened) + whole.substr(shortened + 1, width - shortened);
  }
  return cut;
}

std::vector<std::string> lines_of(const Zone& zone) {
  if (zone.format == Format::Td1) return td1(zone);
  const std::size_t width = zone.format == Format::Td3 || zone.format == Format::MrvA ? 44 : 36;
  return {pad(zone.code, 2) + pad(zone.issuer, 3) + name_field(zone.surname, zone.given, width - 5), second_line(zone)};
}

}  // namespace careo::sample
