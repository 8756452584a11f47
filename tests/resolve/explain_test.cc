// SPDX-License-Identifier: Apache-2.0
#include "resolve/explain.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace careo {
namespace {

// A zone of one line of five characters, so that it can be followed by eye.
std::string value(const std::string& characters) {
  return R"({"format":"TD3","lines":["AB8<1"],"fields":{)"
         R"("document_number":{"raw":"B8","value":"B8","grade":"doubtful","check":"holds","why":"doubt","at":[0,2],)"
         R"("alternatives":["BB"]},)"
         R"("birth_date":{"raw":"1","value":"1","grade":"checked","check":"holds"},)"
         R"("sex":{"raw":"<","value":"X","grade":"unconfirmed","why":"no_check_digit","at":[0,3]}},)"
         R"("characters":[)" +
         characters + "]}";
}
const std::string kCharacters =
    R"({"margins":"zz2c5","leads":"zz8cf","others":"4AB4I","slots":[100,50,200,50,300,50,400,50,0,99]})";

TEST(Explain, MarksStandUnderWhatIsInDoubtAndFieldsHaveASentence) {
  const auto zone = explain_zone(value(kCharacters));
  ASSERT_TRUE(zone) << zone.error().text();
  ASSERT_EQ(zone->characters.size(), 1U);
  const SeenCharacter& third = zone->characters[0][2];
  EXPECT_EQ(third.best, '8');
  EXPECT_EQ(third.other, 'B');
  EXPECT_EQ(third.margin, 2);
  EXPECT_EQ(third.lead, -2);
  EXPECT_DOUBLE_EQ(third.x, 25);
  EXPECT_DOUBLE_EQ(third.y, 5);
  EXPECT_DOUBLE_EQ(zone->characters[0][0].x, 10);
  EXPECT_DOUBLE_EQ(zone->characters[0][4].x, 40);
  const std::vector<std::string> text = explanation_text(*zone);
  ASSERT_GE(text.size(), 5U);
  EXPECT_EQ(text[0], "AB8<1");
  EXPECT_EQ(text[1], "  ! .");
  EXPECT_EQ(text[2], "document_number  B8  (doubtful: line 1, character 3 may be B instead of 8 (1 in 8))  or BB");
  EXPECT_EQ(text[3], "birth_date       1  (checked: its check digit holds, and no other reading is nearly as likely)");
}

TEST(Explain, WhatAnOlderReaderGaveIsShownWithoutMarks) {
  const auto zone =
      explain_zone(R"({"format":"TD3","lines":["AB"],"fields":{"sex":{"value":"M","grade":"unconfirmed"}}})");
  ASSERT_TRUE(zone);
  EXPECT_TRUE(zone->characters.empty());
  EXPECT_EQ(explanation_text(*zone), (std::vector<std::string>{"AB", "sex  M  (unconfirmed)"}));
}

TEST(Explain, NothingOfAWorkerIsTakenOnTrust) {
  const char* broken[] = {
      "", "[]", R"({"lines":[]})", R"({"lines":["a"]})", R"({"lines":["A","A","A","A"]})",
  };
  for (const char* each : broken) EXPECT_FALSE(explain_zone(each)) << each;
  const std::pair<std::string, std::string> changes[] = {
      {"zz2c5", "zz2c"}, {"zz2c5", "zz2cZ"}, {"zz8cf", "zz8cfa"}, {"4AB4I", "4AB4i"},
      {",0,99]", ",0]"}, {"400,50", "400"},  {"others", "other"},
  };
  for (const auto& [from, to] : changes) {
    std::string text = kCharacters;
    text.replace(text.find(from), from.size(), to);
    EXPECT_FALSE(explain_zone(value(text))) << text;
  }
  EXPECT_FALSE(explain_zone(value(kCharacters + "," + kCharacters)));
  // Places outside the zone are told as no place.
  std::string far = value(kCharacters);
  far.replace(far.find("[0,2]"), 5, "[9,-2]");
  ASSERT_TRUE(explain_zone(far));
  EXPECT_EQ(explain_zone(far)->fields[0].sentence, "a character may be another instead of it");
}

TEST(Explain, JsonForPrograms) {
  JsonWriter json;
  write_explanation(&json, *explain_zone(value(kCharacters)));
  const auto parsed = Json::parse(json.str());
  ASSERT_TRUE(parsed);
  const Json& third = (*parsed)["characters"].items()[0].items()[2];
  EXPECT_EQ(third["c"].text(), "8");
  EXPECT_EQ(third["other"].text(), "B");
  EXPECT_EQ(third["lead"].integer(), -2);
  EXPECT_FALSE((*parsed)["fields"]["sex"].text().empty());
}

}  // namespace
}  // namespace careo
