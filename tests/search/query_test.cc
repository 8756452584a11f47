// SPDX-License-Identifier: Apache-2.0
#include "search/query.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string understood(std::string_view text) {
  const Result<Query> query = Query::parse(text);
  return query ? query->print() : "error: " + query.error().message;
}

TEST(Query, WordsAndOperators) {
  EXPECT_EQ(understood("passport"), "\"passport\"");
  EXPECT_EQ(understood("Visa PASSPORT"), "(\"visa\" AND \"passport\")");
  EXPECT_EQ(understood("a AND b OR c"), "((\"a\" AND \"b\") OR \"c\")");
  EXPECT_EQ(understood("a OR b c"), "(\"a\" OR (\"b\" AND \"c\"))");
  EXPECT_EQ(understood("(a OR b) c"), "((\"a\" OR \"b\") AND \"c\")");
  EXPECT_EQ(understood("a NOT b"), "(\"a\" AND NOT \"b\")");
  EXPECT_EQ(understood("a -b"), "(\"a\" AND NOT \"b\")");
  EXPECT_EQ(understood("NOT a OR b"), "(NOT \"a\" OR \"b\")");
  EXPECT_EQ(understood("NOT (a OR b)"), "NOT (\"a\" OR \"b\")");
  EXPECT_EQ(understood("a and b"), "((\"a\" AND \"and\") AND \"b\")");  // only capitals are operators
}

TEST(Query, PhrasesAndPrefixes) {
  EXPECT_EQ(understood("\"memory management\""), "\"memory management\"");
  EXPECT_EQ(understood("«Иван Петров»"), "\"иван петров\"");
  EXPECT_EQ(understood("\u201Cone two\u201D"), "\"one two\"");
  EXPECT_EQ(understood("sched*"), "\"sched\"*");
  EXPECT_EQ(understood("\"one tw\"*"), "\"one tw\"*");
  EXPECT_EQ(understood("ivan.petrov@example.org"), "\"ivan petrov example org\"");
  EXPECT_EQ(understood("2023-09-28"), "\"2023 09 28\"");
  EXPECT_EQ(understood("=Юрий"), "=\"юрий\"");
  EXPECT_EQ(understood("http://example.org"), "\"http example org\"");
  EXPECT_EQ(understood("Re: contract"), "(\"re\" AND \"contract\")");
}

TEST(Query, Fields) {
  EXPECT_EQ(understood("from:ivan"), "from:\"ivan\"");
  EXPECT_EQ(understood("FROM:\"Ivan Petrov\" to:x@y.z"), "(from:\"ivan petrov\" AND to:\"x y z\")");
  EXPECT_EQ(understood("from:(ivan OR petr) contract"), "((from:\"ivan\" OR from:\"petr\") AND \"contract\")");
  EXPECT_EQ(understood("title:a subject:b"), "(subject:\"a\" AND subject:\"b\")");
  EXPECT_EQ(understood("kind:Mail lang:RU type:application/pdf"), "((kind:mail AND lang:ru) AND type:application/pdf)");
  EXPECT_EQ(understood("name:scan*"), "name:\"scan\"*");
}

TEST(Query, Dates) {
  EXPECT_EQ(understood("date:2023"), "date:2023-01-01..2023-12-31");
  EXPECT_EQ(understood("date:2024-02"), "date:2024-02-01..2024-02-29");
  EXPECT_EQ(understood("date:2023-09-28"), "date:2023-09-28..2023-09-28");
  EXPECT_EQ(understood("date:2023-09..2023-11"), "date:2023-09-01..2023-11-30");
  EXPECT_EQ(understood("date:2023-09.."), "date:2023-09-01..");
  EXPECT_EQ(understood("date:..2023-09-28"), "date:..2023-09-28");
  EXPECT_EQ(understood("after:2023-09"), "date:2023-09-01..");
  EXPECT_EQ(understood("before:2023-09"), "date:..2023-08-31");
}

TEST(Query, ErrorsSayWhatAndWhere) {
  EXPECT_EQ(understood(""), "error: nothing to search for");
  EXPECT_EQ(understood("   "), "error: nothing to search for");
  EXPECT_EQ(understood("(a OR b"), "error: '(' without its ')' (character 1)");
  EXPECT_EQ(understood("a b)"), "error: ')' without its '(' (character 4)");
  EXPECT_EQ(understood("()"), "error: nothing stands before ')' (character 2)");
  EXPECT_EQ(understood("OR a"), "error: nothing stands before OR (character 1)");
  EXPECT_EQ(understood("a AND"), "error: nothing stands behind the operator (character 3)");
  EXPECT_EQ(understood("a AND OR b"), "error: nothing stands before OR (character 7)");
  EXPECT_EQ(understood("a NOT"), "error: nothing stands behind the operator (character 3)");
  EXPECT_EQ(understood("щит \"open"), "error: a quotation mark that is not closed (character 5)");
  EXPECT_EQ(understood("a ***"), "error: '*' stands only at the end of a word (character 3)");
  EXPECT_EQ(understood("a &"), "error: no letter or digit to search for in '&' (character 3)");
  EXPECT_EQ(understood("sch*d"), "error: '*' stands only at the end of a word (character 1)");
  EXPECT_TRUE(understood("form:ivan").starts_with("error: 'ivan' is no form that is known"));
  EXPECT_EQ(understood("form:invoice"), "form:invoice");
  EXPECT_EQ(understood("fork:ivan"),
            "error: no field is called 'fork'; put quotation marks around text with a colon (character 1)");
  EXPECT_EQ(understood("from: ivan"), "error: from: needs a word right behind it (character 1)");
  EXPECT_TRUE(understood("date:yesterday").starts_with("error: 'yesterday' is no date for date:"));
  EXPECT_TRUE(understood("date:2023-02-30").starts_with("error: '2023-02-30' is no date"));
  EXPECT_TRUE(understood("date:2023-13").starts_with("error: '2023-13' is no date"));
  EXPECT_TRUE(understood("kind:").starts_with("error: kind: needs a value"));
  EXPECT_TRUE(understood("kind:mial").starts_with("error: 'mial' is no kind (mail, "));
  EXPECT_FALSE(understood("kind:other").starts_with("error"));
  EXPECT_EQ(understood("from:(to:a)"), "error: a field inside the group of another field (character 7)");
  EXPECT_EQ(understood("\xFF"), "error: the query is not UTF-8");
}

TEST(Query, IsBounded) {
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "(";
  EXPECT_TRUE(understood(deep).starts_with("error: more than 32 parentheses"));
  std::string wide;
  for (int i = 0; i < 200; ++i) wide += "w ";
  EXPECT_TRUE(understood(wide).starts_with("error: more than 128 terms"));
  EXPECT_TRUE(understood(std::string(9000, 'a')).starts_with("error: a query longer than 8192 bytes"));
}

TEST(Query, PrintedQueriesAreUnderstoodTheSame) {
  for (const char* text :
       {"a AND b OR NOT c", "from:(a OR \"b c\") -d", "x* OR =y kind:mail date:2023..2024", "lang:\"a b\" c"}) {
    const std::string once = understood(text);
    EXPECT_EQ(understood(once), once);
  }
}

TEST(Query, WantedLeavesOutWhatIsUnderNot) {
  const Result<Query> query = Query::parse("a NOT (b OR NOT c) kind:mail");
  ASSERT_TRUE(query);
  std::vector<std::string> words;
  for (const Phrase& phrase : query->wanted()) words.push_back(phrase.words.front());
  EXPECT_EQ(words, (std::vector<std::string>{"a", "c"}));
}

}  // namespace
}  // namespace careo
