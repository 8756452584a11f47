// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "evidence/locked.h"
#include "unpack/archive/archive.h"
#include "unpack/collected.h"
#include "unpack/kept.h"
#include "unpack/zip_maker.h"

namespace careo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Collected open_zip(const std::string& file, const Budget& budget = {}) {
  MemoryBytes bytes(file);
  Collected out;
  const Result<void> opened = zip_opener()->open(bytes, {}, budget, out);
  EXPECT_TRUE(opened) << opened.error().text();
  std::uint64_t claimed = 0;
  for (const Claim& claim : out.claims) claimed += claim.length;
  EXPECT_EQ(claimed, file.size()) << "every byte is claimed once";
  return out;
}

std::vector<std::string> names_of(const Collected& got) {
  std::vector<std::string> out;
  for (const Child& child : got.children) out.push_back(child.name);
  return out;
}

std::string data_of(const Collected& got, std::size_t index) {
  return std::string(text_of(got.derived_data.at(index)));
}

TEST(Zip, CommentsAreText) {
  ZipMember member{.name = "a.txt", .data = "x"};
  member.comment = "from Ana";
  const std::string file = ZipMaker().add(member).add("b", "y").finish(ZipMaker::Form::Plain, "for \xC8\xE2\xE0\xED");
  const Collected got = collect(*zip_opener(), file);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.text_of_first().substr(0, 13), "[comment: for");
  EXPECT_NE(got.text_of_first().find("]\n\n[comment on a.txt: from Ana]"), std::string::npos);
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Zip, MembersCarryTheOffsetOfTheirHeader) {
  ZipMaker maker;
  maker.add("a.txt", "first");
  const std::uint64_t second = maker.size();
  maker.add("b/c.txt", std::string(100'000, 'x'));
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("a.txt", "b/c.txt"));
  EXPECT_EQ(got.children[0].step, Step::member(0));
  EXPECT_EQ(got.children[1].step, Step::member(second));
  EXPECT_EQ(data_of(got, 0), "first");
  EXPECT_EQ(data_of(got, 1), std::string(100'000, 'x'));
  EXPECT_EQ(got.expected, 2U);
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_EQ(got.type, "application/zip");
}

TEST(Zip, StoredAndStreamedMembersAreReadToTheirEnd) {
  ZipMaker maker;
  maker.add({.name = "stored", .data = "as it is", .method = 0});
  maker.add({.name = "streamed", .data = "sizes follow", .flags = 8});
  maker.add("last", "end");
  const Collected got = open_zip(maker.finish());
  EXPECT_EQ(data_of(got, 0), "as it is");
  EXPECT_EQ(data_of(got, 1), "sizes follow");
  EXPECT_EQ(data_of(got, 2), "end");
  EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
}

// As Python and Google Takeout write them: before they know how long a member will be.
TEST(Zip, DescriptorsOfZip64AreReadWhereNoSizeNeedsThem) {
  ZipMaker maker;
  maker.add({.name = "wide", .data = "sizes follow", .flags = 8, .wide_descriptor = true});
  maker.add({.name = "empty", .data = "", .flags = 8, .wide_descriptor = true});
  maker.add({.name = "narrow", .data = "", .flags = 8});
  maker.add({.name = "last", .data = "end", .flags = 8, .wide_descriptor = true});
  const Collected got = open_zip(maker.finish());
  EXPECT_EQ(data_of(got, 0), "sizes follow");
  EXPECT_EQ(data_of(got, 3), "end");
  EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
}

TEST(Zip, Zip64AndACommentAndAPrefixAreUnderstood) {
  const std::string wide = ZipMaker().add("a", "1").add("b", "2").finish(ZipMaker::Form::Zip64);
  EXPECT_EQ(open_zip(wide).children.size(), 2U);
  EXPECT_TRUE(open_zip(wide).unreads.empty());
  const std::string commented = ZipMaker().add("a", "1").finish(ZipMaker::Form::Plain, "a comment PK\5\6 with a mark");
  EXPECT_EQ(open_zip(commented).children.size(), 1U);
  // As self-extracting archives do: bytes before, offsets as if they were not there.
  const Collected shifted = open_zip("#!program" + ZipMaker().add("a", "1").finish());
  EXPECT_THAT(names_of(shifted), ElementsAre("what stands before the archive", "a"));
  EXPECT_EQ(shifted.children[1].step, Step::member(9));
  EXPECT_TRUE(shifted.unreads.empty());
}

TEST(Zip, WhatStandsBeforeAndBehindIsAPartOfItsOwn) {
  const std::string zip = ZipMaker().add("a", "1").finish();
  const std::string file = "#!program" + zip + "and behind";
  const Collected got = open_zip(file);
  EXPECT_THAT(names_of(got), ElementsAre("what stands before the archive", "a", "what stands behind the archive"));
  EXPECT_EQ(got.children[0].step, Step::range(0, 9));
  EXPECT_EQ(got.children[2].step, Step::range(9 + zip.size(), 10));
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_TRUE(got.unreads.empty());
}

std::string program(const std::string& archive) {
  std::string out = "MZ" + std::string(70'000, '\x90') + archive;
  out[60] = 64;
  return out;
}

TEST(Zip, AProgramThatUnpacksItselfIsAnArchive) {
  const std::string file = program(ZipMaker().add("letter.txt", "Dear").add("b", "2").finish());
  const Collected got = collect(*kept_opener(), file);
  EXPECT_THAT(names_of(got), ElementsAre("what stands before the archive", "letter.txt", "b"));
  EXPECT_EQ(data_of(got, 0), "Dear");
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_EQ(got.expected, 3U) << "what stands before it counts too";
  EXPECT_EQ(got.type, "application/vnd.microsoft.portable-executable");
  // Chance bytes that look like a directory's end are none.
  const std::string end = std::string("PK\5\6") + std::string(18, '\0');
  EXPECT_THAT(collect(*kept_opener(), program(end)).type, HasSubstr("error"));
}

TEST(Zip, A7zOrRarInAProgramIsAChild) {
  const std::string rar = std::string("Rar!\x1a\x07\x01\0", 8) + "\x33\x92\xB5\xE5\x0A\x01 and so on";
  const std::string file = program("Rar! is a name, 7z too; " + rar);
  const Collected got = collect(*kept_opener(), file);
  ASSERT_EQ(got.children.size(), 2U);
  EXPECT_EQ(got.children[0].step, Step::range(0, file.size() - rar.size()));
  EXPECT_EQ(got.children[1].step, Step::range(file.size() - rar.size(), rar.size()));
  EXPECT_TRUE(got.adds_up(file.size()));
  const std::string knows = program(rar.substr(0, 8) + std::string(24, '\0'));
  EXPECT_TRUE(collect(*kept_opener(), knows).children.empty()) << "a program that knows archives is none";
}

TEST(Zip, NamesAreDataAndNothingElse) {
  ZipMaker maker;
  for (const char* name : {"../../etc/passwd", "/absolute", "..\\..\\windows", "a\nb"}) maker.add(name, "x");
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("../../etc/passwd", "/absolute", "..\\..\\windows", "a\nb"));
}

TEST(Zip, FoldersAndLinksAreStructureNotParts) {
  ZipMaker maker;
  maker.add({.name = "folder/", .data = "", .method = 0});
  maker.add({.name = "link", .data = "target", .method = 0, .made_by = 3 << 8, .attributes = 0120777U << 16U});
  maker.add("file", "x");
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("file"));
  EXPECT_EQ(got.expected, 1U);
  EXPECT_EQ(got.texts.at(0).utf8, "[empty folder: folder]\n");
  EXPECT_EQ(got.texts.at(1).utf8, "[link link: target]\n");
}

// The mode of a link hides a file from who looks at names alone.
TEST(Zip, WhatIsLongerThanAPathIsNoLink) {
  const std::string letter(5000, 'a');
  ZipMaker maker;
  maker.add({.name = "letter", .data = letter, .made_by = 3 << 8, .attributes = 0120777U << 16U});
  maker.add({.name = "spoilt", .data = "to", .made_by = 3 << 8, .attributes = 0120777U << 16U, .crc_xor = 1});
  const Collected got = open_zip(maker.finish());
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(data_of(got, 0), letter);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "a link whose target is damaged: spoilt");
}

TEST(Zip, ALockedMemberIsListedWithItsBytesAsTheyStand) {
  ZipMaker maker;
  maker.add({.name = "secret.doc", .data = "not to be read", .method = 0, .flags = 1});
  maker.add("open.txt", "x");
  const std::string file = maker.finish();
  const Collected got = open_zip(file);
  EXPECT_THAT(names_of(got), ElementsAre("secret.doc", "open.txt"));
  EXPECT_EQ(got.expected, 2U);
  const Child& locked = got.children[0];
  EXPECT_EQ(locked.step, Step::range(file.find("not to be read"), 14));
  EXPECT_EQ(locked.hints.media_type, kLockedType);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "locked: 1 member");
}

TEST(Zip, WhatOnlyTheStreamHoldsIsGivenAndTold) {
  ZipMaker maker;
  maker.add("known", "1");
  maker.add({.name = "hidden", .data = "2", .in = ZipMember::In::StreamOnly});
  maker.add("known too", "3");
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("known", "hidden", "known too"));
  EXPECT_EQ(got.expected, 3U);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "zip_difference");
  EXPECT_THAT(got.readings[0].value, HasSubstr("only in the stream"));
}

TEST(Zip, WhatOnlyTheDirectoryHoldsIsUnread) {
  ZipMaker maker;
  maker.add("there", "1");
  maker.add({.name = "gone", .data = "2", .in = ZipMember::In::DirectoryOnly});
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("there"));
  EXPECT_EQ(got.expected, 2U);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_THAT(got.unreads[0].reason, HasSubstr("gone"));
}

TEST(Zip, AnotherNameInTheStreamIsTold) {
  ZipMaker maker;
  maker.add({.name = "real.exe", .data = "x", .name_in_directory = "invoice.pdf"});
  const Collected got = open_zip(maker.finish());
  EXPECT_THAT(names_of(got), ElementsAre("invoice.pdf"));
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_THAT(got.readings[0].value, HasSubstr("real.exe"));
}

TEST(Zip, AWrongChecksumIsUnreadAndTheBytesStay) {
  ZipMaker maker;
  maker.add({.name = "bad", .data = "still here", .crc_xor = 1});
  const Collected got = open_zip(maker.finish());
  EXPECT_EQ(data_of(got, 0), "still here");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "checksum does not match: bad");
}

TEST(Zip, ACutArchiveKeepsWhatCameBefore) {
  ZipMaker maker;
  maker.add("whole", std::string(1000, 'a'));
  maker.add({.name = "cut", .data = std::string(1000, 'b'), .method = 0});
  const std::uint64_t members = maker.size();
  const std::string file = maker.finish().substr(0, members - 500);
  const Collected got = open_zip(file);
  EXPECT_EQ(data_of(got, 0), std::string(1000, 'a'));
  EXPECT_EQ(got.expected, UINT64_MAX) << "without a directory nothing is promised";
  EXPECT_FALSE(got.unreads.empty());
}

TEST(Zip, OverlappingMembersAreNotUnpackedTwice) {
  // As in zbsm.zip (Fifield, A better zip bomb, 2019): one kernel, many entries that point into it.
  ZipMaker maker;
  maker.add("kernel", std::string(1 << 20, '\0'));
  for (int i = 0; i < 1000; ++i) {
    maker.add({.name = "copy" + std::to_string(i),
               .data = std::string(1 << 10, '\0'),
               .header_in_directory = 0,
               .in = ZipMember::In::DirectoryOnly});
  }
  const Collected got = open_zip(maker.finish());
  EXPECT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.expected, 1001U);
  EXPECT_EQ(got.unreads.size(), 101U) << "a hundred by name, the rest by count";
}

TEST(Zip, BudgetsEndInUnreadNeverInSilence) {
  ZipMaker maker;
  for (int i = 0; i < 20; ++i) maker.add("m" + std::to_string(i), std::string(10'000, 'x'));
  const std::string file = maker.finish();
  const Collected few = open_zip(file, {.children = 3});
  EXPECT_EQ(few.children.size(), 3U);
  EXPECT_FALSE(few.unreads.empty());
  const Collected small = open_zip(file, {.bytes_out = 25'000});
  EXPECT_EQ(small.children.size(), 3U);
  ASSERT_FALSE(small.unreads.empty());
  EXPECT_THAT(small.unreads.back().reason, HasSubstr("limit"));
  const std::string bomb = ZipMaker().add("zeros", std::string(64 << 20, '\0')).finish();
  const Collected exploded = open_zip(bomb, {.ratio = 100});
  ASSERT_FALSE(exploded.unreads.empty());
  EXPECT_LT(exploded.derived_data[0].size(), 20U << 20U);
}

TEST(Zip, AMemberThatIsNotWhatItsNameSaysIsTold) {
  const std::string png = "\x89PNG\r\n\x1a\n";
  const Collected got =
      open_zip(ZipMaker().add("letter.pdf", png + std::string(40, '\0')).add("fine.png", png).finish());
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "type_mismatch");
  EXPECT_THAT(got.readings[0].value, HasSubstr("\"found\":\"image/png\""));
}

TEST(Zip, NoCutAndNoFlippedByteBreaksIt) {
  ZipMaker maker;
  maker.add("a", std::string(300, 'a')).add({.name = "b", .data = "bb", .flags = 8}).add("c/", "");
  const std::string file = maker.finish(ZipMaker::Form::Zip64);
  std::mt19937 random(7);
  for (std::size_t length = 0; length <= file.size(); ++length) {
    const std::string cut = file.substr(0, length);
    MemoryBytes bytes(cut);
    Collected got;
    const Result<void> opened = zip_opener()->open(bytes, {}, {}, got);
    std::uint64_t claimed = 0;
    for (const Claim& claim : got.claims) claimed += claim.length;
    EXPECT_TRUE(!opened || claimed == length) << length;
  }
  for (int round = 0; round < 2000; ++round) {
    std::string bent = file;
    for (int i = 0; i < 3; ++i) bent[random() % bent.size()] = static_cast<char>(random());
    MemoryBytes bytes(bent);
    Collected got;
    const Result<void> opened = zip_opener()->open(bytes, {}, {}, got);
    std::uint64_t claimed = 0;
    for (const Claim& claim : got.claims) claimed += claim.length;
    ASSERT_TRUE(!opened || claimed == bent.size()) << "round " << round;
  }
}

TEST(Zip, FoldersInWhichNothingStandsAreNamed) {
  const Collected got = open_zip(ZipMaker().add("a/c.txt", "1").add("a/", "").add("b/", "").add("b/d/", "").finish());
  EXPECT_EQ(got.text_of_first(), "[empty folder: b/d]\n");
  ZipMaker many;
  for (int i = 0; i < 1200; ++i) many.add("folder " + std::to_string(i) + "/", "");
  const Collected more = open_zip(many.finish());
  EXPECT_THAT(more.text_of_first(), HasSubstr("]\n[200 more empty folders]\n"));
  // Names of names: what is held is bounded, and that is told.
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "a/";
  const Collected lost = open_zip(ZipMaker().add(deep, "").finish());
  ASSERT_EQ(lost.unreads.size(), 1U);
  EXPECT_THAT(lost.unreads[0].reason, HasSubstr("which of them are empty is not told"));
}

}  // namespace
}  // namespace careo
