// SPDX-License-Identifier: Apache-2.0
// ICAO Doc 9303: the characters of machine-readable zones, their check digits, and where each format keeps its fields.
// Functions of text alone; no clock, no picture.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace careo::icao {

/// The 37 characters a zone may hold, in the order of their values: 0-9, A-Z, then the filler.
inline constexpr std::string_view Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";

/// 0..9 for digits, 10..35 for letters, 0 for '<' (Doc 9303-3, 4.9); -1 for anything else.
constexpr int value_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return c == '<' ? 0 : -1;
}

/// 7, 3, 1, 7, ... for the character number `index` from the left of what is checked.
constexpr int weight_of(std::size_t index) {
  constexpr int Weights[] = {7, 3, 1};
  return Weights[index % 3];
}

/// Modulus 10 over the weighted values. REQUIRES: every character is in Alphabet.
int check_sum(std::string_view characters);
inline char check_digit(std::string_view characters) {
  return static_cast<char>('0' + check_sum(characters));
}

/// True when no check digit can tell `a` from `b`: different characters whose values are equal modulo 10.
constexpr bool blind(char a, char b) {
  return a != b && value_of(a) % 10 == value_of(b) % 10;
}

/// Doc 9303's own, then national ones that are not its.
enum class Format : std::uint8_t {
  TD1,
  TD2,
  TD3,
  MrvA,
  MrvB,
  FrenchId,       ///< identity card of 1987, 2 x 36
  RussianId,      ///< internal passport, TD3 with Cyrillic names written one sign a letter
  FrenchLicence,  ///< driving licence of 2013, 1 x 30
  DutchLicence,   ///< driving licence of 2006, 1 x 30
  SwissLicence,   ///< driving licence of 2003, 9 + 30 + 30, without a check digit
  ChinesePermit,  ///< exit-entry permit (CS Hong Kong and Macao, CD Taiwan), 1 x 30
};
/// "TD1", "TD2", "TD3", "MRV-A", "MRV-B", "FRA-ID", "RUS-ID", "FRA-DL", "NLD-DL", "CHE-DL", "CHN-EEP".
std::string_view name_of(Format format);

enum class FieldName : std::uint8_t {
  DocumentCode,
  Issuer,
  DocumentNumber,
  Nationality,
  BirthDate,
  Sex,
  ExpiryDate,
  Surname,
  GivenNames,
  Optional,
  Optional2,
  IssueDate,  ///< French identity cards only: year and month
};
/// "document_code", ... as docs/formats/json.md lists them.
std::string_view name_of(FieldName name);

/// A run of characters on one line. Lines and columns count from 0.
struct Run {
  std::uint8_t line = 0;
  std::uint8_t begin = 0;
  std::uint8_t end = 0;
  constexpr std::size_t size() const { return static_cast<std::size_t>(end - begin); }
  auto operator<=>(const Run&) const = default;
};

/// What a field's characters may be.
enum class Kind : std::uint8_t {
  Code,      ///< letters and fillers
  Number,    ///< letters, digits, fillers, filled up on the right
  Date,      ///< YYMMDD, unknown parts as fillers
  Sex,       ///< M, F or filler
  Names,     ///< letters and fillers: primary << secondary
  Free,      ///< letters, digits and fillers, at the issuer's discretion
  Given,     ///< French cards: given names alone
  Primary,   ///< French cards: surname alone
  Months,    ///< French cards: YYMM
  Digits,    ///< Swiss licences: digits alone
  Cyrillic,  ///< Russian internal passports: names of letters and digits, one for each Cyrillic letter
};

struct FieldLayout {
  FieldName name;
  Run run;
  Kind kind;
  int check = -1;       ///< column of its check digit on the same line, or -1
  int check_from = -1;  ///< where what is checked begins, when that is before the field
  constexpr std::size_t checked_begin() const {
    return check_from >= 0 ? static_cast<std::size_t>(check_from) : run.begin;
  }
};

/// Characters that never change in this format.
struct FixedText {
  std::uint8_t line = 0;
  std::uint8_t column = 0;
  std::string_view text;
};

/// A check over several runs joined in this order.
struct Composite {
  std::span<const Run> runs;
  std::uint8_t line = 0;
  std::uint8_t column = 0;
};

struct Layout {
  Format format;
  std::span<const std::uint8_t> widths;  ///< of each line
  std::span<const FieldLayout> fields;
  std::optional<Composite> composite;
  std::span<const FixedText> fixed;  ///< a national format is told by these; none in Doc 9303's own
  constexpr std::size_t lines() const { return widths.size(); }
  bool has_shape(std::span<const std::string> of) const;
};

/// Sections: TD1 Doc 9303-5 4.2.2, TD2 Doc 9303-6 4.2.2, TD3 Doc 9303-4 4.2.2, visas Doc 9303-7 4.2.2 and 5.2.2. The
/// national ones are published by nobody; docs/formats/mrz.md says what is known of each and from where.
const Layout& layout_of(Format format);
std::span<const Format> all_formats();

}  // namespace careo::icao
