// SPDX-License-Identifier: Apache-2.0
#include "desk/gather.h"

#include <fcntl.h>
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
  EXPECT_EQ(found.source.files[1].failure, "vanished: a symbolic link, not followed");
  EXPECT_EQ(found.source.files[2].path, "pipe");
  EXPECT_EQ(found.source.files[2].failure, "vanished: a pipe, not a file");
}

TEST_F(GatherTest, AFileNobodyMayReadIsListedWithItsReason) {
  write("a.txt", "text");
  write("closed.txt", "text");
  fs::create_directory(folder_ / "closed");
  fs::permissions(folder_, fs::perms::all);
  for (const char* name : {"closed.txt", "closed"}) fs::permissions(folder_ / name, fs::perms::none);
  const bool root = ::geteuid() == 0;  // who may read everything: as nobody, then
  ASSERT_EQ(root ? ::seteuid(65534) : 0, 0);
  const Gathering found = gather_all();
  ASSERT_EQ(root ? ::seteuid(0) : 0, 0);
  ASSERT_EQ(found.source.files.size(), 3U);
  EXPECT_EQ(found.source.files[0].failure, "");
  EXPECT_EQ(found.source.files[1].path, "closed");
  EXPECT_EQ(found.source.files[1].failure, "locked: Permission denied");
  EXPECT_EQ(found.source.files[2].failure, "locked: Permission denied");
}

// The kernel refuses to read this one at its first byte, whoever asks: what a bad disk does.
TEST_F(GatherTest, AFileThatBreaksWhileItIsReadIsListedWithItsReason) {
  const auto found = gather("/proc/self/mem", {}, progress_, stop_);
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->source.files.size(), 1U);
  EXPECT_EQ(found->source.files[0].failure, "damaged: Input/output error");
}

TEST_F(GatherTest, ALongPathIsReadAndOneTooLongForTheSystemIsListed) {
  const int home = ::open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(::chdir(folder_.c_str()), 0);
  const std::string name(200, 'd');
  std::size_t length = 0;
  for (; length + name.size() + 1 < 4600; length += name.size() + 1) {
    if (length == 19 * (name.size() + 1)) std::ofstream("deep.txt") << "deep";
    ASSERT_EQ(::mkdir(name.c_str(), 0700), 0);
    ASSERT_EQ(::chdir(name.c_str()), 0);
  }
  std::ofstream("deeper.txt") << "deeper";
  ASSERT_EQ(::fchdir(home), 0);
  ::close(home);
  const Gathering found = gather_all();
  ASSERT_EQ(found.source.files.size(), 2U);
  for (const SourceFile& file : found.source.files) {
    const bool read = file.path.ends_with("deep.txt");
    EXPECT_GT(file.path.size(), 3800U);
    EXPECT_EQ(file.failure, read ? "" : "damaged: File name too long");
  }
}

TEST_F(GatherTest, APathThatIsNotThereIsAnError) {
  const std::string nowhere = (folder_ / "nowhere").string();
  const auto found = gather(nowhere, {}, progress_, stop_);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().fault, Fault::NotFound);
  write("a.txt", "text");
  const auto looked = look_at({(folder_ / "a.txt").string(), folder_.string(), nowhere});
  ASSERT_FALSE(looked.has_value());
  EXPECT_EQ(looked.error().text(), "there is nothing at " + nowhere);
  EXPECT_TRUE(look_at({(folder_ / "a.txt").string(), folder_.string()}));
}

TEST_F(GatherTest, EmptyFoldersAreNamedAndInNoListing) {
  write("a.txt", "text");
  const SourceId before = gather_all().source.id;
  fs::create_directories(folder_ / "with/one below");
  fs::create_directories(folder_ / "another");
  const Source source = gather_all().source;
  EXPECT_EQ(source.empty_folders, (std::vector<std::string>{"another", "with/one below"}));
  EXPECT_EQ(source.files.size(), 1U);
  EXPECT_EQ(source.id, before);
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
