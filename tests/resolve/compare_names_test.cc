// SPDX-License-Identifier: Apache-2.0
#include "resolve/compare_names.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

std::string_view band(std::string_view a, std::string_view b) {
  return name_of(compare_names(make_name(a), make_name(b)).band);
}

TEST(CompareNames, OneNameWrittenInManyWays) {
  EXPECT_EQ(band("Ana Maria García", "GARCIA, Ana María"), "same");
  EXPECT_EQ(band("Юрий Щербаков", "Yuriy Shcherbakov"), "same");
  EXPECT_EQ(band("Iurii Scherbakov", "Юрий Щербаков"), "same");
  EXPECT_EQ(band("Jürgen Müller", "JUERGEN MUELLER"), "same");
  EXPECT_EQ(band("Nuñez Peña, José", "JOSE NUNXXEZ PENXXA"), "same");
  EXPECT_EQ(band("Mr. John Smith", "John Smith"), "same");
  EXPECT_EQ(band("Abd al Rahman Hassan", "Abdalrahman Hassan"), "same");
  EXPECT_EQ(band("Jose de la Cruz", "José Cruz"), "same");
}

TEST(CompareNames, VariantsAndOmissionsAreProbable) {
  EXPECT_EQ(band("Хорхе Гонсалес", "Jorge Gonzalez"), "probable");
  EXPECT_EQ(band("VLADIMIR PUTIN", "PUTIN, Vladimir Vladimirovich"), "probable");
  EXPECT_EQ(band("Ana Garcia", "Ana Maria Garcia Lopez"), "probable");
  EXPECT_EQ(band("Yuri Shcherbakov", "Iurii Scherbakov"), "probable");  // two Latin spellings of one Cyrillic name
  EXPECT_EQ(band("Olaf Scholze", "Olaf Scholz"), "probable");
}

TEST(CompareNames, OtherPersons) {
  EXPECT_EQ(band("VLADIMIR PUTIN", "VLADIMIR VINOGRADOV"), "different");
  EXPECT_EQ(band("Angelo Cruz", "Angela Merkel"), "different");
  EXPECT_EQ(band("Juan Garcia", "Pedro Garcia"), "different");
  EXPECT_EQ(band("", "Pedro Garcia"), "different");
}

TEST(CompareNames, IsTheSameBothWays) {
  const std::vector<std::string> names = {"Ana Maria García", "Garcia, Ana",  "Юрий Щербаков", "Shcherbakov Y.",
                                          "Juan de la Cruz",  "Joao da Cruz", "Mohamed Ali",   "M. Ali",
                                          "Ivanova Anna",     "Ivanov, Anna"};
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      const NameComparison one = compare_names(make_name(a), make_name(b));
      const NameComparison other = compare_names(make_name(b), make_name(a));
      EXPECT_EQ(one.band, other.band) << a << " / " << b;
      EXPECT_NEAR(one.bits, other.bits, 1e-9) << a << " / " << b;
    }
  }
}

TEST(CompareNames, TruncatedNamesOfZonesMeetTheWhole) {
  const PersonName cut = make_name("NILAVADHANANANDA CHAYAPA DEJTHAMRONG KRASUA", "PAPANDROPOULOUS", true);
  const PersonName whole = make_name("NILAVADHANANANDA CHAYAPA DEJTHAMRONG KRASUANG", "PAPANDROPOULOUS");
  EXPECT_EQ(compare_names(cut, whole).band, NameBand::Same);
}

TEST(CompareNames, TwinsAreToldByTheirGivenNames) {
  const NameComparison twins = compare_names(make_name("PEDRO", "GARCIA LOPEZ"), make_name("PABLO", "GARCIA LOPEZ"));
  EXPECT_TRUE(twins.given_differ);
  EXPECT_NE(twins.band, NameBand::Same);
}

TEST(CompareNames, JsonSaysForAgainstAndAbsent) {
  const NameComparison result = compare_names(make_name("Ana Garcia"), make_name("Ana Lopez Diaz"));
  const auto json = Json::parse(comparison_json("Ana Garcia", "Ana Lopez Diaz", result));
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["band"].text(), "different");
  EXPECT_EQ((*json)["for"].items().size(), 1U);
  EXPECT_EQ((*json)["against"].items().size(), 1U);
  EXPECT_EQ((*json)["absent"].items().size(), 1U);
}

TEST(CompareNames, WhatAZoneMakesOfANameIsThatName) {
  const auto band = [](std::string_view zone, std::string_view name) {
    return compare_names(make_name(zone), make_name(name)).band;
  };
  // Doc 9303-3 section 6: A, B and C.
  EXPECT_EQ(band("NUNXXEZ PENA JOSE", "Núñez Peña José"), NameBand::Same);
  EXPECT_EQ(band("MUXXLLER JUERGEN", "Müller Jürgen"), NameBand::Same);
  EXPECT_EQ(band("MUELLER JURGEN", "Müller Jürgen"), NameBand::Same);
  EXPECT_EQ(band("SHCHERBAKOV HRYHORII", "Щербаков Григорій"), NameBand::Same);
  EXPECT_EQ(band("SHTERBAKOV GEORGI", "Щербаков Георги"), NameBand::Same);
  // Consonants alone: enough to look at, never enough to be sure.
  EXPECT_EQ(band("MXHMD XKHALD", "محمد خالد"), NameBand::Possible);
  EXPECT_EQ(band("HOXHA ENVER", "Hoxha Enver"), NameBand::Same);
  EXPECT_EQ(band("MXHMD XKHALD", "علي حسن"), NameBand::Different);
}

TEST(CompareNames, ANameThatAFullZoneShortened) {
  // Doc 9303-4, 4.2.3: parts of a name may be shortened, and left out at the end.
  const PersonName whole = make_name("Chayapa Dejthamrong Krasuang", "Nilavadhanananda");
  const PersonName cut = make_name("CHAYAPA DEJTHAMRONG K", "NILAVADHANANANDA", true);
  const PersonName shortened = make_name("CHAYAPA DEJTH KRASU", "NILAVADHANANANDA", true);
  const PersonName left_out = make_name("CHAYAPA DEJTHAMRONG", "NILAVADHANANANDA", true);
  for (const PersonName& each : {cut, shortened, left_out}) {
    const NameBand band = compare_names(each, whole).band;
    EXPECT_TRUE(band == NameBand::Same || band == NameBand::Probable) << each.print();
  }
  const PersonName other = make_name("PETCHARAT DEJTH KRASU", "NILAVADHANANANDA", true);
  EXPECT_NE(compare_names(other, whole).band, NameBand::Same);
}

}  // namespace
}  // namespace careo
