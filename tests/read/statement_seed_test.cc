// SPDX-License-Identifier: Apache-2.0
// The news story that the project answers to (../shared/data/articles/seed.txt; nothing of it is copied here but the
// few words that must be found).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "read/readers.h"
#include "read/statement/statement.h"

namespace careo {
namespace {

std::string article() {
  std::ifstream file(CAREO_SOURCE_DIR "/../shared/data/articles/seed.txt");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Reading> readings_of(const std::string& utf8) {
  Text text;
  text.utf8 = utf8;
  text.language = "en";
  std::vector<Reading> out;
  for (const auto& readers : {miners(), article_miners()})
    for (const TextReader* reader : readers)
      for (Reading& reading : reader->read(text)) out.push_back(std::move(reading));
  return out;
}

struct Expected {
  const char* speaker;   ///< a part of it, "" for none
  const char* resolved;  ///< "" for none
  const char* cue;
  const char* content;  ///< a part of it
  const char* type;
  const char* stance;
  const char* polarity;
};

constexpr Expected kStatements[] = {
    {"", "", "", "Moscow Is", "headline", "assert", "+"},
    {"Cuban Government", "", "insists", "no participation", "indirect", "deny", "-"},
    {"Viktor Koronelli", "", "said", "to clarify the issue", "mixed", "assert", "+"},
    {"the diplomat", "Viktor Koronelli", "said", "competent bodies", "direct", "assert", "+"},
    {"the diplomat", "Viktor Koronelli", "acknowledged", "his embassy is aware", "mixed", "concede", "+"},
    {"the diplomat", "Viktor Koronelli", "acknowledged", "did not know the specific figures", "indirect", "disclaim",
     "-"},
    {"Cuban government", "", "announced", "the dismantling", "indirect", "assert", "+"},
    {"various media", "", "reported", "groups of mercenaries", "indirect", "assert", "+"},
    {"", "", "", "leaked images", "article", "assert", "+"},
    {"Cuban Foreign Ministry", "", "rejected", "any form of participation", "indirect", "deny", "-"},
    {"Cuban Foreign Ministry", "", "stressed", "is a crime", "indirect", "assert", "+"},
};

bool holds(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

bool meets(const Json& value, const Expected& expected) {
  return holds(value["speaker"]["text"].text(), expected.speaker) &&
         value["speaker"]["resolved"].text() == expected.resolved && value["cue"]["text"].text() == expected.cue &&
         holds(value["content"]["text"].text(), expected.content) && value["type"].text() == expected.type &&
         value["stance"].text() == expected.stance && value["polarity"].text() == expected.polarity;
}

TEST(SeedArticle, StatementsFiguresAndDates) {
  const std::string text = article();
  if (text.empty()) GTEST_SKIP() << "skipped: ../shared/data/articles/seed.txt is not here";
  const auto readings = readings_of(text);
  for (const Expected& expected : kStatements) {
    int met = 0;
    for (const Reading& reading : readings)
      if (reading.kind == "statement" && meets(*Json::parse(reading.value), expected)) ++met;
    EXPECT_EQ(met, 1) << expected.cue << " | " << expected.content;
  }
  std::vector<std::string> figures, dates;
  for (const Reading& reading : readings) {
    if (reading.kind == "figure") figures.push_back(reading.raw);
    if (reading.kind == "date") dates.push_back((*Json::parse(reading.value))["timex"].text());
  }
  EXPECT_EQ(figures, (std::vector<std::string>{"650 tons", "about 200 passports", "451 million dollars"}));
  EXPECT_EQ(dates,
            (std::vector<std::string>{"2023-09-28", "XXXX-WXX-3", "XXXX-XX", "(1945-01-01,1991-01-01,P46Y)", "2022"}));
}

TEST(SeedArticle, SpansAreCodePoints) {
  const std::string text = article();
  if (text.empty()) GTEST_SKIP() << "skipped: ../shared/data/articles/seed.txt is not here";
  int spans = 0;
  for (const Reading& reading : readings_of(text)) {
    if (reading.kind != "statement") continue;
    const Json value = *Json::parse(reading.value);
    for (const char* part : {"speaker", "cue", "content"}) {
      if (value[part].is_null()) continue;
      ++spans;
      const auto& span = value[part]["span"].items();
      const std::size_t from = offset_of_code_point(text, static_cast<std::uint64_t>(span.at(0).integer()));
      const std::size_t to = offset_of_code_point(text, static_cast<std::uint64_t>(span.at(1).integer()));
      EXPECT_EQ(text.substr(from, to - from), value[part]["text"].text());
    }
  }
  EXPECT_GE(spans, 30);
}

}  // namespace
}  // namespace careo
