// SPDX-License-Identifier: Apache-2.0
#include "read/place.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

// "in CU: Havana" for each place of the text.
std::vector<std::string> places(std::string_view text, std::string_view language) {
  std::vector<std::string> out;
  const Tokens tokens(text);
  for (const PlaceMention& each : places_in(tokens, language))
    out.push_back((each.at.empty() ? "" : std::string(each.at) + " ") + each.place->country + ": " +
                  std::string(tokens.written(each.from, each.to)));
  return out;
}

using Strings = std::vector<std::string>;

TEST(Place, SaysWhetherSomethingIsThere) {
  EXPECT_EQ(places("They flew from Havana to Moscow, he said in the United States.", "en"),
            (Strings{"from CU: Havana", "RU: Moscow", "in US: United States"}));
  EXPECT_EQ(places("At least 200 travelled to Russia; the UK and the U.S. knew.", "en"),
            (Strings{"to RU: Russia", "GB: UK", "US: U.S."}));
  EXPECT_EQ(places("Salieron desde La Habana rumbo a Moscú y firmaron en los Estados Unidos (EE. UU.).", "es"),
            (Strings{"from CU: La Habana", "to RU: Moscú", "in US: Estados Unidos", "US: EE. UU."}));
}

TEST(Place, KnowsADateline) {
  EXPECT_EQ(places("14ymedio, Havana, 28 September 2023 — The ambassador spoke.", "en"), (Strings{"in CU: Havana"}));
}

TEST(Place, IsFoundInItsSlavicCases) {
  EXPECT_EQ(places("Он приехал из Кубы, жил в Москве, воевал на Украине и говорил о США.", "ru"),
            (Strings{"from CU: Кубы", "in RU: Москве", "in UA: Украине", "US: США"}));
  EXPECT_EQ(places("Вони були на Кубі та у Києві, а потім в Україні.", "uk"),
            (Strings{"in CU: Кубі", "in UA: Києві", "in UA: Україні"}));
  EXPECT_EQ(places("Из Чили в Токио и обратно в Мали", "ru"),
            (Strings{"from CL: Чили", "in JP: Токио", "in ML: Мали"}));
}

TEST(Place, LeavesPersonsPapersAndGovernmentsAlone) {
  EXPECT_EQ(places("Israel Duarte told the Moscow Times. Moscow denied it.", "en"), Strings{});
  EXPECT_EQ(places("Let us go; Us too. He came back to work in May.", "en"), Strings{});
  EXPECT_EQ(places("His brother lives in Jordan.", "en"), (Strings{"in JO: Jordan"}));
}

TEST(Place, IsAReadingWithItsSpan) {
  Text text;
  text.utf8 = "Señores, en Cuba.";
  text.language = "es";
  const std::vector<Reading> read = place_reader().read(text);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].raw, "Cuba");
  EXPECT_EQ(read[0].region.text->begin, 12U);
  EXPECT_EQ(read[0].value, R"({"name":"Cuba","country":"CU","city":false,"at":"in"})");
}

}  // namespace
}  // namespace careo
