// SPDX-License-Identifier: Apache-2.0
// What a desk takes in, when it says no, and what is left when it ends.
#include "desk/sitting.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>

#include "desk/forget.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

class SittingTest : public testing::Test {
 protected:
  SittingTest() : key_(key_file_at(folder_ / "key")) {
    std::filesystem::create_directory(folder_ / "leak");
    std::ofstream(folder_ / "leak/goes", std::ios::binary) << "goes";
    ok(Case::create(folder_ / "case", key_));
  }
  void sit() { sitting_ = ok(Sitting::open(folder_ / "case", key_, {})); }
  Session opened() { return ok(Session::open(folder_ / "case", key_, Case::Access::Write)); }

  /// The leak was here before, and went.
  void forget_leak() {
    Session session = opened();
    Silent progress;
    const StopFlag stop{false};
    const Gathering found = ok(gather(folder_ / "leak", {}, progress, stop));
    ok(Intake(*session.store, *session.index, {}, progress, stop).keep(found));
    ok(forget(session, {{found.source.id, {}, {}}, "Ana", "asked", 7}));
  }
  auto announce(const std::string& label, const std::vector<std::string>& names) {
    std::vector<SourceFile> files;
    for (const std::string& name : names) files.push_back({name, name.size(), {}, {}});
    return sitting_->announce(label, {}, files);
  }
  /// A file that holds its own name.
  auto receive(const std::string& name) {
    return sitting_->receive([&](Reception& reception) -> Result<void> {
      TRY(reception.begin(name));
      TRY(reception.take(bytes_of(name)));
      return reception.end();
    });
  }
  bool hand_over() {
    HandedWork work;
    work.paths = {folder_ / "leak"};
    return sitting_->add_handed(work);
  }
  JobView job_over() {
    while (sitting_->job().running) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return sitting_->job();
  }
  std::vector<std::string> names_of(const std::string& label) {
    std::vector<std::string> out;
    for (const Source& source : sitting_ ? sitting_->ask([](Session& session) { return ok(session.store->sources()); })
                                         : ok(opened().store->sources()))
      if (source.label == label)
        for (const SourceFile& file : source.files) out.push_back(file.path);
    return out;
  }
  using Names = std::vector<std::string>;

  TestFolder folder_;
  Key key_;
  std::unique_ptr<Sitting> sitting_;
};

// A terminal that handed its work over sees nothing of it: the desk has to say what it did not take in.
TEST_F(SittingTest, WorkThatWasHandedOverSaysWhatIsLeftOut) {
  forget_leak();
  sit();
  ASSERT_TRUE(hand_over());
  const JobView job = job_over();
  EXPECT_EQ(job.error, "");
  EXPECT_EQ(job.left_out_files, 1U);
  ASSERT_EQ(job.left_out.size(), 1U);
  EXPECT_EQ(job.left_out[0].path, folder_ / "leak/goes");
  EXPECT_EQ(job.left_out[0].reason, "asked");
  EXPECT_TRUE(sitting_->ask([](Session& session) { return ok(session.store->sources()).empty(); }));
}

TEST_F(SittingTest, ADropOfForgottenFilesAloneSaysWhatIsLeftOut) {
  forget_leak();
  sit();
  ASSERT_TRUE(ok(announce("drop", {"goes"})));
  ASSERT_TRUE(ok(receive("goes")));
  EXPECT_TRUE(sitting_->read_arrived());
  const JobView job = job_over();
  EXPECT_EQ(job.error, "");
  ASSERT_EQ(job.left_out.size(), 1U);
  EXPECT_EQ(job.left_out[0].path, "goes");
  EXPECT_EQ(names_of("drop"), Names{});
}

TEST_F(SittingTest, ADropComesRoundByRound) {
  sit();
  EXPECT_FALSE(receive("a")) << "nothing was announced";
  EXPECT_EQ(ok(announce("drop", {"a", "b"}))->rounds, std::vector<std::size_t>{2});
  EXPECT_FALSE(*ok(receive("a"))) << "no beginning";
  EXPECT_FALSE(receive("c")) << "nobody announced it; what came before is read";
  job_over();
  EXPECT_EQ(names_of("drop"), Names{"a"});
  ASSERT_TRUE(ok(receive("b")));
  EXPECT_TRUE(sitting_->read_arrived());
  job_over();
  EXPECT_EQ(names_of("drop"), (Names{"a", "b"}));
  EXPECT_TRUE(sitting_->read_arrived()) << "nothing is left to be read";
  EXPECT_FALSE(receive("b")) << "and nothing is announced";
}

// While somebody asks, a job cannot go on: it is there as long as the test wants.
TEST_F(SittingTest, NothingIsReceivedWhileAJobRuns) {
  sit();
  ASSERT_TRUE(ok(announce("drop", {"a"})));
  sitting_->ask([&](Session&) {
    ASSERT_TRUE(hand_over());
    EXPECT_FALSE(hand_over()) << "one job at a time";
    EXPECT_FALSE(ok(receive("a")));
    EXPECT_FALSE(sitting_->read_arrived());
    EXPECT_FALSE(ok(sitting_->receive_article("words", 7)));
  });
  job_over();
  EXPECT_TRUE(ok(receive("a")));
  EXPECT_EQ(ok(sitting_->receive_article("words", 7))->how, kArticle);
}

TEST_F(SittingTest, WhatCameIsNamedBeforeAnotherDropComes) {
  sit();
  ASSERT_TRUE(ok(announce("first", {"a", "b"})));
  ASSERT_TRUE(ok(receive("a")));
  sitting_->ask([&](Session&) {
    ASSERT_TRUE(hand_over());
    EXPECT_FALSE(ok(announce("second", {"c"}))) << "no place to put the first yet";
  });
  job_over();
  EXPECT_FALSE(ok(announce("second", {"c"}))) << "the first is read now";
  job_over();
  EXPECT_EQ(names_of("first"), Names{"a"});
  EXPECT_TRUE(ok(announce("second", {"c"})));
}

TEST_F(SittingTest, WhatCameBeforeItEndsWaits) {
  sit();
  ASSERT_TRUE(ok(announce("drop", {"a", "b"})));
  ASSERT_TRUE(ok(receive("a")));
  sitting_.reset();
  EXPECT_EQ(names_of("drop"), Names{"a"});
  sit();
  EXPECT_EQ(ok(sitting_->inventory())->waiting, 2U) << "one to be read, one to come";
  EXPECT_TRUE(ok(sitting_->inventory())->adds_up);
}

// The page offers to go on where something waits. Here nothing can be read, for want of a worker.
TEST_F(SittingTest, WhatWasTakenInAndNotReadWaits) {
  sit();
  ASSERT_TRUE(hand_over());
  EXPECT_NE(job_over().error, "");
  sitting_.reset();
  sit();
  EXPECT_EQ(sitting_->job().error, "");
  const auto inventory = ok(sitting_->inventory());
  EXPECT_EQ(inventory->waiting, 1U);
  EXPECT_TRUE(inventory->adds_up);
}

TEST_F(SittingTest, NobodyDecidesInTheMiddleOfAFile) {
  sit();
  DecideRequest nonsense;
  nonsense.by = "Ana";
  nonsense.things = {"d-0"};
  const auto decided = [&] { return std::async(std::launch::async, [&] { return sitting_->decide(nonsense); }).get(); };
  ASSERT_TRUE(ok(announce("drop", {"a"})));
  ok(sitting_->receive([&](Reception& reception) -> Result<void> {
    TRY(reception.begin("a"));
    EXPECT_FALSE(ok(decided()).has_value());
    return reception.end();
  }));
  EXPECT_FALSE(decided()) << "the case has no such document: now it was asked";
}

TEST_F(SittingTest, ReadingThatFailedInTheBackgroundIsTold) {
  std::ofstream(folder_ / "case/background") << "failed: input/output";
  ok(Case::create(folder_ / "another", key_file_at(folder_ / "wrong")));
  EXPECT_FALSE(Sitting::open(folder_ / "case", key_file_at(folder_ / "wrong"), {})) << "nobody was told there";
  sit();
  EXPECT_NE(sitting_->job().error.find("the disk is full"), std::string::npos);
  sitting_.reset();
  sit();
  EXPECT_EQ(sitting_->job().error, "");
}

}  // namespace
}  // namespace careo
