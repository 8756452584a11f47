// SPDX-License-Identifier: Apache-2.0
#include "reference/identity_words.h"

#include <gtest/gtest.h>

#include "reference/resources.h"

namespace careo {
namespace {

std::string phrases(std::string_view line) {
  std::string out;
  for (const IdentityPhrase& phrase : identity_phrases(printed_tokens(line)))
    out += (out.empty() ? "" : ",") + std::string(phrase.what);
  return out;
}

TEST(IdentityWords, TheLongestPhraseAtEachPlace) {
  EXPECT_EQ(phrases("Date of birth / Fecha de nacimiento  Sex"), "birth_date,birth_date,sex");
  EXPECT_EQ(phrases("Personal No. / N.º"), "personal_number,document_number");
  EXPECT_EQ(phrases("Apellidos"), "surname");
  EXPECT_EQ(phrases("Ім'я / Given names"), "given_names,given_names");
  EXPECT_EQ(phrases("СВИДЕТЕЛЬСТВО О РОЖДЕНИИ"), "birth certificate");
  EXPECT_EQ(phrases("nothing of the sort"), "");
}

TEST(IdentityWords, OneLetterOfALongWordMayBeWrong) {
  EXPECT_EQ(phrases("Nationa1ity"), "");  // a digit cuts the word
  EXPECT_EQ(phrases("Nationallty"), "nationality");
  EXPECT_EQ(phrases("Sez"), "");  // a short word must be right
}

TEST(IdentityWords, LettersAndDigitsAreWordsOfTheirOwn) {
  const auto tokens = printed_tokens("15MAR63 №7");
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(tokens[1].folded, "mar");
  EXPECT_EQ(tokens[3].folded, "no");
  EXPECT_TRUE(tokens[4].is_number());
}

TEST(IdentityWords, MonthsOfFourLanguages) {
  for (const char* word : {"aug", "august", "ago", "agosto", "авг", "августа", "серпня"})
    EXPECT_EQ(month_begun_by(word), 8) << word;
  EXPECT_EQ(month_begun_by("xyz"), 0);
}

TEST(IdentityWords, EveryRowOfTheTableIsWhole) {
  for (const auto& row : table_rows(resource("documents/identity.tsv"))) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    EXPECT_TRUE(row[1] == "title" || row[1] == "label" || row[1] == "border" || row[1] == "form") << row[0];
    EXPECT_FALSE(identity_phrases(printed_tokens(row[0])).empty()) << row[0];
  }
}

}  // namespace
}  // namespace careo
