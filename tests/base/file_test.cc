// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/replay_disk.h"

namespace careo {
namespace {

// Both disks keep the same promises.
class AnyDisk : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "careo-disk-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    disk_ = another();
  }
  void TearDown() override {
    disk_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::unique_ptr<Disk> another() { return GetParam() ? medium_.disk() : open_disk(folder_, Folder::Existing).value(); }

  std::string folder_;
  ReplayMedium medium_;
  std::unique_ptr<Disk> disk_;
};

TEST_P(AnyDisk, FilesReadBack) {
  const auto file = disk_->open("a", Disk::Mode::Create).value();
  ASSERT_TRUE(file->write(3, bytes_of("defg")));
  ASSERT_TRUE(file->write(0, bytes_of("abc")));
  EXPECT_EQ(file->size().value(), 7U);
  EXPECT_EQ(text_of(file->read(2, 3).value()), "cde");
  EXPECT_EQ(text_of(file->read(5, UINT64_MAX).value()), "fg");
  EXPECT_TRUE(file->read(7, 1).value().empty());
  EXPECT_TRUE(file->read(UINT64_MAX, 1).value().empty());
  ASSERT_TRUE(file->truncate(2));
  ASSERT_TRUE(file->sync());
  EXPECT_EQ(text_of(disk_->open("a", Disk::Mode::Read).value()->read(0, 99).value()), "ab");
}

TEST_P(AnyDisk, NamesBehave) {
  EXPECT_EQ(disk_->open("a", Disk::Mode::Read).error().fault, Fault::NotFound);
  EXPECT_EQ(disk_->open("a", Disk::Mode::Write).error().fault, Fault::NotFound);
  ASSERT_TRUE(disk_->open("b", Disk::Mode::Create));
  EXPECT_EQ(disk_->open("b", Disk::Mode::Create).error().fault, Fault::Io);
  ASSERT_TRUE(disk_->open("a", Disk::Mode::Create).value()->write(0, bytes_of("1")));
  EXPECT_EQ(disk_->list().value(), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE(disk_->rename("a", "b"));
  ASSERT_TRUE(disk_->sync());
  EXPECT_EQ(disk_->list().value(), (std::vector<std::string>{"b"}));
  EXPECT_EQ(disk_->open("b", Disk::Mode::Read).value()->size().value(), 1U);
  ASSERT_TRUE(disk_->remove("b"));
  EXPECT_EQ(disk_->remove("b").error().fault, Fault::NotFound);
  EXPECT_TRUE(disk_->list().value().empty());
}

TEST_P(AnyDisk, OneWriter) {
  ASSERT_TRUE(disk_->lock());
  const auto second = another();
  EXPECT_EQ(second->lock().error().fault, Fault::Refused);
  disk_->unlock();
  EXPECT_TRUE(second->lock());
}

INSTANTIATE_TEST_SUITE_P(RealAndReplayed, AnyDisk, testing::Bool(),
                         [](const auto& disk) { return disk.param ? "Replayed" : "Real"; });

class RealDisk : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "careo-disk-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_F(RealDisk, NamesStayInTheFolder) {
  const auto disk = open_disk(folder_, Folder::Existing).value();
  for (const char* name : {"../x", "a/b", "/etc/passwd", "..", ".", ""})
    for (const auto mode : {Disk::Mode::Read, Disk::Mode::Create})
      EXPECT_EQ(disk->open(name, mode).error().fault, Fault::Refused) << name;
  ASSERT_EQ(::symlink("/etc/passwd", (folder_ + "/link").c_str()), 0);
  EXPECT_FALSE(disk->open("link", Disk::Mode::Read));
}

TEST_F(RealDisk, MadeForTheOwnerAlone) {
  const std::string path = folder_ + "/new";
  const auto disk = open_disk(path, Folder::Make).value();
  ASSERT_TRUE(disk->open("f", Disk::Mode::Create));
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat((path + "/f").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(open_disk(path, Folder::Make).error().fault, Fault::Refused);
  EXPECT_EQ(open_disk(folder_ + "/nowhere", Folder::Existing).error().fault, Fault::NotFound);
  EXPECT_EQ(open_disk(path + "/f", Folder::Existing).error().fault, Fault::Io);
}

TEST_F(RealDisk, NamesWhoHoldsIt) {
  const auto disk = open_disk(folder_, Folder::Existing).value();
  int ready[2];
  int done[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(done), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = open_disk(folder_, Folder::Existing);
    const char word = held && (*held)->lock() ? 'y' : 'n';
    char ignored = 0;
    if (::write(ready[1], &word, 1) != 1 || ::read(done[0], &ignored, 1) != 1) ::_exit(1);
    ::_exit(0);
  }
  char word = 0;
  ASSERT_EQ(::read(ready[0], &word, 1), 1);
  EXPECT_EQ(word, 'y');
  const auto refused = disk->lock();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("process " + std::to_string(child)), std::string::npos)
      << refused.error().message;
  ASSERT_EQ(::write(done[1], "x", 1), 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(disk->lock());
}

TEST_F(RealDisk, AWriterWaitsForWhoHoldsItForAMoment) {
  const auto disk = open_disk(folder_, Folder::Existing).value();
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = open_disk(folder_, Folder::Existing);
    const char word = held && (*held)->lock_for_a_moment() ? 'y' : 'n';
    if (::write(ready[1], &word, 1) != 1) ::_exit(1);
    ::usleep(200'000);
    ::_exit(0);
  }
  char word = 0;
  ASSERT_EQ(::read(ready[0], &word, 1), 1);
  EXPECT_EQ(word, 'y');
  EXPECT_EQ(disk->lock_for_a_moment().error().fault, Fault::Refused);
  EXPECT_TRUE(disk->lock());
  int status = 0;
  ::waitpid(child, &status, 0);
}

}  // namespace
}  // namespace careo
