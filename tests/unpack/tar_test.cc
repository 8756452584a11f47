// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/archive/archive.h"
#include "unpack/collected.h"

namespace careo {
namespace {

using ::testing::HasSubstr;

std::string header(const std::string& name, std::uint64_t size, char type, std::string_view magic = "ustar\00000") {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  block.replace(100, 7, "0000644");
  block.replace(124, 11, fmt::format("{:011o}", size));
  block.replace(136, 11, "00000000000");
  block.replace(148, 8, "        ");
  block[156] = type;
  block.replace(257, magic.size(), magic);
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  block.replace(148, 7, fmt::format("{:06o}", sum) + '\0');
  return block;
}

std::string member(const std::string& name, const std::string& data, char type = '0') {
  return header(name, data.size(), type) + data + std::string((512 - data.size() % 512) % 512, '\0');
}

const std::string kEnd(1024, '\0');

Collected open_tar(const std::string& file) {
  MemoryBytes bytes(file);
  Collected out;
  const Result<void> opened = tar_opener()->open(bytes, {}, {}, out);
  EXPECT_TRUE(opened) << opened.error().text();
  std::uint64_t claimed = 0;
  for (const Claim& claim : out.claims) claimed += claim.length;
  EXPECT_EQ(claimed, file.size());
  return out;
}

TEST(Tar, AMemberIsARangeOfTheArchive) {
  const Collected got = open_tar(member("a.txt", "hello") + member("b", std::string(600, 'b')) + kEnd);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[0].name, "a.txt");
  EXPECT_EQ(got.children[0].step, Step::range(512, 5));
  EXPECT_EQ(got.children[1].step, Step::range(1536, 600));
  EXPECT_EQ(got.expected, 2U);
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Tar, LongNamesComeFromPaxAndGnuRecords) {
  const std::string longer = std::string(150, 'n') + ".txt";
  const std::string record = fmt::format("{} path={}\n", longer.size() + 10, longer);
  const Collected got = open_tar(member("PaxHeaders/x", record, 'x') + member("short", "1") +
                                 member("././@LongLink", longer + '\0', 'L') + member("short", "2") + kEnd);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[0].name, longer);
  EXPECT_EQ(got.children[1].name, longer);
}

TEST(Tar, FoldersAndLinksHaveNoPart) {
  const Collected got = open_tar(header("d/", 0, '5') + header("l", 0, '2') + member("../up", "x") + kEnd);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "../up");
}

std::string record(const std::string& key, const std::string& value) {
  const std::string said = " " + key + "=" + value + "\n";
  std::size_t length = said.size() + 1;
  while (std::to_string(length).size() + said.size() != length) ++length;
  return std::to_string(length) + said;
}

std::string linked(const std::string& name, const std::string& target, char type) {
  std::string block = header(name, 0, type);
  block.replace(157, target.size(), target);
  unsigned sum = 0;
  for (std::size_t i = 0; i < block.size(); ++i)
    sum += i >= 148 && i < 156 ? unsigned{' '} : static_cast<unsigned char>(block[i]);
  return block.replace(148, 7, fmt::format("{:06o}", sum) + '\0');
}

TEST(Tar, WhereLinksLeadIsTold) {
  const std::string longer = std::string(150, 't') + ".txt";
  const Collected got = open_tar(linked("l", "../secret.txt", '2') + linked("h", "a.txt", '1') +
                                 member("x", record("linkpath", longer), 'x') + linked("p", "short", '2') +
                                 member("././@LongLink", longer + '\0', 'K') + linked("k", "short", '1') + kEnd);
  EXPECT_TRUE(got.children.empty());
  EXPECT_EQ(got.text_of_first(),
            "[link l: ../secret.txt]\n[link h: a.txt]\n[link p: " + longer + "]\n[link k: " + longer + "]\n");
}

TEST(Tar, CommentsAndAttributesAreTold) {
  const std::string list("bplist00\xA1\x01\x5F\x10\x18https://pay.example/a.pdf\x08", 39);
  const std::string said =
      record("comment", "for Ana") + record("SCHILY.xattr.user.xdg.origin.url", "https://x.example/a") +
      record("SCHILY.xattr.com.apple.metadata:kMDItemWhereFroms", list) +
      record("SCHILY.xattr.security.selinux", "system_u") + record("LIBARCHIVE.xattr.user.xdg.origin.url", "aGVsbG8=") +
      record("LIBARCHIVE.xattr.user.note", "aGVsbG8=");
  const Collected got = open_tar(member("g", record("comment", "of all"), 'g') + member("x", said, 'x') +
                                 member("a.pdf", "1") + member("b.pdf", "1") + kEnd);
  EXPECT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.text_of_first(),
            "[comment: of all]\n[comment on a.pdf: for Ana]\n[user.xdg.origin.url on a.pdf: https://x.example/a]\n"
            "[com.apple.metadata:kMDItemWhereFroms on a.pdf: bplist00 https://pay.example/a.pdf]\n"
            "[user.note on a.pdf: hello]\n");
}

TEST(Tar, DataIsReadWhateverItsNameAndType) {
  const Collected got =
      open_tar(member("letter/", "Dear") + member("rest", "of a letter", 'M') + member("d/", "Yname", 'D') +
               member("label", "words", 'V') + member("odd", "odd", 'Q') + member("last", "1") + kEnd);
  ASSERT_EQ(got.children.size(), 6U);
  EXPECT_EQ(got.children[0].name, "letter/");
  EXPECT_EQ(got.children[0].step, Step::range(512, 4));
  EXPECT_EQ(got.children[4].name, "odd");
  EXPECT_EQ(got.expected, 6U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "begins on another volume: rest");
}

TEST(Tar, ALinkMayHaveData) {
  const Collected with = open_tar(member("l", "data", '1') + member("last", "1") + kEnd);
  ASSERT_EQ(with.children.size(), 2U);
  EXPECT_EQ(with.children[0].name, "l");
  EXPECT_TRUE(with.unreads.empty());
  // Old writers state the size of what a link, a folder or a device points to.
  for (const char type : {'1', '2', '3', '4', '5', '6'}) {
    const Collected none = open_tar(header("l", 1000, type) + member("last", "1") + kEnd);
    ASSERT_EQ(none.children.size(), 1U) << type;
    EXPECT_TRUE(none.unreads.empty()) << type;
  }
}

TEST(Tar, ARecordTooLongToReadIsUnread) {
  const Collected got = open_tar(member("x", std::string((1U << 20U) + 100, 'p'), 'x') + member("last", "1") + kEnd);
  ASSERT_EQ(got.children.size(), 1U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].length, 100U);
}

TEST(Tar, ACutMemberAndAMissingEndAreTold) {
  const std::string whole = member("first", "1") + member("second", std::string(5000, 'x'));
  const Collected got = open_tar(whole.substr(0, 3000));
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[1].step.length, 3000U - 1536U);
  ASSERT_EQ(got.unreads.size(), 2U);
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("ends early: second"));
}

TEST(Tar, AHeaderWithAWrongChecksumIsReadAndTold) {
  std::string file = member("one", "1") + member("two", "2") + member("three", "3") + kEnd;
  file[1024 + 10] = '!';
  const Collected got = open_tar(file);
  ASSERT_EQ(got.children.size(), 3U);
  EXPECT_EQ(got.children[1].step, Step::range(1536, 1));
  EXPECT_EQ(got.expected, 3U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "a header whose checksum does not match: two");
}

TEST(Tar, ADamagedHeaderCostsOneMemberNotTheRest) {
  std::string file = member("one", "1") + member("two", "2") + member("three", "3") + kEnd;
  file[1024 + 258] = '!';  // the magic: nothing tells that it was a header
  const Collected got = open_tar(file);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[1].name, "three");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].length, 1024U);
  file[1024 + 258] = 's';
  file[1024 + 130] = '7';  // another size: no header follows where it says
  EXPECT_EQ(open_tar(file).children.size(), 2U);
}

TEST(Tar, OldFormatsWithoutAMagicAreKnownByTheirChecksum) {
  std::string file = header("v7.txt", 2, '0', "") + "ok" + std::string(510, '\0') + kEnd;
  EXPECT_TRUE(tar_opener()->may(bytes_of(file), {}));
  EXPECT_EQ(open_tar(file).children.size(), 1U);
}

TEST(Tar, ASecondArchiveBehindTheFirstIsRead) {
  const Collected got = open_tar(member("a", "1") + kEnd + std::string(2048, '\0') + member("b", "22") + kEnd);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[1].name, "b");
  EXPECT_EQ(got.expected, 2U);
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Tar, BytesBehindTheEndAreUnread) {
  const Collected got = open_tar(member("a", "1") + kEnd + "hidden behind");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].length, 13U);
}

TEST(Tar, FoldersInWhichNothingStandsAreNamed) {
  const Collected got = open_tar(member("a/", "", '5') + member("a/b/", "", '5') + member("a/b/c.txt", "1") +
                                 member("./a/meeting with N/", "", '5') + kEnd);
  EXPECT_EQ(got.text_of_first(), "[empty folder: a/meeting with N]\n");
  EXPECT_TRUE(got.unreads.empty());
}

}  // namespace
}  // namespace careo
