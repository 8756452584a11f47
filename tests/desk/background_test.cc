// SPDX-License-Identifier: Apache-2.0
// What is left behind by reading that nobody sits beside.
#include "desk/background.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

class Background : public testing::Test {
 protected:
  Background() : key_(key_file_at(folder_ / "key")) { ok(Case::create(path(), key_)); }
  std::string path() const { return folder_ / "case"; }
  bool left() const { return std::filesystem::exists(path() + "/background"); }
  /// Reads in the background and waits until it failed, or left nothing.
  std::string read_with(const Key& key) {
    ok(read_on_in_background(path(), key, {}));
    bool began = false;
    while (why_background_failed(path()).empty() && (left() || !began)) {
      began = began || left();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return why_background_failed(path());
  }

  TestFolder folder_;
  Key key_;
};

TEST_F(Background, ThatFailsSaysWhyUntilItWasTold) {
  ok(Case::create(folder_ / "another", key_file_at(folder_ / "wrong")));
  const std::string why = read_with(key_file_at(folder_ / "wrong"));
  EXPECT_EQ(why, "the key did not open the case");
  EXPECT_EQ(why_background_failed(path()), why) << "whoever only looks takes nothing away";
  end_background(path());
  EXPECT_EQ(why_background_failed(path()), why);
  forget_background_failure(path());
  EXPECT_EQ(why_background_failed(path()), "");
  EXPECT_FALSE(left());
}

TEST_F(Background, ANumberIsNoWord) {
  std::ofstream(path() + "/background") << "12345";
  EXPECT_EQ(why_background_failed(path()), "");
  forget_background_failure(path());
  EXPECT_TRUE(left()) << "of one that was killed";
}

TEST_F(Background, WordsOfOthersAreNotSaid) {
  for (const char* const words : {"failed: ", "failed: \x1b[2J", "failed: input/output and more", "io"}) {
    std::ofstream(path() + "/background") << words;
    EXPECT_EQ(why_background_failed(path()), "") << words;
  }
}

}  // namespace
}  // namespace careo
