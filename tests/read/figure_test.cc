// SPDX-License-Identifier: Apache-2.0
#include "read/figure/figure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/json.h"

namespace careo {
namespace {

using Cmp = FigureMention::Cmp;

std::vector<FigureMention> read(std::string_view text, std::string_view language) {
  const Tokens tokens(text);
  return figures_in(tokens, language, dates_in(tokens, language));
}

struct Case {
  const char* language;
  const char* text;
  double value;
  Cmp cmp;
  const char* unit;
  const char* counted;
};

class FigureTable : public ::testing::TestWithParam<Case> {};

// A row of a sheet, cells parted by tabs: a space parts groups of a figure, a tab figures.
TEST(Figures, TwoCellsAreTwoFigures) {
  const auto row = read("10\t100", "en");
  ASSERT_EQ(row.size(), 2U);
  EXPECT_EQ(row[0].value, 10);
  EXPECT_EQ(row[1].value, 100);
  ASSERT_EQ(read("10 100", "en").size(), 1U);
}

TEST_P(FigureTable, IsReadAs) {
  const Case& expected = GetParam();
  const auto found = read(expected.text, expected.language);
  ASSERT_EQ(found.size(), 1u) << expected.text;
  EXPECT_NEAR(found[0].value.value_or(-1), expected.value, 1e-9 * std::abs(expected.value)) << expected.text;
  EXPECT_EQ(found[0].cmp, expected.cmp) << expected.text;
  EXPECT_EQ(found[0].unit, expected.unit) << expected.text;
  EXPECT_EQ(found[0].counted, expected.counted) << expected.text;
}

INSTANTIATE_TEST_SUITE_P(
    English, FigureTable,
    ::testing::Values(Case{"en", "about 200 passports of sailors", 200, Cmp::Approx, "passports", "passports"},
                      Case{"en", "He gave 650 tons of vegetable oil.", 650, Cmp::Exact, "ton", "vegetable oil"},
                      Case{"en", "It totalled 451 million dollars.", 451e6, Cmp::Exact, "dollar", ""},
                      Case{"en", "worth $1.5 billion", 1.5e9, Cmp::Exact, "dollar", ""},
                      Case{"en", "two hundred and six letters", 206, Cmp::Exact, "letters", "letters"},
                      Case{"en", "more than 1,234 mails", 1234, Cmp::AtLeast, "mails", "mails"},
                      Case{"en", "at least fourteen identity documents", 14, Cmp::AtLeast, "identity documents",
                           "identity documents"},
                      Case{"en", "no more than 30 people in the documents", 30, Cmp::AtMost, "people", "people"},
                      Case{"en", "they are not more than 35", 35, Cmp::AtMost, "", ""},
                      Case{"en", "The passports are about 40.", 40, Cmp::Approx, "passports", "passports"},
                      Case{"en", "12 contracts or fewer", 12, Cmp::AtMost, "contracts", "contracts"},
                      Case{"en", "25 percent of the voters", 25, Cmp::Exact, "%", "voters"},
                      Case{"en", "The archive holds no visas.", 0, Cmp::Exact, "visas", "visas"},
                      Case{"en", "half a million euros", 500000, Cmp::Exact, "euro", ""},
                      Case{"en", "it took 3 1/2 miles", 3.5, Cmp::Exact, "mile", ""}));

INSTANTIATE_TEST_SUITE_P(
    Spanish, FigureTable,
    ::testing::Values(Case{"es", "unos 200 pasaportes de marineros", 200, Cmp::Approx, "pasaportes", "pasaportes"},
                      Case{"es", "cerca de doscientos correos", 200, Cmp::Approx, "correos", "correos"},
                      Case{"es", "una veintena de contratos", 20, Cmp::Exact, "contratos", "contratos"},
                      Case{"es", "más de 1.234 imágenes", 1234, Cmp::AtLeast, "imagenes", "imágenes"},
                      Case{"es", "1,234 pasaportes", 1234, Cmp::Exact, "pasaportes", "pasaportes"},
                      Case{"es", "al menos 17 documentos de identidad", 17, Cmp::AtLeast, "documentos de identidad",
                           "documentos de identidad"},
                      Case{"es", "hasta 30 personas", 30, Cmp::AtMost, "personas", "personas"},
                      Case{"es", "Los pasaportes no son más de 35.", 35, Cmp::AtMost, "pasaportes", "pasaportes"},
                      Case{"es", "no contiene ninguna visa", 0, Cmp::Exact, "visa", "visa"},
                      Case{"es", "dos mil millones de dólares", 2e9, Cmp::Exact, "dollar", ""},
                      Case{"es", "87 millones y medio de euros", 87.5e6, Cmp::Exact, "euro", ""},
                      Case{"es", "650 toneladas de aceite vegetal", 650, Cmp::Exact, "ton", "aceite vegetal"},
                      Case{"es", "treinta y cinco por ciento", 35, Cmp::Exact, "%", ""},
                      Case{"es", "3,5 kilómetros", 3.5, Cmp::Exact, "kilometer", ""}));

INSTANTIATE_TEST_SUITE_P(RussianAndUkrainian, FigureTable,
                         ::testing::Values(Case{"ru", "около 200 долларов", 200, Cmp::Approx, "dollar", ""},
                                           Case{"ru", "двадцать пять тысяч рублей", 25000, Cmp::Exact, "ruble", ""},
                                           Case{"uk", "понад 1 500 гривень", 1500, Cmp::AtLeast, "hryvnia", ""}));

TEST(Figure, HasIntervalForItsWords) {
  const auto about = read("about 200 passports", "en").at(0);
  EXPECT_EQ(about.low, 170);
  EXPECT_EQ(about.high, 230);
  const auto range = read("between 180 and 210 passports", "en").at(0);
  EXPECT_EQ(range.low, 180);
  EXPECT_EQ(range.high, 210);
  EXPECT_EQ(range.cmp, Cmp::Approx);
  const auto least = read("at least 40 visas", "en").at(0);
  EXPECT_EQ(least.low, 40);
  EXPECT_FALSE(least.high);
  const auto dozens = read("dozens of passports", "en").at(0);
  EXPECT_FALSE(dozens.value);
  EXPECT_EQ(dozens.cmp, Cmp::Unknown);
  EXPECT_EQ(dozens.low, 24);
  EXPECT_EQ(dozens.thing, "passports");
}

TEST(Figure, SplitsCountedThingAndPredicate) {
  const auto figure = read("Hackers leaked about 200 passports of islanders who are said to fight. More.", "en").at(0);
  EXPECT_EQ(figure.counted, "passports");
  EXPECT_EQ(figure.thing, "passports");
  EXPECT_EQ(figure.predicate, "of islanders who are said to fight");
}

// What is shown as the figure is what was read: without its negation it says the opposite.
TEST(Figure, BeginsWithTheNegationThatTurnsItsBound) {
  const auto raw = [](std::string_view words, std::string_view language) {
    Text text;
    text.utf8 = words;
    text.language = language;
    const auto readings = figure_reader().read(text);
    return readings.size() == 1 ? readings[0].raw : std::to_string(readings.size()) + " figures";
  };
  EXPECT_EQ(raw("Los contratos no son más de 10, dijo.", "es"), "no son más de 10");
  EXPECT_EQ(raw("no hay menos de doce personas", "es"), "no hay menos de doce personas");
  EXPECT_EQ(raw("The letters are not more than 35.", "en"), "not more than 35");
  EXPECT_EQ(raw("They aren't more than 35 letters.", "en"), "aren't more than 35 letters");
  EXPECT_EQ(raw("No, more than 35 letters.", "en"), "more than 35 letters");
}

TEST(Figure, NamesTheTimeOfItsSentence) {
  EXPECT_EQ(read("Trade in 2022 totalled 451 million dollars.", "en").at(0).period, "2022");
}

TEST(Figure, LeavesOutWhatIsNoFigure) {
  for (const char* text :
       {"on 28 September 2023", "call +53 7 555 0101 now", "write to a12345@example.org", "room no. 5",
        "passport F15016W96", "at 10:30 he left", "14ymedio reported", "192.168.1.2", "007", "1. First"})
    EXPECT_TRUE(read(text, "en").empty()) << text;
}

TEST(Figure, CountsSpansInCodePoints) {
  Text text;
  text.utf8 = "Señaló “unos 20 pasaportes”.";
  text.language = "es";
  const auto readings = figure_reader().read(text);
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(readings[0].raw, "unos 20 pasaportes");
  EXPECT_EQ(readings[0].region.text->begin, 8u);
  EXPECT_EQ(readings[0].region.text->end, 26u);
  const auto value = Json::parse(readings[0].value);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["cmp"].text(), "approx");
  EXPECT_EQ((*value)["value"].integer(), 20);
}

TEST(Figure, GoesOnBehindAPieceOfALongText) {
  Text text;
  text.language = "en";
  for (int i = 0; i < 40000; ++i) text.utf8 += "word ünd more.\n";
  text.utf8 += "There were 77 visas.";
  const auto readings = figure_reader().read(text);
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(readings[0].region.text->begin, 40000u * 15 + 11);
}

}  // namespace
}  // namespace careo
