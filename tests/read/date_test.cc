// SPDX-License-Identifier: Apache-2.0
#include "read/date/date.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

struct Case {
  const char* language;
  const char* text;
  const char* timex;
};

class DateTable : public ::testing::TestWithParam<Case> {};

TEST_P(DateTable, IsReadAs) {
  const Case& expected = GetParam();
  const Tokens tokens(expected.text);
  const auto found = dates_in(tokens, expected.language);
  ASSERT_EQ(found.size(), 1u) << expected.text;
  EXPECT_EQ(found[0].timex, expected.timex) << expected.text;
}

INSTANTIATE_TEST_SUITE_P(English, DateTable,
                         ::testing::Values(Case{"en", "Havana, 28 September 2023 — The", "2023-09-28"},
                                           Case{"en", "said on Wednesday", "XXXX-WXX-3"},
                                           Case{"en", "which in 2022 rose", "2022"},
                                           Case{"en", "the Cold War (1945-1991)", "(1945-01-01,1991-01-01,P46Y)"},
                                           Case{"en", "May 21, 2016", "2016-05-21"}, Case{"en", "in May", "XXXX-05"},
                                           Case{"en", "September 2023", "2023-09"},
                                           Case{"en", "2023-09-28", "2023-09-28"},
                                           Case{"en", "on 9/28/2023", "2023-09-28"}, Case{"en", "at 8:30 pm", "T20:30"},
                                           Case{"en", "for three days", "P3D"}, Case{"en", "half past seven", "T07:30"},
                                           Case{"en", "every Monday", "XXXX-WXX-1"},
                                           Case{"en", "from 4 to 22 May", "(XXXX-05-04,XXXX-05-22,P18D)"},
                                           Case{"en", "the 1970s", "(1970-01-01,1980-01-01,P10Y)"},
                                           Case{"en", "yesterday", "XXXX-XX-XX"}, Case{"en", "last week", "XXXX-WXX"}));

INSTANTIATE_TEST_SUITE_P(
    Spanish, DateTable,
    ::testing::Values(Case{"es", "el 15 de junio de 2016", "2016-06-15"}, Case{"es", "el miércoles", "XXXX-WXX-3"},
                      Case{"es", "en 2022 sumó", "2022"}, Case{"es", "septiembre de 2023", "2023-09"},
                      Case{"es", "28/09/2023", "2023-09-28"}, Case{"es", "a las 8 y media de la noche", "T20:30"},
                      Case{"es", "durante tres semanas", "P3W"},
                      Case{"es", "entre 2014 y 2018", "(2014-01-01,2018-01-01,P4Y)"},
                      Case{"es", "todos los días", "P1D"}, Case{"es", "pasado mañana", "XXXX-XX-XX"}));

INSTANTIATE_TEST_SUITE_P(RussianAndUkrainian, DateTable,
                         ::testing::Values(Case{"ru", "28 сентября 2023", "2023-09-28"},
                                           Case{"ru", "в среду", "XXXX-WXX-3"},
                                           Case{"uk", "28 вересня 2023", "2023-09-28"},
                                           Case{"uk", "28.09.2023", "2023-09-28"}));

TEST(Date, KeepsTheDistanceFromADayItDoesNotKnow) {
  const Tokens tokens("He left two days ago.");
  const auto found = dates_in(tokens, "en");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].offset, "-P2D");
  DateContext context;
  context.today = Date{2024, 3, 1};
  EXPECT_EQ(dates_in(tokens, "en", context).at(0).timex, "2024-02-28");
}

TEST(Date, SaysWhatBoundsIt) {
  const Tokens tokens("since 2014");
  EXPECT_EQ(dates_in(tokens, "en").at(0).bound, "since");
}

TEST(Date, LeavesOutWhatIsNone) {
  for (const char* text : {"you may go", "2000 passports were sold", "a second trial", "five years old", "99/99/2020"})
    EXPECT_TRUE(dates_in(Tokens(text), "en").empty()) << text;
}

TEST(Date, ReadingHoldsTimexAndInterval) {
  Text text;
  text.utf8 = "während (1945–1991)";
  text.language = "en";
  const auto readings = date_reader().read(text);
  ASSERT_EQ(readings.size(), 1u);
  const auto value = Json::parse(readings[0].value);
  EXPECT_EQ((*value)["interval"].text(), "1945/1991");
  EXPECT_EQ(readings[0].region.text->begin, 9u);
  EXPECT_EQ(readings[0].region.text->end, 18u);
}

// When something was changed or remarked is what the file notes of itself; what was changed is its author's words.
TEST(Date, WhenAMarkWasMadeIsNoDateOfTheText) {
  const auto dates = [](std::string_view words) {
    Text text;
    text.utf8 = words;
    text.language = "en";
    std::string out;
    for (const Reading& reading : date_reader().read(text)) out += reading.raw + "|";
    return out;
  };
  EXPECT_EQ(
      dates(
          "We met on [deleted by Ana on 2024-01-01T10:00:00Z: 5 May 2023][inserted on 2024-01-02T09:30: 6 May 2023]."),
      "5 May 2023|6 May 2023|");
  EXPECT_EQ(dates("a\tb [row deleted by Ana on 2024-01-01T10:00:00.25+02:00]\n[reply by May on Call on "
                  "2024-01-03T00:00:00Z: in June]"),
            "June|");
  EXPECT_EQ(dates("[comment by Ana: seen on 2024-01-01]"), "2024-01-01|") << "the remark's own words";
  EXPECT_EQ(dates("[comment by Ana on 2024-01-01T10:00:00: no]\n2024-01-01"), "2024-01-01|");
  EXPECT_EQ(dates("change 2!C3: Ana | 2024-01-01T10:00:00 | old 5 May 2023\nchange: 2024-01-02"),
            "5 May 2023|2024-01-02|");
  EXPECT_EQ(dates("[signed by Ana on 2024-01-01T10:00: yes]"), "2024-01-01T10:00|") << "no mark of ours";
}

// The marks' brackets are everybody's: what a person writes in them is read.
TEST(Date, WhatAPersonWritesInBracketsIsNoMark) {
  const auto dates = [](std::string_view words) {
    Text text;
    text.utf8 = words;
    text.language = "en";
    std::string out;
    for (const Reading& reading : date_reader().read(text)) out += reading.raw + "|";
    return out;
  };
  EXPECT_EQ(dates("[2024-01-01: meeting] with [Smith, 3 May 2020]"), "2024-01-01|3 May 2020|");
  EXPECT_EQ(dates("[comment by the minister, who met Smith on 3 May 2020 and again on 2021-02-03]"),
            "3 May 2020|2021-02-03|");
  EXPECT_EQ(dates("[deleted by order on 2019-05-06: the file]"), "2019-05-06|");
  EXPECT_EQ(dates("[comment by Ana, 3 May 2020, sent on 2021-02-03T10:00]").substr(0, 11), "3 May 2020|")
      << "no words behind it";
  EXPECT_EQ(dates("change log: Ana | 2023-04-05 | fixed"), "2023-04-05|");
}

}  // namespace
}  // namespace careo
