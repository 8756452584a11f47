// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/unmarked.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace careo {
namespace {

std::string in_units(std::u32string_view text, bool big) {
  std::string out;
  for (const char32_t c : text)
    for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(c >> (8 * (big ? 3 - i : i)));
  return out;
}

TEST(Unmarked, KnowsUtf32ByItsZeros) {
  for (const bool big : {false, true}) {
    const DecodedText got = decode_text(bytes_of(in_units(U"Привет, world\n", big)), "");
    EXPECT_EQ(got.utf8, "Привет, world\n");
    EXPECT_EQ(got.grade, Grade::Unconfirmed);
  }
  EXPECT_EQ(unmarked_utf32(bytes_of(std::string(64, '\0'))), "");
  EXPECT_EQ(unmarked_utf32(bytes_of("plain ascii text")), "");
}

TEST(Unmarked, KnowsUtf7OnlyWhereItIsCertain) {
  EXPECT_EQ(decode_text(bytes_of("H+AOk-llo w+APY-rld +APE-and+APo +BBY-"), "").utf8, "Héllo wörld ñandú Ж");
  EXPECT_EQ(decode_text(bytes_of("H+AOk-llo w+APY-rld +APE-and+APo-"), "").grade, Grade::Unconfirmed);
  for (const std::string_view text :
       {"call +15551234567 or +7 495 1234567", "C++ and a+b", "q=one+two+foo+bar+baz", "1+1=2 +-3", "+AOk-",
        "bmFtZSt2YWx1ZQ+abc/def+ghi", "+49 170 1234567", "mail+tag@host.example +AAA-"})
    EXPECT_EQ(decode_text(bytes_of(text), "").utf8, text);
}

TEST(Unmarked, ReadsLinesOfTwoCharsets) {
  const std::string old = "\xC4\xEE\xE3\xEE\xE2\xEE\xF0 \xEF\xEE\xE4\xEF\xE8\xF1\xE0\xED\r\n";  // windows-1251
  const std::string file = "Счёт оплачен\n" + old + "plain\nПлатёж отправлен";
  const DecodedText got = decode_text(bytes_of(file), "");
  EXPECT_EQ(got.utf8, "Счёт оплачен\nДоговор подписан\r\nplain\nПлатёж отправлен");
  EXPECT_EQ(got.grade, Grade::Unconfirmed);
  EXPECT_EQ(got.replaced, 0U);
}

TEST(Unmarked, OneBrokenByteCostsOneLetter) {
  const DecodedText got = decode_text(bytes_of("Договор подпис\xFFан сегодня"), "");
  EXPECT_EQ(got.utf8, "Договор подпис\uFFFDан сегодня");
  EXPECT_EQ(got.replaced, 1U);
  EXPECT_EQ(got.grade, Grade::Unconfirmed);
}

TEST(Unmarked, TextsOfOneCharsetAreNotMixed) {
  EXPECT_FALSE(decode_mixed(bytes_of("\xCF\xF0\xE8\xE2\xE5\xF2\n\xEA\xE0\xEA\n")));
  EXPECT_FALSE(
      decode_mixed(bytes_of("a\xF1o\nd\xEF"
                            "a\n")));
  // Words that are well-formed by accident in code page 866.
  EXPECT_FALSE(decode_mixed(bytes_of("\xE2\xAE\xAC\n\xE5\xA0\xAC\n\x8F\xE0\xA8\xA2\xA5\xE2\n")));
}

}  // namespace
}  // namespace careo
