// SPDX-License-Identifier: Apache-2.0
#include "base/transfer.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string decoded(const Decoded& result) {
  return std::string(text_of(result.bytes)) + " " + std::to_string(result.bad);
}

// RFC 4648, section 10.
TEST(Base64, MatchesTheVectors) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, code] : vectors) {
    EXPECT_EQ(encode_base64(bytes_of(plain)), code);
    EXPECT_EQ(decoded(decode_base64(bytes_of(code))), std::string(plain) + " 0");
  }
}

TEST(Base64, PassesOverDamage) {
  EXPECT_EQ(decoded(decode_base64(bytes_of("Zm9v\r\n YmFy"))), "foobar 0");
  EXPECT_EQ(decoded(decode_base64(bytes_of("Zm*9v!"))), "foo 2");
  EXPECT_EQ(decoded(decode_base64(bytes_of("Zm9vYg"))), "foob 0");
  EXPECT_EQ(decoded(decode_base64(bytes_of("Zg==Zg=="))), "ff 0");
  EXPECT_EQ(decoded(decode_base64(bytes_of("Zm9vY"))), "foo 1");
}

TEST(QuotedPrintable, DecodesAndPassesOverDamage) {
  EXPECT_EQ(decoded(decode_quoted_printable(bytes_of("a=3Db=\r\nc =\nd \t\r\ne"))), "a=bc d\r\ne 0");
  EXPECT_EQ(decoded(decode_quoted_printable(bytes_of("a=\rb =\r\r\nc =\r\r"))), "ab c \r 0");
  EXPECT_EQ(decoded(decode_quoted_printable(bytes_of("=C3=b1"))), "\xc3\xb1 0");
  EXPECT_EQ(decoded(decode_quoted_printable(bytes_of("a=ZZ"))), "a=ZZ 1");
  EXPECT_EQ(decoded(decode_quoted_printable(bytes_of("a="))), "a 0");
}

TEST(Uuencode, DecodesBetweenItsMarks) {
  EXPECT_EQ(decoded(decode_uuencode(bytes_of("begin 644 x\n#86)C\n`\nend\nrest"))), "abc 0");
  EXPECT_EQ(decode_uuencode(bytes_of("no mark")).bytes.size(), 0U);
  EXPECT_GT(decode_uuencode(bytes_of("begin 644 x\nM86)C\nend\n")).bad, 0U);
}

TEST(FromQuoting, LosesOneMark) {
  EXPECT_EQ(decoded(undo_from_quoting(bytes_of(">From a\n>>From b\n> From c\nFrom d\n>Fromage"))),
            "From a\n>From b\n> From c\nFrom d\n>Fromage 0");
}

}  // namespace
}  // namespace careo
