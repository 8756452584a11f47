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

}  // namespace
}  // namespace careo
