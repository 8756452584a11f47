// SPDX-License-Identifier: Apache-2.0
// Locked 7z archives: what a word opens is an archive without a lock, which the reader of all archives reads.
#include "unpack/seven_zip_maker.h"

#include <gtest/gtest.h>

#include "unpack/archive/archive.h"
#include "unpack/collected.h"

namespace careo {
namespace {

using Method = SevenZipFile::Method;
using Header = SevenZipMaker::Header;

const std::string kWord("w\0\x4f\x04", 4);  // "wя"
const std::vector<std::string> kWords = {"wrong", "", "wя"};

std::string long_text() {
  std::string out;
  for (int i = 0; i < 700; ++i) out += "line " + std::to_string(i) + "\n";
  return out;
}

std::vector<SevenZipFile> two_files(Method method) {
  return {{"plan.txt", "the convoy leaves at dawn", method}, {"long.txt", long_text(), method}};
}

TEST(SevenZip, TheUnlockedArchiveIsRead) {
  for (const Method method : {Method::Copy, Method::Lzma}) {
    for (const Header header : {Header::Open, Header::Locked}) {
      const std::string file = SevenZipMaker::make(two_files(method), kWord, header);
      const Collected got = collect(*archive_opener(), file, {}, {}, kWords);
      ASSERT_EQ(got.children.size(), 1U) << got.type;
      EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
      EXPECT_TRUE(got.adds_up(file.size()));
      EXPECT_TRUE(got.unreads.empty());
      const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
      ASSERT_EQ(inside.children.size(), 2U) << inside.type;
      EXPECT_EQ(inside.children[0].name, "plan.txt");
      EXPECT_EQ(text_of(inside.derived_data[0]), "the convoy leaves at dawn");
      EXPECT_EQ(text_of(inside.derived_data[1]), long_text());
      EXPECT_TRUE(inside.unreads.empty());
    }
  }
}

TEST(SevenZip, WithoutItsWordItIsLocked) {
  const std::string hidden = SevenZipMaker::make(two_files(Method::Lzma), kWord, Header::Locked);
  EXPECT_EQ(collect(*archive_opener(), hidden).type, "error: a password is needed");
  EXPECT_EQ(collect(*archive_opener(), hidden, {}, {}, {"wrong", "w"}).type, "error: a password is needed");
  const std::string open = SevenZipMaker::make(two_files(Method::Copy), kWord);
  const Collected got = collect(*archive_opener(), open, {}, {}, {"wrong"});
  EXPECT_TRUE(got.children.empty());
  ASSERT_EQ(got.unreads.size(), 2U);
  EXPECT_EQ(got.unreads[0].reason, "locked: plan.txt");
}

TEST(SevenZip, AFileWithoutALockStandsBesideLockedOnes) {
  std::vector<SevenZipFile> files = two_files(Method::Lzma);
  files.insert(files.begin(), {"open.txt", "for everybody", Method::Copy, false});
  const std::string file = SevenZipMaker::make(files, kWord);
  const Collected without = collect(*archive_opener(), file);
  ASSERT_EQ(without.children.size(), 1U);
  EXPECT_EQ(without.unreads.size(), 2U);
  const Collected got = collect(*archive_opener(), file, {}, {}, kWords);
  ASSERT_EQ(got.derived_data.size(), 1U);
  EXPECT_EQ(collect(*archive_opener(), text_of(got.derived_data[0])).children.size(), 3U);
}

TEST(SevenZip, DamageIsNamed) {
  std::string file =
      SevenZipMaker::make({{"a", "first of all files", Method::Copy}, {"b", long_text(), Method::Copy}}, kWord);
  file[32 + 32 + 5000] = static_cast<char>(file[32 + 32 + 5000] ^ 1);  // in the second file
  const Collected got = collect(*archive_opener(), file, {}, {}, kWords);
  ASSERT_EQ(got.derived_data.size(), 1U);
  const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
  ASSERT_EQ(inside.children.size(), 2U);
  ASSERT_EQ(inside.unreads.size(), 1U) << "a checksum that does not match is no whole file";
  EXPECT_NE(inside.unreads[0].reason.find("CRC"), std::string::npos) << inside.unreads[0].reason;
  // A lock that would keep the machine busy for hours is not tried.
  std::string slow = SevenZipMaker::make(two_files(Method::Copy), kWord);
  for (std::size_t at = slow.find("\xC3\x3F"); at != std::string::npos; at = slow.find("\xC3\x3F")) slow[at] = '\xFC';
  EXPECT_TRUE(collect(*archive_opener(), slow, {}, {}, kWords).children.empty());
}

}  // namespace
}  // namespace careo
