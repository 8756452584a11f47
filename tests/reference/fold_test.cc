// SPDX-License-Identifier: Apache-2.0
#include "reference/fold.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace careo {
namespace {

using Words = std::vector<std::string>;

TEST(Fold, CutsWords) {
  EXPECT_EQ(folded_words("Hello, World!"), (Words{"hello", "world"}));
  EXPECT_EQ(folded_words("ivan.petrov@example.org"), (Words{"ivan", "petrov", "example", "org"}));
  EXPECT_EQ(folded_words("2023-09-28 X1234567 1,234.56"), (Words{"2023", "09", "28", "x1234567", "1", "234", "56"}));
  EXPECT_EQ(folded_words("snake_case"), (Words{"snake", "case"}));
  EXPECT_EQ(folded_words(""), Words{});
  EXPECT_EQ(folded_words("... --- !!!"), Words{});
}

TEST(Fold, ApostrophesBelongToWords) {
  EXPECT_EQ(folded_words("O'Brien D\u2019Artagnan"), (Words{"obrien", "dartagnan"}));
  EXPECT_EQ(folded_words("В\u02BCячеслав Солов'йов"), (Words{"вячеслав", "соловйов"}));
  EXPECT_EQ(folded_words("'quoted' words'"), (Words{"quoted", "words"}));
  EXPECT_EQ(folded_words("Sokolov's dogs' It\u2019s"), (Words{"sokolov", "dogs", "it"}));
  EXPECT_EQ(folded_words("a''b"), (Words{"a", "b"}));
}

TEST(Fold, CaseAndAccentsGo) {
  EXPECT_EQ(folded_words("Peña MUÑOZ Straße ŁÓDŹ Ærø"), (Words{"pena", "munoz", "strasse", "lodz", "aero"}));
  EXPECT_EQ(folded_words("Pen\u0303a"), (Words{"pena"}));
  EXPECT_EQ(folded_words("ЁЛКА Андрей Київ ЇЖАК"), (Words{"елка", "андрей", "київ", "їжак"}));
  EXPECT_EQ(folded_words("Ελλάδα"), (Words{"ελλαδα"}));
  EXPECT_EQ(folded_words("ＦＵＬＬ ﬁle"), (Words{"full", "file"}));
  EXPECT_EQ(folded_words("İstanbul ışık"), (Words{"istanbul", "isik"}));
}

TEST(Fold, InvisibleMarksAreAsIfTheyWereNotThere) {
  EXPECT_EQ(folded_words("pass\u00ADport \u200Bze\u200Bro\uFEFF"), (Words{"passport", "zero"}));
}

TEST(Fold, ScriptsWithoutSpacesGiveOneWordACharacter) {
  EXPECT_EQ(folded_words("東京ABC"), (Words{"東", "京", "abc"}));
  EXPECT_EQ(folded_words("w\u3038x\u3007"), (Words{"w", "十", "x", "\u3007"})) << "numbers that are letters of Han";
  EXPECT_EQ(folded_words("ガ"), folded_words("カ\u3099"));
}

TEST(Fold, IllFormedBytesSeparate) {
  EXPECT_EQ(folded_words("ab\xFF"
                         "cd \xC3"),
            (Words{"ab", "cd"}));
}

TEST(Fold, LongRunsAreCut) {
  const Words words = folded_words(std::string(1000, 'a'));
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(words[0].size(), 255U);
}

// Each of these once cost a walk over the rest of its run: minutes for the one word of a mail with 10 MB in a line.
TEST(Fold, AWordOfMegabytesIsWalkedOnce) {
  for (const std::string letter : {"a", "\u044f", "a\u0301", "a\u200b"}) {
    std::string text;
    while (text.size() < 4'000'000) text += letter;
    WordCutter cutter;
    cutter.start(text);
    FoldedWord word;
    std::size_t end = 0;
    while (cutter.next(&word)) {
      ASSERT_LE(word.begin - end, 3U);  // a mark that is ignored may stand between two
      EXPECT_LE(word.folded.size(), 255U);
      end = word.end;
    }
    EXPECT_GE(end + 3, text.size());
  }
}

TEST(Fold, BreakIsAWordOfItsOwn) {
  WordCutter cutter;
  cutter.start(
      "a\x1e"
      "b");
  FoldedWord word;
  std::vector<std::string> seen;
  while (cutter.next(&word)) seen.emplace_back(word.folded);
  EXPECT_EQ(seen, (Words{"a", "\x1e", "b"}));
}

TEST(Fold, KnowsWhereWordsStand) {
  WordCutter cutter;
  const std::string text = "  Привет, O'Neil's";
  cutter.start(text);
  FoldedWord word;
  ASSERT_TRUE(cutter.next(&word));
  EXPECT_EQ(text.substr(word.begin, word.end - word.begin), "Привет");
  ASSERT_TRUE(cutter.next(&word));
  EXPECT_EQ(text.substr(word.begin, word.end - word.begin), "O'Neil's");
  EXPECT_EQ(word.folded, "oneil");
  EXPECT_FALSE(cutter.next(&word));
}

// Every code point of Unicode alone and between letters: folding rests, and the result is one word or none.
TEST(Fold, TwiceIsOnceForAllOfUnicode) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string alone, inside = "a";
    append_utf8(&alone, c);
    append_utf8(&inside, c);
    inside += "b";
    for (const std::string& text : {alone, inside}) {
      const std::string once = fold_word(text);
      ASSERT_EQ(fold_word(once), once) << std::hex << static_cast<unsigned>(c);
    }
  }
}

TEST(Fold, Alphabets) {
  EXPECT_EQ(alphabet_of("ivan"), Alphabet::Latin);
  EXPECT_EQ(alphabet_of("иван"), Alphabet::Cyrillic);
  EXPECT_EQ(alphabet_of("محمد"), Alphabet::Arabic);
  EXPECT_EQ(alphabet_of("x1"), Alphabet::Other);
  EXPECT_EQ(alphabet_of("cергей"), Alphabet::Other);
}

}  // namespace
}  // namespace careo
