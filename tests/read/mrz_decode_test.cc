// SPDX-License-Identifier: Apache-2.0
// The joint decoder alone: valid zones as evidence, damaged within what check digits can repair.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "read/mrz/grade.h"
#include "read/mrz/grammar.h"
#include "reference/icao9303_zone.h"

namespace careo::mrz {
namespace {

using icao::Format;

std::array<LogProb, Classes> slot(char c, double sure) {
  std::array<LogProb, Classes> out{};
  const double rest = (1 - sure) / (Classes - 1);
  out.fill(static_cast<LogProb>(std::max<double>(Impossible, Nat * std::log(std::max(rest, 1e-9)))));
  out[icao::Alphabet.find(c)] = static_cast<LogProb>(Nat * std::log(sure));
  return out;
}

std::vector<Evidence> clear(const std::vector<std::string>& lines) {
  std::vector<Evidence> out;
  for (const std::string& line : lines) {
    Evidence evidence;
    for (const char c : line) evidence.push_back(slot(c, 0.9999));
    out.push_back(evidence);
  }
  return out;
}

const std::vector<std::string> Utopia = {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                         "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};

ReadZone read(Format format, const std::vector<Evidence>& evidence) {
  return {decode_format(format, evidence), evidence, {}, 0, {}};
}

Grade grade_of(const GradedZone& zone, icao::FieldName name) {
  for (const GradedField& field : zone.fields) {
    if (field.field.name == name) return field.grade;
  }
  return Grade::Inconsistent;
}

TEST(MrzDecode, ClearZoneIsChecked) {
  const ReadZone zone = read(Format::TD3, clear(Utopia));
  EXPECT_EQ(zone.decoding.lines, Utopia);
  const GradedZone graded = grade(zone);
  EXPECT_EQ(graded.grade, Grade::Checked);
  EXPECT_EQ(grade_of(graded, icao::FieldName::Surname), Grade::Unconfirmed);
  EXPECT_EQ(grade_of(graded, icao::FieldName::Issuer), Grade::Unconfirmed);
}

TEST(MrzDecode, CheckDigitsRepairAnUnreadableCharacter) {
  for (const std::size_t column : {2U, 14U, 22U, 29U}) {
    std::vector<Evidence> evidence = clear(Utopia);
    std::array<LogProb, Classes>& damaged = evidence[1][column];
    damaged.fill(-5 * Nat);
    damaged[icao::Alphabet.find(Utopia[1][column])] = -2 * Nat;
    damaged[icao::Alphabet.find(Utopia[1][column] == '3' ? '5' : '3')] = -Nat;  // seen wrong
    const ReadZone zone = read(Format::TD3, evidence);
    EXPECT_EQ(zone.decoding.lines, Utopia) << column;
    // What a check digit chose against the pixels is not proved by it.
    EXPECT_NE(grade(zone).grade, Grade::Inconsistent);
  }
}

TEST(MrzDecode, ClearContradictionStaysAsItStands) {
  std::vector<std::string> forged = Utopia;
  forged[1][2] = '7';  // the number no longer agrees with its check digit
  const ReadZone zone = read(Format::TD3, clear(forged));
  EXPECT_EQ(zone.decoding.lines, forged);
  const GradedZone graded = grade(zone);
  EXPECT_EQ(grade_of(graded, icao::FieldName::DocumentNumber), Grade::Inconsistent);
  EXPECT_EQ(graded.grade, Grade::Inconsistent);
}

TEST(MrzDecode, BlindPartnersAreNeverProvedByCheckDigits) {
  // '8' against 'S': equal modulo 10, so no check digit can tell them apart; only the pixels can.
  std::vector<Evidence> evidence = clear(Utopia);
  evidence[1][1][icao::Alphabet.find('8')] = -Nat;
  evidence[1][1][icao::Alphabet.find('S')] = -Nat * 3 / 2;
  const ReadZone zone = read(Format::TD3, evidence);
  EXPECT_EQ(zone.decoding.lines, Utopia);
  const GradedZone graded = grade(zone);
  EXPECT_EQ(grade_of(graded, icao::FieldName::DocumentNumber), Grade::Doubtful);
  ASSERT_FALSE(graded.fields.empty());
  for (const GradedField& field : graded.fields) {
    if (field.field.name != icao::FieldName::DocumentNumber) continue;
    ASSERT_EQ(field.alternatives.size(), 1U);
    EXPECT_EQ(field.alternatives[0], "LS98902C3");
  }
}

// As in print of another face: here and there a letter is taken for another, far from every field that is checked.
TEST(MrzDecode, OfAPrintThatIsUnlikeNothingIsSure) {
  std::vector<Evidence> evidence = clear(Utopia);
  for (std::size_t column = 1; column <= 4; ++column) {
    std::array<LogProb, Classes>& slot = evidence[0][column * 10];
    slot.fill(-9 * Nat);
    slot[icao::Alphabet.find('<')] = -3 * Nat / 2;
    slot[icao::Alphabet.find('5')] = -Nat / 2;  // which no name has
    const GradedZone graded = grade(read(Format::TD3, evidence));
    ASSERT_FALSE(graded.fields.empty());
    EXPECT_EQ(graded.grade, column > 3 ? Grade::Doubtful : Grade::Checked) << column;
    if (column <= 3) continue;
    for (const GradedField& field : graded.fields) {
      EXPECT_EQ(field.grade, Grade::Doubtful);
      EXPECT_EQ(field.why, Withheld::Unlike);
    }
  }
}

TEST(MrzDecode, LongNumberOfACard) {
  const std::vector<std::string> card = {"I<UTOD23145890<7349<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                                         "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"};
  std::vector<Evidence> evidence = clear(card);
  evidence[0][16].fill(-3 * Nat);  // one digit of the rest is unreadable
  const ReadZone zone = read(Format::TD1, evidence);
  EXPECT_EQ(zone.decoding.lines, card);
}

TEST(MrzDecode, LongNumberOfAMiddleCardIsRepairedAcrossTheDates) {
  // Doc 9303-6 note j: D23145890734, its rest and check digit behind the expiry.
  const std::vector<std::string> card = {"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                                         "D23145890<UTO7408122F12041597349<<<2"};
  ASSERT_EQ(icao::parse_zone(card)->composite, icao::Check::Holds);
  for (const std::size_t column : {2U, 29U, 31U}) {
    std::vector<Evidence> evidence = clear(card);
    evidence[1][column].fill(-3 * Nat);
    const ReadZone zone = read(Format::TD2, evidence);
    EXPECT_EQ(zone.decoding.lines, card) << column;
    const GradedZone graded = grade(zone);
    EXPECT_TRUE(graded.zone.field(icao::FieldName::DocumentNumber)->has(icao::Flag::LongNumber));
  }
  EXPECT_EQ(grade(read(Format::TD2, clear(card))).grade, Grade::Checked);
}

TEST(MrzDecode, ImpossibleDateIsInconsistentAndKept) {
  std::vector<std::string> odd = Utopia;
  odd[1].replace(13, 7, "741499" + std::string(1, icao::check_digit("741499")));
  std::string joined = odd[1].substr(0, 10) + odd[1].substr(13, 7) + odd[1].substr(21, 22);
  odd[1][43] = icao::check_digit(joined);
  const ReadZone zone = read(Format::TD3, clear(odd));
  EXPECT_EQ(zone.decoding.lines, odd);
  EXPECT_EQ(grade_of(grade(zone), icao::FieldName::BirthDate), Grade::Inconsistent);
}

// Property: a valid zone, one character of each checked field made unreadable, comes back whole; no field whose
// evidence was misleading is ever wrong and checked.
TEST(MrzDecode, RandomZonesWithRepairableDamage) {
  std::mt19937 random(5);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  int whole = 0;
  constexpr int Rounds = 60;
  for (int round = 0; round < Rounds; ++round) {
    std::string number;
    for (int i = 0; i < 9; ++i) number += static_cast<char>(below(4) == 0 ? 'A' + below(26) : '0' + below(10));
    const std::string birth = std::to_string(500101 + 10000 * below(40) + 100 * below(9) + below(18));
    const std::string expiry = std::to_string(200101 + 10000 * below(14) + 100 * below(9) + below(18));
    std::string second = number + icao::check_digit(number) + "UTO" + birth + icao::check_digit(birth) + "M" + expiry +
                         icao::check_digit(expiry) + "<<<<<<<<<<<<<<0";
    second += icao::check_digit(second.substr(0, 10) + second.substr(13, 7) + second.substr(21, 22));
    const std::vector<std::string> truth = {Utopia[0], second};
    std::vector<Evidence> evidence = clear(truth);
    for (const auto& [begin, length] : {std::pair<std::size_t, std::size_t>{0, 9}, {13, 6}, {21, 6}}) {
      const std::size_t column = begin + below(length);
      std::array<LogProb, Classes>& damaged = evidence[1][column];
      for (LogProb& v : damaged) v = -4 * Nat - static_cast<LogProb>(below(Nat));
      damaged[icao::Alphabet.find(second[column])] = -Nat;
    }
    const ReadZone zone = read(Format::TD3, evidence);
    whole += zone.decoding.lines == truth ? 1 : 0;
    for (const GradedField& field : grade(zone).fields) {
      if (field.grade != Grade::Checked) continue;
      EXPECT_EQ(field.field.raw, icao::parse_zone(truth)->field(field.field.name)->raw);
    }
  }
  EXPECT_GE(whole, Rounds * 95 / 100);
}

TEST(MrzGrammar, EveryPlanWalksEachPlaceOnce) {
  for (const Format format : icao::all_formats()) {
    for (int rest = 0; rest <= longest_rest(format); ++rest) {
      const std::vector<Place> places = plan(format, rest);
      const icao::Layout& layout = icao::layout_of(format);
      std::set<std::pair<int, int>> met;
      for (const Place& place : places) met.emplace(place.line, place.column);
      std::size_t slots = 0;
      for (const std::uint8_t width : layout.widths) slots += width;
      EXPECT_EQ(places.size(), slots);
      EXPECT_EQ(met.size(), slots);
      int composites = 0;
      for (const Place& place : places) composites += place.checks_composite ? 1 : 0;
      EXPECT_EQ(composites, layout.composite ? 1 : 0);
    }
  }
}

}  // namespace
}  // namespace careo::mrz
