// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/charset.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace careo {
namespace {

DecodedText decode(std::string_view bytes, std::string_view charset) {
  return decode_text(bytes_of(bytes), charset);
}

TEST(Charset, DecodesAsDeclared) {
  EXPECT_EQ(decode("\xF0\xD2\xC9\xD7\xC5\xD4", "KOI8-R").utf8, "Привет");
  EXPECT_EQ(decode("\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251").utf8, "Привет");
  EXPECT_EQ(decode("\x8F\xE0\xA8\xA2\xA5\xE2", "cp866").utf8, "Привет");
  EXPECT_EQ(decode("\x8F\xF0\xE8\xE2\xE5\xF2", "x-mac-cyrillic").utf8, "Привет");
  EXPECT_EQ(decode("\xA7\xA4", "koi8-u").utf8, "їє");
  EXPECT_EQ(decode("a\xF1o \x80", "iso-8859-1").utf8, "año €") << "read as windows-1252";
  EXPECT_EQ(decode("\x1B$B2q5D\x1B(B", "iso-2022-jp").utf8, "会議");
  EXPECT_EQ(decode("\xBA\xCF\xCD\xAC", "GB2312").utf8, "合同");
  EXPECT_EQ(decode("+BBAEMQQ9- x", "utf-7").utf8, "Абн x") << "modified base64";
  EXPECT_EQ(decode(std::string_view("\xFF\xFEH\0i\0", 6), "utf-16").utf8, "Hi");
  EXPECT_EQ(decode("\xF0\xD2\xC9\xD7\xC5\xD4", "KOI8-R").grade, Grade::Checked);
}

TEST(Charset, SaysWhenItGuessed) {
  EXPECT_EQ(decode("año", "").utf8, "año");
  EXPECT_EQ(decode("año", "").grade, Grade::Unconfirmed);
  EXPECT_EQ(decode("año, señal, día y más", "").grade, Grade::Checked) << "UTF-8 checks itself";
  EXPECT_EQ(decode("x\xE9", "utf-8").utf8, "xé") << "not one letter of it is UTF-8";
  EXPECT_EQ(decode("plain", "").grade, Grade::Checked) << "ASCII needs no guess";
  const DecodedText wrong = decode("\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0?", "utf-8");
  EXPECT_EQ(wrong.utf8, "Привет, как дела?");
  EXPECT_EQ(wrong.grade, Grade::Unconfirmed);
  EXPECT_EQ(decode("a\xC3\xB1o \xFF b", "utf-8").replaced, 1U) << "damage does not make it another charset";
  EXPECT_EQ(decode("x\xE9", "x-no-such-charset").utf8, "xé");
}

TEST(Charset, KnowsBetterThanAWrongName) {
  const DecodedText utf8 = decode("Привет, как дела", "windows-1251");
  EXPECT_EQ(utf8.utf8, "Привет, как дела");
  EXPECT_EQ(utf8.grade, Grade::Unconfirmed) << "well-formed UTF-8 is no accident";
  EXPECT_EQ(decode("会议在星期二", "gb2312").utf8, "会议在星期二");
  EXPECT_EQ(decode("\xBA\xCF\xCD\xAC", "gb2312").utf8, "合同") << "what it is declared to be";
  EXPECT_EQ(decode("\x82\xB1\x82\xEA\x82\xCD\x93\xFA\x96\x7B\x8C\xEA\x82\xCC\x83\x81\x81\x5B\x83\x8B\x82\xC5\x82\xB7",
                   "iso-2022-jp")
                .utf8,
            "これは日本語のメールです");
  EXPECT_EQ(decode(std::string_view("H\0e\0l\0l\0o\0!\0", 12), "utf-8").utf8, "Hello!");
  EXPECT_EQ(decode("\x1B$B2q5D\x1B(B", "utf-8").utf8, "会議");
  EXPECT_EQ(decode("Hello!", "utf-16").utf8, "Hello!");
}

TEST(Charset, JoinsTextThatWasShiftedOutAndInAgain) {
  EXPECT_EQ(decode("\x1B$B2q\x1B(B\x1B$B5D\x1B(B!", "iso-2022-jp").utf8, "会議!") << "two encoded words";
  EXPECT_EQ(decode("\x1B$B2q\x1B(B\x1B$B5D\x1B(B!", "iso-2022-jp").replaced, 0U);
  EXPECT_EQ(decode("~{:O~}~{M,~} x", "hz-gb-2312").utf8, "合同 x");
}

TEST(Charset, TellsTheCyrillicPagesApart) {
  const std::string text = "Здравствуйте, паспорта готовы, приезжайте в четверг";
  for (const char* name : {"koi8-r", "windows-1251", "ibm-866", "iso-8859-5", "x-mac-cyrillic"}) {
    // Encode by searching each letter in the decoder's own table.
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      next_code_point(text, &at);
      const std::string letter = text.substr(begin, at - begin);
      for (int b = 0; b < 256; ++b) {
        std::string one;
        const auto byte = static_cast<std::uint8_t>(b);
        append_decoded(Bytes(&byte, 1), name, &one);
        if (one == letter) {
          bytes.push_back(static_cast<char>(b));
          break;
        }
      }
    }
    EXPECT_EQ(decode(bytes, "").utf8, text) << name;
  }
  EXPECT_EQ(decode("El se\xF1or Mu\xF1oz lleg\xF3", "").utf8, "El señor Muñoz llegó");
}

TEST(Charset, AlwaysGivesUtf8) {
  std::string all;
  for (int i = 0; i < 4096; ++i) all.push_back(static_cast<char>(i * 7919 >> 3));
  for (const char* name : {"", "utf-8", "utf-16le", "utf-7", "iso-2022-jp", "gb18030", "big5", "euc-kr", "koi8-r", "hz",
                           "shift_jis", "utf-32", "unknown", "ibm-037"})
    EXPECT_TRUE(is_utf8(decode(all, name).utf8)) << name;
}

TEST(Charset, ForgetsConvertersRatherThanGrow) {
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(decode("\xE9", "x-none-" + std::to_string(i)).utf8, "é");
}

TEST(Charset, ReadsWhatLargeMachinesWrote) {
  const std::string_view letters =  // "The contract was signed in May 1998. We paid 40,000 dollars (in cash)."
      "\xE3\x88\x85\x40\x83\x96\x95\xA3\x99\x81\x83\xA3\x40\xA6\x81\xA2\x40\xA2\x89\x87\x95\x85\x84\x40\x89\x95\x40\xD4"
      "\x81\xA8\x40"
      "\xF1\xF9\xF9\xF8\x4B\x15\xE6\x85\x40\x97\x81\x89\x84\x40\xF4\xF0\x6B\xF0\xF0\xF0\x40\x84\x96\x93\x93\x81\x99\xA2"
      "\x40\x4D\x89\x95\x40"
      "\x83\x81\xA2\x88\x5D\x4B";
  const DecodedText text = decode(letters, "");
  EXPECT_EQ(text.utf8, "The contract was signed in May 1998.\nWe paid 40,000 dollars (in cash).");
  EXPECT_EQ(text.charset, "ibm-37");
  EXPECT_EQ(text.grade, Grade::Unconfirmed);
  EXPECT_EQ(decode("\xC8\x89\x4B", "cp037").utf8, "Hi.");
  EXPECT_NE(decode(letters.substr(0, 30), "").charset, "ibm-37") << "too little to be told";
  const std::string russian(200, '\xE1');
  EXPECT_NE(decode(russian + "@@@@@@@@@@@@@@@@", "").charset, "ibm-37");
}

TEST(Charset, TidiesLineEndsAndNuls) {
  std::string text("a\r\nb\rc\n\0d\r", 10);
  tidy_text(&text);
  EXPECT_EQ(text,
            "a\nb\nc\n\xEF\xBF\xBD"
            "d\n");
}

}  // namespace
}  // namespace careo
