// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace careo {
namespace {

Text text_of_page(std::string utf8, std::uint32_t page = 0) {
  Text out;
  out.utf8 = std::move(utf8);
  if (page > 0) out.region.page = page;
  return out;
}

std::vector<std::string> marked(const Snippet& snippet) {
  const std::u32string all = utf32_of(snippet.text);
  std::vector<std::string> out;
  for (const Region::Span& mark : snippet.marks) {
    out.push_back(utf8_of(std::u32string_view(all).substr(mark.begin, mark.end - mark.begin)));
  }
  return out;
}

Snippet snip(std::string_view query, const std::vector<Text>& texts, std::size_t width = 200) {
  return snippet_of(*Query::parse(query), texts, width);
}

TEST(Snippet, MarksWhatAnswers) {
  const Snippet out = snip("passport Щербаков", {text_of_page("The passport\n of  Shcherbakov is here.")});
  EXPECT_EQ(out.text, "The passport of Shcherbakov is here.");
  EXPECT_EQ(marked(out), (std::vector<std::string>{"passport", "Shcherbakov"}));
  EXPECT_EQ(out.region.print(), "text:4-12");
}

TEST(Snippet, TakesTheWindowThatHoldsMost) {
  std::string body = "alpha " + std::string(400, 'x') + " beta and alpha together " + std::string(400, 'y');
  const Snippet out = snip("alpha beta", {text_of_page(std::move(body))}, 60);
  EXPECT_EQ(marked(out), (std::vector<std::string>{"beta", "alpha"}));
  EXPECT_LT(code_points(out.text), 120U);
}

TEST(Snippet, SaysOnWhichPage) {
  const Snippet out = snip("\"два слова\"", {text_of_page("нет", 1), text_of_page("здесь два слова", 2)});
  EXPECT_EQ(out.region.print(), "page:2;text:6-15");
  EXPECT_EQ(marked(out), (std::vector<std::string>{"два слова"}));
}

TEST(Snippet, ShowsTheBeginningWhereTheHitIsElsewhere) {
  const Snippet out = snip("subject:passport", {text_of_page("Dear all, passport")});
  EXPECT_EQ(out.text, "Dear all, passport");
  EXPECT_TRUE(out.marks.empty());
  EXPECT_TRUE(out.region.empty());
  EXPECT_TRUE(snip("x", {}).text.empty());
}

TEST(Snippet, WhatIsUnderNotIsNotMarked) {
  EXPECT_EQ(marked(snip("a NOT b", {text_of_page("a b")})), (std::vector<std::string>{"a"}));
}

TEST(Snippet, CutsBetweenCodePoints) {
  std::string body;
  for (int i = 0; i < 300; ++i) body += "щ";
  for (std::size_t width = 1; width < 40; ++width) EXPECT_TRUE(is_utf8(snip("x", {text_of_page(body)}, width).text));
  for (std::size_t width = 1; width < 40; ++width) {
    EXPECT_TRUE(is_utf8(snip("hit", {text_of_page(body + " hit " + body)}, width).text));
  }
}

TEST(Snippet, MarksOfAWholeText) {
  const auto marks = marks_of(*Query::parse("ab \"ab cd\" cd"), "Щ ab cd, ab");
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].begin, 2U);
  EXPECT_EQ(marks[0].end, 7U);
  EXPECT_EQ(marks[1].begin, 9U);
}

}  // namespace
}  // namespace careo
