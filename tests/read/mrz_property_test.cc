// SPDX-License-Identifier: Apache-2.0
// Properties of the joint decoder, for every format: what check digits can repair comes back whole, and what they
// cannot is never shown as checked and wrong.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <map>

#include "read/mrz/grade.h"
#include "read/mrz/grammar.h"
#include "reference/countries.h"
#include "reference/icao9303_zone.h"

namespace careo::mrz {
namespace {

using icao::FieldName;
using icao::Format;
using icao::Kind;

int pick(int low, int high) {
  return *rc::gen::inRange(low, high + 1);
}

std::string of_size(std::string text, std::size_t size) {
  text.resize(size, '<');
  return text;
}

std::string letters(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>('A' + pick(0, 25));
  return out;
}

std::string letters_and_digits(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += pick(0, 3) == 0 ? letters(1) : std::to_string(pick(0, 9));
  return out;
}

std::string names(std::size_t width) {
  std::string out = letters(pick(2, 9));
  if (pick(0, 2) == 0) out += "<" + letters(pick(2, 6));
  return of_size(out + "<<" + letters(pick(2, 8)), width);
}

std::string date(int first_year, int last_year) {
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(pick(first_year, last_year) % 100) + two(pick(1, 12)) + two(pick(1, 28));
}

std::string code() {
  const auto all = countries();
  return of_size(std::string(all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))].code), 3);
}

std::string first_letters(Format format) {
  switch (format) {
    case Format::TD3: return "P<";
    case Format::MrvA:
    case Format::MrvB: return "V<";
    default: return "I<";
  }
}

std::string content(Format format, const icao::FieldLayout& field) {
  const std::size_t size = field.run.size();
  switch (field.kind) {
    case Kind::Code: return field.name == FieldName::DocumentCode ? first_letters(format) : code();
    case Kind::Number: return of_size(letters_and_digits(pick(6, static_cast<int>(size))), size);
    case Kind::Date: return field.name == FieldName::BirthDate ? date(1940, 2012) : date(2015, 2035);
    case Kind::Months: return "9901";
    case Kind::Sex: return pick(0, 1) == 0 ? "M" : "F";
    case Kind::Names:
    case Kind::Cyrillic: return names(size);
    case Kind::Given:
    case Kind::Primary: return of_size(letters(pick(2, static_cast<int>(size))), size);
    case Kind::Free: return of_size(pick(0, 1) == 0 ? "" : letters_and_digits(pick(1, static_cast<int>(size))), size);
    case Kind::Digits: {
      std::string out;
      for (std::size_t i = 0; i < size; ++i) out += static_cast<char>('0' + pick(0, 9));
      return out;
    }
  }
  return {};
}

// A valid zone.
std::vector<std::string> zone_of(Format format) {
  const icao::Layout& layout = icao::layout_of(format);
  std::vector<std::string> lines;
  for (const std::uint8_t width : layout.widths) lines.emplace_back(width, '<');
  for (const icao::FieldLayout& field : layout.fields) {
    lines[field.run.line].replace(field.run.begin, field.run.size(), content(format, field));
  }
  for (const icao::FixedText& fixed : layout.fixed) {
    lines[fixed.line].replace(fixed.column, fixed.text.size(), fixed.text);
  }
  for (const icao::FieldLayout& field : layout.fields) {
    if (field.check < 0) continue;
    std::string& line = lines[field.run.line];
    const std::size_t begin = field.checked_begin();
    line[static_cast<std::size_t>(field.check)] = icao::check_digit(line.substr(begin, field.run.end - begin));
  }
  if (layout.composite) {
    std::string all;
    for (const icao::Run& run : layout.composite->runs) all += lines[run.line].substr(run.begin, run.size());
    lines[layout.composite->line][layout.composite->column] = icao::check_digit(all);
  }
  return lines;
}

std::array<LogProb, Classes> slot(char c) {
  std::array<LogProb, Classes> out{};
  out.fill(-13 * Nat);
  out[icao::Alphabet.find(c)] = 0;
  return out;
}

std::vector<Evidence> clear(const std::vector<std::string>& lines) {
  std::vector<Evidence> out;
  for (const std::string& line : lines) {
    Evidence evidence;
    for (const char c : line) evidence.push_back(slot(c));
    out.push_back(std::move(evidence));
  }
  return out;
}

// The slot no longer tells `truth` from `other`, or prefers `other` by a nat.
void confuse(std::array<LogProb, Classes>* slot, char truth, char other) {
  slot->fill(-13 * Nat);
  (*slot)[icao::Alphabet.find(truth)] = -Nat - Nat / 2;
  (*slot)[icao::Alphabet.find(other)] = -Nat / 2;
}

ReadZone decoded(Format format, const std::vector<Evidence>& evidence) {
  ReadZone out{decode_format(format, evidence), evidence, {}, 0, {}};
  std::size_t slots = 0;
  for (const Evidence& line : evidence) slots += line.size();
  out.mean = static_cast<double>(out.decoding.score) / Nat / static_cast<double>(slots);
  return out;
}

bool wrong_and_checked(const ReadZone& read, const std::vector<std::string>& truth) {
  const auto wanted = icao::parse_zone(truth, read.decoding.format);
  for (const GradedField& field : grade(read).fields) {
    if (field.grade != Grade::Checked) continue;
    const icao::Field* other = wanted ? wanted->field(field.field.name) : nullptr;
    if (other == nullptr || other->raw != field.field.raw) return true;
  }
  return false;
}

char digit_or_letter_of_the_field(char truth) {
  return truth >= '0' && truth <= '9' ? static_cast<char>('0' + pick(0, 9)) : static_cast<char>('A' + pick(0, 25));
}

class MrzProperty : public testing::TestWithParam<Format> {};

TEST_P(MrzProperty, AClearZoneIsReadAsItStands) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<std::string> truth = zone_of(GetParam());
    const ReadZone read = decoded(GetParam(), clear(truth));
    RC_ASSERT(read.decoding.lines == truth);
    RC_ASSERT(!wrong_and_checked(read, truth));
  }));
}

// One character of each checked field is taken for another by a nat, one that the check digit can tell from it.
TEST_P(MrzProperty, WhatCheckDigitsCanRepairComesBack) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<std::string> truth = zone_of(GetParam());
    std::vector<Evidence> evidence = clear(truth);
    for (const icao::FieldLayout& field : icao::layout_of(GetParam()).fields) {
      if (field.check < 0) continue;
      const int column = pick(field.run.begin, field.run.end - 1);
      const char is = truth[field.run.line][static_cast<std::size_t>(column)];
      const char seen = digit_or_letter_of_the_field(is);
      if (is == '<' || seen == is || icao::blind(is, seen)) continue;
      confuse(&evidence[field.run.line][static_cast<std::size_t>(column)], is, seen);
    }
    const ReadZone read = decoded(GetParam(), evidence);
    RC_ASSERT(read.decoding.lines == truth);
    RC_ASSERT(!wrong_and_checked(read, truth));
  }));
}

// Up to six characters anywhere are taken for any others, blind partners too: it may be read wrong, not called checked.
TEST_P(MrzProperty, WhatTheyCannotIsNeverWrongAndChecked) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<std::string> truth = zone_of(GetParam());
    std::vector<Evidence> evidence = clear(truth);
    for (int n = pick(1, 6); n > 0; --n) {
      const auto line = static_cast<std::size_t>(pick(0, static_cast<int>(truth.size()) - 1));
      const auto column = static_cast<std::size_t>(pick(0, static_cast<int>(truth[line].size()) - 1));
      const char other = icao::Alphabet[static_cast<std::size_t>(pick(0, 36))];
      confuse(&evidence[line][column], truth[line][column], other);
    }
    RC_ASSERT(!wrong_and_checked(decoded(GetParam(), evidence), truth));
  }));
}

// Three letters are taken for digits by a nat each, and the check digit holds: that digits are likelier in a number
// must not lift this to checked.
TEST(MrzGrade, WhatIsLikelyDoesNotStandInForThePixels) {
  const std::vector<std::string> truth = {"C<AACAIAA<<6<1501010<4001016<<"};
  std::vector<Evidence> evidence = clear(truth);
  confuse(&evidence[0][2], 'A', '1');
  confuse(&evidence[0][4], 'C', '3');
  confuse(&evidence[0][6], 'I', '2');
  const ReadZone read = decoded(Format::ChinesePermit, evidence);
  EXPECT_EQ(read.decoding.lines[0].substr(0, 12), "C<1A3A2AA<<6");
  EXPECT_FALSE(wrong_and_checked(read, truth));
}

INSTANTIATE_TEST_SUITE_P(Formats, MrzProperty,
                         testing::ValuesIn(icao::all_formats().begin(), icao::all_formats().end()),
                         [](const auto& format) {
                           std::string out(icao::name_of(format.param));
                           std::erase(out, '-');
                           return out;
                         });

}  // namespace
}  // namespace careo::mrz
