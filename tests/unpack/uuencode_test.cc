// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/uuencode.h"

#include <gtest/gtest.h>

#include "base/transfer.h"

namespace careo {
namespace {

TEST(Uuencode, FindsFilesInText) {
  const std::string text = "before\nbegin 644 cat.txt\n#0V%T\n`\nend\nafter\nbegin 600 two\n#0V%T\n`\nend\n";
  const std::vector<UuFile> files = find_uuencoded(bytes_of(text));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "cat.txt");
  const std::string range = text.substr(files[0].begin, files[0].end - files[0].begin);
  EXPECT_EQ(range, "begin 644 cat.txt\n#0V%T\n`\nend\n");
  EXPECT_EQ(text_of(decode_uuencode(bytes_of(range)).bytes), "Cat");
  EXPECT_EQ(text.substr(files[1].end), "");
}

TEST(Uuencode, FindsFilesInBase64) {
  const std::string text = "before\nbegin-base64 644 cat.txt\nQ2F0\nQw==\n====\nafter\n";
  const std::vector<UuFile> files = find_uuencoded(bytes_of(text));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, "cat.txt");
  EXPECT_TRUE(files[0].base64 && files[0].closed);
  EXPECT_EQ(text.substr(files[0].data, files[0].data_end - files[0].data), "Q2F0\nQw==\n");
  EXPECT_EQ(text.substr(files[0].end), "after\n");
  EXPECT_TRUE(find_uuencoded(bytes_of("begin-base64 644 x\nprose, no letters of it\n")).empty());
  EXPECT_TRUE(find_uuencoded(bytes_of("begin-base64 644 x\n====\n")).empty());
}

TEST(Uuencode, TakesNoProse) {
  EXPECT_TRUE(
      find_uuencoded(bytes_of("begin with this.\nbegin 12 x\nbegin 644\nbegin 644 name\nand prose follows\n")).empty());
  EXPECT_TRUE(find_uuencoded(bytes_of(" begin 644 x\n#0V%T\nend\n")).empty());
  EXPECT_TRUE(find_uuencoded({}).empty());
}

TEST(Uuencode, ReadsWhatIsLeftOfACutFile) {
  const std::string text = "begin 644 x\n#0V%T\nand prose follows here";
  const std::vector<UuFile> files = find_uuencoded(bytes_of(text));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(text.substr(files[0].end), "and prose follows here");
}

}  // namespace
}  // namespace careo
