// SPDX-License-Identifier: Apache-2.0
// Locked RAR archives of both kinds: what a word opens is an archive without a lock, which the reader of all archives
// reads.
#include "unpack/rar_maker.h"

#include <gtest/gtest.h>

#include "unpack/archive/archive.h"
#include "unpack/collected.h"

namespace careo {
namespace {

const std::vector<std::string> kWords = {"wrong", "", "wя"};

const std::vector<RarFile>& files() {
  static const std::vector<RarFile> out = {{"plan.txt", "the convoy leaves at dawn"},
                                           {"open.txt", "for everybody", false},
                                           {"long.txt", std::string(5000, 'x') + "end"}};
  return out;
}

std::string rar4(RarNames names) {
  return Rar4Maker::make(files(), std::string("w\0\x4f\x04", 4), names);
}

std::string rar5(RarNames names, Rar5Maker::Checksums checksums = Rar5Maker::Checksums::Tweaked) {
  return Rar5Maker::make(files(), "wя", names, checksums);
}

TEST(Rar, TheUnlockedArchiveIsRead) {
  for (const std::string& file : {rar4(RarNames::Open), rar4(RarNames::Hidden), rar5(RarNames::Open),
                                  rar5(RarNames::Hidden), rar5(RarNames::Open, Rar5Maker::Checksums::Plain)}) {
    const Collected got = collect(*archive_opener(), file, {}, {}, kWords);
    ASSERT_EQ(got.children.size(), 1U) << got.type;
    EXPECT_EQ(got.children[0].step.print(), "expand:cipher");
    EXPECT_TRUE(got.adds_up(file.size()));
    EXPECT_TRUE(got.unreads.empty()) << got.unreads[0].reason;
    const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
    ASSERT_EQ(inside.children.size(), 3U) << inside.type;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(inside.children[i].name, files()[i].name);
      EXPECT_TRUE(text_of(inside.derived_data[i]) == files()[i].data) << files()[i].name;
    }
    EXPECT_TRUE(inside.unreads.empty());
  }
}

TEST(Rar, WithoutItsWordItIsLocked) {
  for (const std::string& file : {rar4(RarNames::Hidden), rar5(RarNames::Hidden)})
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"wrong", "w"}})
      EXPECT_EQ(collect(*archive_opener(), file, {}, {}, words).type, "error: a password is needed");
  for (const std::string& file : {rar4(RarNames::Open), rar5(RarNames::Open)}) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"wrong", "w"}}) {
      const Collected got = collect(*archive_opener(), file, {}, {}, words);
      ASSERT_EQ(got.children.size(), 1U) << "what is encrypted is no file";
      EXPECT_EQ(got.children[0].name, "open.txt");
      ASSERT_EQ(got.unreads.size(), 2U);
      EXPECT_EQ(got.unreads[0].reason, "locked: plan.txt");
    }
  }
}

TEST(Rar, DamageIsNamed) {
  // A bit of the long file: its tweaked checksum cannot be kept, so it is compared when the lock is taken off.
  std::string damaged = rar5(RarNames::Open);
  damaged[damaged.size() - 1000] = static_cast<char>(damaged[damaged.size() - 1000] ^ 1);
  const Collected whole = collect(*archive_opener(), damaged, {}, {}, kWords);
  ASSERT_EQ(whole.unreads.size(), 1U);
  EXPECT_EQ(whole.unreads[0].reason, "checksum does not match: file 3 of the archive");
  // The end is missing: what stands before it is unlocked.
  for (const RarNames names : {RarNames::Open, RarNames::Hidden}) {
    for (const std::string& file : {rar4(names), rar5(names)}) {
      const Collected got = collect(*archive_opener(), file.substr(0, file.size() - 1000), {}, {}, kWords);
      ASSERT_EQ(got.derived_data.size(), 1U) << got.type;
      ASSERT_EQ(got.unreads.size(), 1U);
      EXPECT_EQ(got.unreads[0].reason, "the last file ends early: the rest of the archive");
      const Collected inside = collect(*archive_opener(), text_of(got.derived_data[0]));
      ASSERT_EQ(inside.children.size(), 2U);
      EXPECT_EQ(text_of(inside.derived_data[0]), "the convoy leaves at dawn");
    }
  }
}

TEST(Rar, WhatWinRarLockedIsNamed) {
  const std::string file = shared_document("test-documents-enc.rar");
  if (file.empty()) GTEST_SKIP() << "no shared data: a RAR 4 whose names are hidden";
  EXPECT_EQ(collect(*archive_opener(), file, {}, {}, {"wrong"}).type, "error: a password is needed");
}

}  // namespace
}  // namespace careo
