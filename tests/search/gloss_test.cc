// SPDX-License-Identifier: Apache-2.0
#include "search/gloss.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "reference/resources.h"

namespace careo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string understood(std::string_view text) {
  const Result<Query> query = Query::parse(text);
  return query ? query->print() : "error: " + query.error().message;
}

TEST(Gloss, OneWordInFourLanguages) {
  for (const std::string_view word : {"~contrato", "~Contracts", "~контракты", "~договорами"}) {
    const std::string query = understood(word);
    for (const std::string_view form :
         {"\"contract\"", "\"contratos\"", "\"контракт\"*", "\"договор\"*", "\"договір\""})
      EXPECT_THAT(query, HasSubstr(form)) << word;
  }
  EXPECT_THAT(understood("~\"power of attorney\""), HasSubstr("\"доверенност\"*"));
  EXPECT_THAT(understood("subject:~visa"), HasSubstr("subject:\"виза\""));
}

TEST(Gloss, AnotherWordIsItself) {
  EXPECT_EQ(understood("~Ordynsky"), "\"ordynsky\"");
  EXPECT_EQ(understood("~contrat"), "\"contrat\"");
  EXPECT_EQ(understood("~визави"), "\"визави\"");
  EXPECT_THAT(understood("~"), HasSubstr("error"));
}

TEST(Gloss, BindsLikeOneWord) {
  EXPECT_THAT(understood("a ~visa"), testing::StartsWith("(\"a\" AND ("));
  EXPECT_THAT(understood("NOT ~visa"), testing::StartsWith("NOT ("));
}

TEST(Gloss, IsOfferedForBareWordsOnly) {
  EXPECT_EQ(with_glosses("contrato Ordynsky pago"), "~contrato Ordynsky ~pago");
  EXPECT_EQ(with_glosses("Ordynsky"), "");
  for (const std::string_view query :
       {"contrato OR pago", "\"contrato\"", "from:contrato", "~contrato", "contrat*", "-pago"})
    EXPECT_EQ(with_glosses(query), "") << query;
}

// Every row speaks all four languages, and no query of one word grows beyond what a query may hold.
TEST(Gloss, TheListIsWhole) {
  std::size_t things = 0;
  for (const auto& row : table_rows(resource("glosses/words.tsv"))) {
    ASSERT_EQ(row.size(), 4U) << row[0];
    ++things;
    for (const std::string_view language : row)
      for (const std::string_view written : split(language, ' ')) {
        ASSERT_FALSE(written.empty()) << row[0];
        EXPECT_EQ(written.find('*') == std::string_view::npos || written.find('*') == written.size() - 1, true)
            << written;
        std::string word(written.substr(0, written.find('*')));
        std::replace(word.begin(), word.end(), '+', ' ');
        EXPECT_TRUE(Query::parse("~\"" + word + "\"")) << written;
      }
  }
  EXPECT_GE(things, 150U);
}

}  // namespace
}  // namespace careo
