// SPDX-License-Identifier: Apache-2.0
#include "base/replay_disk.h"

#include <gtest/gtest.h>

#include <set>

namespace careo {
namespace {

std::string text(const ReplayMedium& medium, const std::string& name) {
  return std::string(text_of(medium.contents(name)));
}

TEST(ReplayMedium, KeepsWhatWasSyncedWhateverTheSeed) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  const auto file = disk->open("a", Disk::Mode::Create).value();
  ASSERT_TRUE(file->write(0, bytes_of("kept")));
  ASSERT_TRUE(file->sync());
  ASSERT_TRUE(disk->sync());
  ASSERT_TRUE(file->write(0, bytes_of("lost and longer")));
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::string left = text(medium.after_cut(medium.events(), seed), "a");
    EXPECT_GE(left.size(), 4U);
    seen.insert(left);
  }
  EXPECT_TRUE(seen.contains("kept"));                                       // nothing of the write
  EXPECT_TRUE(seen.contains("lost and longer"));                            // all of it
  EXPECT_TRUE(seen.contains(std::string("kept") + std::string(11, '\0')));  // the length only
}

TEST(ReplayMedium, TearsSectors) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  const auto file = disk->open("a", Disk::Mode::Create).value();
  ASSERT_TRUE(file->write(0, Buffer(2048, 'o')));
  ASSERT_TRUE(file->sync());
  ASSERT_TRUE(disk->sync());
  ASSERT_TRUE(file->write(0, Buffer(2048, 'n')));
  std::set<std::string> seen;
  for (std::uint64_t seed = 2; seed < 200; ++seed) {
    const std::string left = text(medium.after_cut(medium.events(), seed), "a");
    std::string sectors;
    for (std::size_t at = 0; at < 2048; at += 512) {
      EXPECT_EQ(left.substr(at, 512), std::string(512, left[at]));
      sectors += left[at];
    }
    seen.insert(sectors);
  }
  EXPECT_EQ(seen.size(), 16U);
}

TEST(ReplayMedium, NamesNeedTheFolderSynced) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  {
    const auto file = disk->open("new", Disk::Mode::Create).value();
    ASSERT_TRUE(file->write(0, bytes_of("x")));
    ASSERT_TRUE(file->sync());
  }
  EXPECT_TRUE(medium.after_cut(medium.events(), 0).names().empty());
  ASSERT_TRUE(disk->sync());
  ASSERT_TRUE(disk->rename("new", "final"));
  EXPECT_EQ(medium.after_cut(medium.events(), 0).names(), std::vector<std::string>{"new"});
  EXPECT_EQ(medium.after_cut(medium.events(), 1).names(), std::vector<std::string>{"final"});
  ASSERT_TRUE(disk->sync());
  EXPECT_EQ(medium.after_cut(medium.events(), 0).names(), std::vector<std::string>{"final"});
  EXPECT_TRUE(medium.after_cut(0, 0).names().empty());
}

TEST(ReplayMedium, BreaksOnDemandAndHeals) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  const auto file = disk->open("a", Disk::Mode::Create).value();
  medium.fail_at(1, ReplayMedium::Failing::FromThen, "No space left on device");
  EXPECT_TRUE(file->write(0, bytes_of("12")));
  EXPECT_EQ(file->write(2, bytes_of("3456")).error().fault, Fault::Io);
  EXPECT_EQ(text(medium, "a"), "1234");  // half of it
  EXPECT_FALSE(file->sync());
  medium.heal();
  EXPECT_TRUE(file->sync());
  medium.fail_at(0, ReplayMedium::Failing::Once, "Input/output error");
  EXPECT_FALSE(file->sync());
  EXPECT_TRUE(file->sync());
}

}  // namespace
}  // namespace careo
