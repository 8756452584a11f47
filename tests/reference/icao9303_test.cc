// SPDX-License-Identifier: Apache-2.0
#include "reference/icao9303.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "reference/countries.h"
#include "reference/icao9303_names.h"
#include "reference/icao9303_zone.h"

namespace careo::icao {
namespace {

TEST(Icao9303, CheckDigitOfThePublishedExamples) {
  // Doc 9303-3 4.9, examples 1 to 3.
  EXPECT_EQ(check_digit("520727"), '3');
  EXPECT_EQ(check_digit("AB2134<<<"), '5');
  EXPECT_EQ(check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), '8');
}

TEST(Icao9303, BlindPartnersAreEqualModuloTen) {
  for (const char* pair : {"<K", "<A", "<U", "<0", "8S", "8I", "6G", "6Q", "1L", "1B", "4O", "4E"}) {
    EXPECT_TRUE(blind(pair[0], pair[1])) << pair;
  }
  EXPECT_FALSE(blind('8', 'B'));
  EXPECT_FALSE(blind('0', 'O'));
  EXPECT_FALSE(blind('A', 'A'));
}

TEST(Icao9303, EveryLayoutCoversEachColumnOnce) {
  for (const Format format : all_formats()) {
    const Layout& layout = layout_of(format);
    std::vector<std::vector<int>> used;
    for (const std::uint8_t width : layout.widths) used.emplace_back(width);
    for (const FieldLayout& field : layout.fields) {
      for (std::size_t c = field.run.begin; c < field.run.end; ++c) ++used[field.run.line][c];
      if (field.check >= 0) ++used[field.run.line][static_cast<std::size_t>(field.check)];
    }
    if (layout.composite) ++used[layout.composite->line][layout.composite->column];
    for (const FixedText& fixed : layout.fixed) {
      for (std::size_t i = 0; i < fixed.text.size(); ++i) {
        int& count = used[fixed.line].at(fixed.column + i);
        count = std::max(count, 1);
      }
    }
    for (const std::vector<int>& line : used) {
      for (std::size_t c = 0; c < line.size(); ++c) EXPECT_EQ(line[c], 1) << name_of(format) << ' ' << c;
    }
  }
}

TEST(Icao9303Zone, PassportOfUtopia) {
  const auto zone =
      parse_zone({"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"});
  ASSERT_TRUE(zone) << zone.error().text();
  EXPECT_EQ(zone->format, Format::TD3);
  EXPECT_EQ(zone->composite, Check::Holds);
  EXPECT_EQ(zone->field(FieldName::Surname)->value, "ERIKSSON");
  EXPECT_EQ(zone->field(FieldName::GivenNames)->value, "ANNA MARIA");
  EXPECT_EQ(zone->field(FieldName::DocumentNumber)->value, "L898902C3");
  EXPECT_EQ(zone->field(FieldName::BirthDate)->value, "1974-08-12");
  EXPECT_TRUE(zone->field(FieldName::BirthDate)->alternatives.empty());
  EXPECT_EQ(zone->field(FieldName::ExpiryDate)->value, "2012-04-15");
  EXPECT_EQ(zone->field(FieldName::Optional)->value, "ZE184226B");
  EXPECT_EQ(zone->field(FieldName::Optional)->check, Check::Holds);
  EXPECT_EQ(zone->field(FieldName::Sex)->value, "F");
}

TEST(Icao9303Zone, LongNumberGoesOnInTheOptionalData) {
  // Doc 9303-5, note j: the number is D23145890734, its check digit 9.
  const auto zone = parse_zone(
      {"I<UTOD23145890<7349<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"});
  ASSERT_TRUE(zone);
  const Field* number = zone->field(FieldName::DocumentNumber);
  EXPECT_EQ(number->value, "D23145890734");
  EXPECT_EQ(number->check, Check::Holds);
  EXPECT_TRUE(number->has(Flag::LongNumber));
  EXPECT_EQ(zone->field(FieldName::Optional)->value, "");
}

TEST(Icao9303Zone, BothCenturiesWhereNothingDecides) {
  const DateReading young = read_birth("050612", "2012-04-15");
  EXPECT_EQ(young.value, "2005-06-12");
  ASSERT_EQ(young.alternatives.size(), 1U);
  EXPECT_EQ(young.alternatives[0], "1905-06-12");
  EXPECT_EQ(read_birth("740812", "2012-04-15").value, "1974-08-12");
  EXPECT_EQ(read_birth("740812", "").alternatives.size(), 1U);
  EXPECT_EQ(read_expiry("991231").value, "1999-12-31");
  EXPECT_EQ(read_expiry("350101").value, "2035-01-01");
}

TEST(Icao9303Zone, UnknownPartsAndImpossibleDates) {
  EXPECT_EQ(read_birth("65<<<<", "2012-04-15").value, "1965");
  EXPECT_EQ(read_birth("6512<<", "2012-04-15").value, "1965-12");
  EXPECT_TRUE(read_birth("6512<<", "2012-04-15").unknown_parts);
  EXPECT_EQ(read_birth("<<<<<<", "2012-04-15").value, "");
  EXPECT_FALSE(read_birth("<<<<<<", "2012-04-15").impossible);
  EXPECT_TRUE(read_birth("110229", "2012-04-15").impossible);
  EXPECT_EQ(read_birth("000229", "2012-04-15").value, "2000-02-29");
  EXPECT_TRUE(read_birth("741399", "2012-04-15").impossible);
  EXPECT_TRUE(read_expiry("12A415").impossible);
}

TEST(Icao9303Zone, FailedCheckIsMarkedAndKept) {
  const auto zone =
      parse_zone({"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C46UTO7408122F1204159ZE184226B<<<<<10"});
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->field(FieldName::DocumentNumber)->check, Check::Fails);
  EXPECT_EQ(zone->field(FieldName::DocumentNumber)->value, "L898902C4");
  EXPECT_EQ(zone->composite, Check::Fails);
}

TEST(Icao9303Zone, NamesTruncatedAndWithoutSecondary) {
  const auto full =
      parse_zone({"P<UTOBENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNA", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"});
  ASSERT_TRUE(full);
  EXPECT_TRUE(full->field(FieldName::Surname)->has(Flag::Truncated));
  EXPECT_EQ(full->field(FieldName::GivenNames)->value, "");
  const auto single =
      parse_zone({"P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"});
  ASSERT_TRUE(single);
  EXPECT_EQ(single->field(FieldName::Surname)->value, "ARKFREITH");
  EXPECT_FALSE(single->field(FieldName::Surname)->has(Flag::Truncated));
}

TEST(Icao9303Zone, UnknownCodesAreFlaggedNotDropped) {
  const auto zone =
      parse_zone({"P<QQQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36D<<7408122F1204159ZE184226B<<<<<10"});
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->field(FieldName::Issuer)->value, "QQQ");
  EXPECT_TRUE(zone->field(FieldName::Issuer)->has(Flag::UnknownCode));
  EXPECT_EQ(zone->field(FieldName::Nationality)->value, "D");
  EXPECT_FALSE(zone->field(FieldName::Nationality)->has(Flag::UnknownCode));
}

TEST(Icao9303Zone, FrenchCard) {
  // A card of an invented holder, laid out as the French identity card of 1987.
  std::string first = "IDFRAZUBROWSKI<<<<<<<<<<<<<<<<952042";
  std::string second = "050595200274";
  second += check_digit(second);
  second += "ANNA<<MARIA<<<";
  second += "780612";
  second += check_digit("780612");
  second += "F";
  second += check_digit(first + second);
  const auto zone = parse_zone({first, second});
  ASSERT_TRUE(zone) << zone.error().text();
  EXPECT_EQ(zone->format, Format::FrenchId);
  EXPECT_EQ(zone->composite, Check::Holds);
  EXPECT_EQ(zone->field(FieldName::GivenNames)->value, "ANNA MARIA");
  EXPECT_EQ(zone->field(FieldName::DocumentNumber)->value, "050595200274");
}

TEST(Icao9303Zone, ShapesThatAreNoZone) {
  EXPECT_FALSE(parse_zone(std::vector<std::string>{}));
  EXPECT_FALSE(parse_zone({"P<UTO"}));
  EXPECT_FALSE(parse_zone({std::string(44, '<'), std::string(43, '<')}));
  EXPECT_FALSE(parse_zone({std::string(44, 'a'), std::string(44, '<')}));
  EXPECT_TRUE(parse_zone({std::string(44, '<'), std::string(44, '<')}));
}

TEST(Icao9303Zone, EveryTrueLineOfTheSharedSpecimens) {
  std::ifstream in(CAREO_SOURCE_DIR "/../shared/data/ids/truth.tsv");
  if (!in) GTEST_SKIP() << "skipped: ../shared/data/ids is not here";
  std::string row;
  std::getline(in, row);
  int zones = 0;
  while (std::getline(in, row)) {
    std::vector<std::string> lines;
    const std::vector<std::string_view> cells = split(row, '\t');
    for (std::size_t i = 2; i < cells.size(); ++i) {
      if (!cells[i].empty()) lines.emplace_back(cells[i]);
    }
    const auto zone = parse_zone(lines);
    ASSERT_TRUE(zone) << row;
    ++zones;
    EXPECT_NE(zone->composite, Check::Fails) << row;
    for (const Field& field : zone->fields) {
      EXPECT_NE(field.check, Check::Fails) << row << ' ' << name_of(field.name);
      if (field.name == FieldName::ExpiryDate) {
        EXPECT_FALSE(field.value.empty()) << row;
      }
    }
    EXPECT_FALSE(zone->field(FieldName::Surname)->value.empty()) << row;
  }
  EXPECT_GE(zones, 31);
}

TEST(Icao9303Names, EverySpellingAStateMayChoose) {
  EXPECT_EQ(mrz_names("Müller"), (std::vector<std::string>{"MUELLER", "MUXXLLER", "MULLER"}));
  EXPECT_EQ(mrz_names("D'Artagnan"), std::vector<std::string>{"DARTAGNAN"});
  EXPECT_EQ(mrz_names("Marie-Élise"), std::vector<std::string>{"MARIE<ELISE"});
  EXPECT_EQ(mrz_names("Шевченко").front(), "SHEVCHENKO");
  EXPECT_TRUE(mrz_may_be("HNATIUK", "Гнатюк"));
  EXPECT_TRUE(mrz_may_be("SHCHERBAKOV", "Щербаков"));
  EXPECT_TRUE(mrz_may_be("SHTERBAKOV<<<", "Щербаков"));
  EXPECT_FALSE(mrz_may_be("IVANOV", "Щербаков"));
  EXPECT_TRUE(mrz_names("李").empty());
  EXPECT_TRUE(mrz_names("").empty());
  EXPECT_LE(mrz_names("ГГГГГГГГГГГГГГГГГГГГ").size(), 64U);
  // Doc 9303-3 section 6 C, Arabic: "X" begins an escape, vowel signs are not written.
  EXPECT_EQ(mrz_names("محمد"), std::vector<std::string>{"MXHMD"});
  EXPECT_EQ(mrz_names("مُحَمَّد"), std::vector<std::string>{"MXHMD"});
  EXPECT_EQ(mrz_names("خالد شريف"), std::vector<std::string>{"XKHALD<XSHRYF"});
  EXPECT_TRUE(mrz_may_be("NUNXXEZ<DE<LA<PENA", "Núñez de la Peña"));
}

TEST(Icao9303Names, EscapesOfArabicArePlainLetters) {
  EXPECT_EQ(without_escapes("mxhmd"), "mhmd");
  EXPECT_EQ(without_escapes("xkhald"), "khald");
  EXPECT_EQ(without_escapes("xshryf"), "shryf");
  EXPECT_EQ(without_escapes("xaexhmd"), "ahmd");
  for (const char* word : {"", "alexei", "hoxha", "xhafer", "roxana", "maxim", "felix", "dixon"}) {
    EXPECT_EQ(without_escapes(word), "") << word;
  }
}

TEST(Countries, KnownSpecialAndUnknownCodes) {
  ASSERT_NE(country_of("UKR"), nullptr);
  EXPECT_EQ(country_of("UKR")->alpha2, "UA");
  for (const char* code : {"D", "GBD", "GBN", "GBO", "GBP", "GBS", "RKS", "EUE", "UNO", "UNA", "XOM", "XPO", "XXA",
                           "XXB", "XXC", "XXX", "UTO"}) {
    EXPECT_NE(country_of(code), nullptr) << code;
  }
  EXPECT_EQ(country_of("QQQ"), nullptr);
  EXPECT_EQ(country_of(""), nullptr);
  EXPECT_GE(countries().size(), 280U);
}

}  // namespace
}  // namespace careo::icao
