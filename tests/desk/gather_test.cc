// SPDX-License-Identifier: Apache-2.0
#include "desk/gather.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace careo {
namespace {

namespace fs = std::filesystem;

struct Silent : Progress {
  void tell(const Tally& tally) override { last = tally; }
  Tally last;
};

class GatherTest : public testing::Test {
 protected:
  GatherTest() {
    std::string name = (fs::temp_directory_path() / "careo-gather-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~GatherTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Gathering gather_all() {
    auto out = gather(folder_.string(), {}, progress_, stop_);
    EXPECT_TRUE(out.has_value());
    return out.value_or(Gathering{});
  }

  fs::path folder_;
  Silent progress_;
  StopFlag stop_{false};
};

TEST_F(GatherTest, ListsEveryFileByPathWithItsHash) {
  write("b.txt", "two");
  write("a/c.txt", "one");
  const Gathering found = gather_all();
  ASSERT_EQ(found.source.files.size(), 2U);
  EXPECT_EQ(found.source.files[0].path, "a/c.txt");
  EXPECT_EQ(found.source.files[0].length, 3U);
  EXPECT_EQ(found.source.files[0].sha256, sha256(std::string_view("one")));
  EXPECT_EQ(found.source.files[1].path, "b.txt");
  EXPECT_EQ(progress_.last.bytes, 6U);
}

TEST_F(GatherTest, TheSameListingIsTheSameSourceWhereverItLies) {
  write("a.txt", "same");
  const SourceId here = gather_all().source.id;
  fs::create_directories(folder_ / "moved");
  fs::rename(folder_ / "a.txt", folder_ / "moved/a.txt");
  const auto there = gather((folder_ / "moved").string(), {"by hand", "someone", 12}, progress_, stop_);
  ASSERT_TRUE(there.has_value());
  EXPECT_EQ(there->source.id, here);
}

TEST_F(GatherTest, LoopsPipesAndLinksAreListedNotFollowed) {
  write("a.txt", "text");
  fs::create_directory_symlink(folder_, folder_ / "loop");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const Gathering found = gather_all();
  ASSERT_EQ(found.source.files.size(), 3U);
  EXPECT_EQ(found.source.files[1].path, "loop");
  EXPECT_EQ(found.source.files[1].failure, "a symbolic link, not followed");
  EXPECT_EQ(found.source.files[2].path, "pipe");
  EXPECT_EQ(found.source.files[2].failure, "a pipe, not a file");
}

TEST_F(GatherTest, AFileNobodyMayReadIsListedWithItsReason) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root may read every file";
  write("closed.txt", "text");
  fs::permissions(folder_ / "closed.txt", fs::perms::none);
  const Gathering found = gather_all();
  ASSERT_EQ(found.source.files.size(), 1U);
  EXPECT_FALSE(found.source.files[0].failure.empty());
}

TEST_F(GatherTest, APathThatIsNotThereIsAnError) {
  const auto found = gather((folder_ / "nowhere").string(), {}, progress_, stop_);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().fault, Fault::NotFound);
}

TEST_F(GatherTest, StopsWhenAsked) {
  write("a.txt", "text");
  stop_ = true;
  const auto found = gather(folder_.string(), {}, progress_, stop_);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().message, "stopped");
}

}  // namespace
}  // namespace careo
