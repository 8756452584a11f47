// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

TEST(Utf8, KnowsWellFormedText) {
  for (const char* good :
       {"", "abc", "\xc3\xb1", "\xe2\x82\xac", "\xf0\x9f\x9a\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_TRUE(is_utf8(good)) << good;
  // Overlong, surrogates, behind the last code point, cut, a stray continuation (Unicode 15, table 3-7).
  for (const char* bad : {"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "\xf5\x80\x80\x80", "\xe2\x82", "\x80", "\xff", "abcdefgh\xc3"})
    EXPECT_FALSE(is_utf8(bad));
}

TEST(Utf8, EveryCodePointGoesThereAndBack) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(&text, c);
    ASSERT_TRUE(is_utf8(text));
    std::size_t at = 0;
    ASSERT_EQ(next_code_point(text, &at), c);
    ASSERT_EQ(at, text.size());
  }
}

TEST(Utf8, CleaningReplacesAndCounts) {
  const CleanText clean = clean_utf8("a\xff\xc3\xb1\xe2\x82z");
  EXPECT_EQ(clean.text, "a\xef\xbf\xbd\xc3\xb1\xef\xbf\xbd\xef\xbf\xbdz");
  EXPECT_EQ(clean.replaced, 3U);
  EXPECT_EQ(clean_utf8("ok").replaced, 0U);
}

TEST(Utf8, CountsCodePoints) {
  const std::string text = "abcdefgh\xc3\xb1\xf0\x9f\x9a\x80z";
  EXPECT_EQ(code_points(text), 11U);
  EXPECT_EQ(offset_of_code_point(text, 0), 0U);
  EXPECT_EQ(offset_of_code_point(text, 9), 10U);
  EXPECT_EQ(offset_of_code_point(text, 10), 14U);
  EXPECT_EQ(offset_of_code_point(text, 99), text.size());
  EXPECT_EQ(utf8_of(utf32_of(text)), text);
}

TEST(Text, SmallWords) {
  EXPECT_EQ(lower_ascii("ÀBcZ"), "Àbcz");
  EXPECT_TRUE(equal_ignoring_case("Message-ID", "message-id"));
  EXPECT_FALSE(equal_ignoring_case("ab", "abc"));
  EXPECT_TRUE(starts_with_ignoring_case("FROM x", "from"));
  EXPECT_EQ(trim(" \t\r\n x y \f\v"), "x y");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Printable, NothingSteersATerminal) {
  EXPECT_EQ(printable("a\x1b[31m\n"), "a\\u{1b}[31m\\u{a}");
  EXPECT_EQ(printable("x\xe2\x80\xae"
                      "fdp.exe"),
            "x\\u{202e}fdp.exe");
  EXPECT_EQ(printable("\xc2\x9b"), "\\u{9b}");
  EXPECT_EQ(printable("España"), "España");
}

}  // namespace
}  // namespace careo
