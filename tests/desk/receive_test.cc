// SPDX-License-Identifier: Apache-2.0
#include "desk/receive.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "desk/head.h"
#include "desk/session.h"
#include "store/ok.h"

namespace careo {
namespace {

class ReceiveTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Throwaway::make();
    ASSERT_TRUE(made) << made.error().text();
    throwaway_ = std::move(*made);
  }
  Case& store() { return *throwaway_->session().store; }
  Result<void> send(Reception* reception, const std::string& path, std::string_view bytes) {
    TRY(reception->begin(path));
    for (std::size_t at = 0; at < bytes.size(); at += 3) TRY(reception->take(bytes_of(bytes.substr(at, 3))));
    return reception->end();
  }

  std::unique_ptr<Throwaway> throwaway_;
  std::recursive_mutex guard_;
};

TEST_F(ReceiveTest, WhatComesInIsTheSameSourceAsOnDisk) {
  Reception reception(store(), guard_);
  ASSERT_TRUE(send(&reception, "b.txt", "two"));
  ASSERT_TRUE(send(&reception, "a/one.txt", "one of many"));
  const auto source = reception.close("leak", {"by hand", "", 7});
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ(source->id, source_id({{"a/one.txt", 11, sha256("one of many"), ""}, {"b.txt", 3, sha256("two"), ""}}));

  const auto sources = store().sources();
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_EQ(sources->front().label, "leak");
  EXPECT_EQ(sources->front().how, "by hand");
  EXPECT_EQ(store().waiting(Stage::Open)->size(), 2U);
  const Part part{sha256("one of many"), 11, {}};
  EXPECT_EQ(text_of(*store().bytes(part.id(), 0, 11)), "one of many");
}

TEST_F(ReceiveTest, OneLevelOfTheInventory) {
  Reception reception(store(), guard_);
  ASSERT_TRUE(send(&reception, "a.txt", "same"));
  ASSERT_TRUE(send(&reception, "b.txt", "same"));
  ASSERT_TRUE(send(&reception, "c.txt", "other"));
  const auto source = reception.close("leak", {});
  ASSERT_TRUE(source);
  Outcome read;
  read.part = Part{sha256("other"), 5, {}}.id();
  read.reader = "test/1";
  read.media_type = "text/plain";
  claim(&read.claims, Claim::By::Structure, 5);
  ASSERT_TRUE(store().put(read));
  ASSERT_TRUE(store().commit());

  const auto level = store().contents({source->id, {}, {}}, 0, 10);
  ASSERT_TRUE(level) << level.error().text();
  EXPECT_EQ(level->total, 3U);
  EXPECT_EQ(level->below.read, 1U);
  EXPECT_EQ(level->below.waiting, 1U) << "two places of one part are one part";
  ASSERT_EQ(level->rows.size(), 3U);
  std::size_t further = 0;
  for (const ContentRow& row : level->rows) {
    further += row.first ? 0U : 1U;
    EXPECT_EQ(row.below.read + row.below.waiting, 1U) << row.name;
    EXPECT_EQ(store().find(row.trail)->hex(), row.part.id.hex());
  }
  EXPECT_EQ(further, 1U);
  const auto page = store().contents({source->id, {}, {}}, 2, 10);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->total, 3U);
  EXPECT_FALSE(store().contents({"0123456789abcdef", {}, {}}, 0, 10));
}

TEST_F(ReceiveTest, HalfAFileIsLeftOutAndNothingIsRefused) {
  Reception reception(store(), guard_);
  EXPECT_FALSE(reception.begin(""));
  EXPECT_FALSE(reception.take(bytes_of("x"))) << "no file was begun";
  EXPECT_FALSE(reception.end());
  EXPECT_FALSE(reception.close("empty", {})) << "nothing came in";
  ASSERT_TRUE(reception.begin("half"));
  ASSERT_TRUE(reception.take(bytes_of("ha")));
  reception.abandon();
  ASSERT_TRUE(send(&reception, "twice", "first"));
  ASSERT_TRUE(send(&reception, "twice", "second"));
  const auto source = reception.close("leak", {});
  ASSERT_TRUE(source);
  ASSERT_EQ(source->files.size(), 1U);
  EXPECT_EQ(source->files[0].length, 6U) << "the later of one name stands";
}

// What was announced: a folder of `count` files, small ones first.
class ArrivalTest : public ReceiveTest {
 protected:
  static std::vector<SourceFile> listing(int count) {
    std::vector<SourceFile> out;
    for (int i = 0; i < count; ++i) out.push_back({name(i), text(i).size(), {}, {}});
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.length < b.length; });
    return out;
  }
  static std::string name(int i) { return std::to_string(i); }
  static std::string text(int i) { return "file " + std::to_string(i); }
  void deliver(Reception* reception, const std::vector<SourceFile>& files, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) ok(send(reception, files[i].path, "file " + files[i].path));
  }
  /// As the desk does it, without the reading.
  void take(Reception* reception) {
    const auto round = reception->round();
    ASSERT_TRUE(round);
    ok(store().put(round->source));
    ok(store().commit());
  }
  Source whole(int count) {
    Source out;
    for (int i = 0; i < count; ++i) out.files.push_back({name(i), text(i).size(), sha256(text(i)), {}});
    std::sort(out.files.begin(), out.files.end());
    out.id = source_id(out.files);
    return out;
  }
};

TEST_F(ArrivalTest, ComesInRoundsAndIsInTheEndWhatIsOnDisk) {
  const auto files = listing(1500);
  Reception reception(store(), guard_);
  const auto plan = ok(reception.announce("leak", {"by hand", "", 7}, files));
  EXPECT_EQ(plan.rounds, (std::vector<std::size_t>{1000, 500}));
  deliver(&reception, files, 0, 1000);
  take(&reception);
  const Source first = ok(store().sources()).front();
  EXPECT_TRUE(first.coming());
  EXPECT_EQ(first.to_come, 500U);
  EXPECT_EQ(first.label, "leak");
  EXPECT_TRUE(ok(store().inventory()).adds_up);
  deliver(&reception, files, 1000, 1500);
  EXPECT_TRUE(reception.over());
  take(&reception);
  const auto sources = ok(store().sources());
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].id, whole(1500).id);
  EXPECT_EQ(sources[0].files, whole(1500).files);
  EXPECT_EQ(sources[0].to_come, 0U);
  EXPECT_TRUE(ok(store().inventory()).adds_up);
}

// The browser knows all names at once, and how long a file is half a millisecond later each.
TEST_F(ArrivalTest, BeginsBeforeAllIsMeasured) {
  auto files = listing(1500);
  const auto measured = files;
  for (std::size_t i = 200; i < files.size(); ++i) files[i].length = Reception::kUnmeasured;
  Reception reception(store(), guard_);
  EXPECT_EQ(ok(reception.announce("leak", {}, files)).rounds, (std::vector<std::size_t>{200}));
  deliver(&reception, files, 0, 200);
  take(&reception);
  EXPECT_EQ(ok(store().sources()).front().to_come, 1300U);
  EXPECT_EQ(ok(reception.measured(measured)).rounds, (std::vector<std::size_t>{1300}));
  deliver(&reception, measured, 200, 1500);
  take(&reception);
  EXPECT_EQ(ok(store().sources()).front().id, whole(1500).id);
  EXPECT_FALSE(reception.measured({{"another", 1, {}, {}}}));
}

TEST_F(ArrivalTest, BrokenOffItGoesOnWithTheSameAgain) {
  const auto files = listing(1500);
  {
    Reception reception(store(), guard_);
    ok(reception.announce("leak", {}, files));
    deliver(&reception, files, 0, 1000);
    take(&reception);
    deliver(&reception, files, 1000, 1100);
    EXPECT_TRUE(reception.has_news());
    take(&reception);
    EXPECT_FALSE(reception.has_news());
  }
  EXPECT_EQ(ok(store().inventory()).parts, 1500U);
  EXPECT_EQ(ok(store().sources()).front().to_come, 400U);
  Reception again(store(), guard_);
  auto some = files;
  some.back().length = Reception::kUnmeasured;
  EXPECT_TRUE(ok(again.announce("leak", {}, some)).rounds.empty()) << "what came is to be in the first round";
  EXPECT_EQ(ok(again.measured(files)).rounds, (std::vector<std::size_t>{1100, 400}));
  deliver(&again, files, 0, 1000);
  EXPECT_FALSE(again.round()) << "the record that stands names more";
  deliver(&again, files, 1000, 1500);
  take(&again);
  const auto sources = ok(store().sources());
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].id, whole(1500).id);
  EXPECT_EQ(ok(store().inventory()).parts, 1500U);
}

// A browser that was given the folder by a dialog does not say which of its folders are empty.
TEST_F(ArrivalTest, EmptyFoldersAreNamedAndStay) {
  auto files = listing(2);
  const auto alone = files;
  files.insert(files.begin(), {"nothing/in here/", 0, {}, {}});
  for (const auto& said : {files, alone}) {
    Reception reception(store(), guard_);
    EXPECT_EQ(ok(reception.announce("leak", {}, said)).rounds, std::vector<std::size_t>{2});
    deliver(&reception, alone, 0, 2);
    take(&reception);
    const auto sources = ok(store().sources());
    ASSERT_EQ(sources.size(), 1U);
    EXPECT_EQ(sources[0].id, whole(2).id);
    EXPECT_EQ(sources[0].empty_folders, std::vector<std::string>{"nothing/in here"});
    const Inventory inventory = ok(store().inventory());
    EXPECT_EQ(inventory.parts, 2U);
    ASSERT_EQ(inventory.empty_folders.size(), 1U);
    EXPECT_EQ(inventory.empty_folders[0].path, "nothing/in here");
  }
}

TEST_F(ArrivalTest, OneThatCannotBeReadIsListedAndOthersCome) {
  const auto files = listing(2);
  Reception reception(store(), guard_);
  ok(reception.announce("leak", {}, files));
  ok(reception.miss("0", "locked: the browser cannot read it"));
  deliver(&reception, files, 1, 2);
  take(&reception);
  const Inventory inventory = ok(store().inventory());
  EXPECT_EQ(inventory.failed, 1U);
  EXPECT_EQ(inventory.waiting, 1U);
  EXPECT_TRUE(inventory.adds_up);
  EXPECT_FALSE(reception.begin("nobody announced this"));
  EXPECT_FALSE(Reception(store(), guard_).announce("leak", {}, {{"a", 1, {}, {}}, {"a", 2, {}, {}}}));
  EXPECT_FALSE(Reception(store(), guard_).announce("leak", {}, {}));
}

TEST_F(ArrivalTest, TheBeginningOfALargeMailboxComesFirst) {
  Reception reception(store(), guard_);
  const auto plan = ok(reception.announce("box", {}, {{"box", kLongFile, {}, {}}}));
  EXPECT_EQ(plan.rounds, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(plan.long_file, kLongFile);
  const std::string mail = "From ana\nSubject: a\n\nA letter.\n\n";
  ok(reception.begin_head("box"));
  ok(reception.take(bytes_of(mail + mail + "From ana\nSub")));
  ok(reception.end());
  EXPECT_TRUE(reception.has_head());
  auto round = reception.round();
  ASSERT_TRUE(round);
  EXPECT_EQ(round->head, "box");
  ASSERT_EQ(round->source.files.size(), 1U);
  EXPECT_EQ(round->source.files[0].length, mail.size()) << "a mail that begins in the middle of its header is none yet";
  EXPECT_EQ(round->source.to_come, 1U);
  ok(send(&reception, "box", mail + mail + mail));
  round = reception.round();
  ASSERT_TRUE(round);
  EXPECT_EQ(round->replaces, "box");
  EXPECT_EQ(round->source.files[0].length, 3 * mail.size());
  EXPECT_FALSE(round->source.coming());
}

// Whole, it takes the beginning's place only with what is cut out of it: until then its mails would stand nowhere.
TEST_F(ArrivalTest, LeftBetweenRoundsABegunFileIsStillToCome) {
  Reception reception(store(), guard_);
  ok(reception.announce("box", {}, {{"a", 1, {}, {}}, {"box", kLongFile, {}, {}}}));
  const std::string mail = "From ana\nSubject: a\n\nA letter.\n\n";
  ok(reception.begin_head("box"));
  ok(reception.take(bytes_of(mail + mail + "From ana\nSub")));
  ok(reception.end());
  take(&reception);
  ok(send(&reception, "a", "1"));
  ok(send(&reception, "box", mail + mail + mail));
  ok(reception.leave());
  const Source left = ok(store().sources()).front();
  EXPECT_EQ(left.to_come, 1U);
  ASSERT_EQ(left.files.size(), 2U);
  EXPECT_EQ(left.files[0].path, "a");
  EXPECT_EQ(left.files[1].length, mail.size()) << "the beginning";
  EXPECT_TRUE(ok(store().inventory()).adds_up);
  EXPECT_FALSE(reception.has_news());
}

TEST_F(ReceiveTest, WhatWasForgottenDoesNotComeBack) {
  Reception first(store(), guard_);
  ASSERT_TRUE(send(&first, "a.zip", "PKtwo"));
  ASSERT_TRUE(send(&first, "b.txt", "one"));
  const auto source = first.close("leak", {});
  ASSERT_TRUE(source);
  const Part archive{sha256("PKtwo"), 5, {}};
  Outcome read;
  read.part = archive.id();
  read.reader = "zip/1";
  Child child;
  child.step = Step::range(2, 3);
  child.part = Part{sha256("two"), 3, {}};
  read.children.push_back(child);
  ASSERT_TRUE(store().put(read));
  ASSERT_TRUE(store().forget({source->id, {Step::path("a.zip"), child.step}, {}}, 7, "Ana", "asked"));

  Reception again(store(), guard_);
  ASSERT_TRUE(send(&again, "two.txt", "two"));
  EXPECT_EQ(again.close("leak", {}).error().message, "all of it was forgotten in this case before");
  ASSERT_TRUE(send(&again, "a.zip", "PKtwo"));
  ASSERT_TRUE(send(&again, "c.txt", "three"));
  const auto second = again.close("leak", {});
  ASSERT_TRUE(second);
  ASSERT_EQ(again.left_out().size(), 1U);
  EXPECT_EQ(again.left_out()[0].path, "two.txt");
  EXPECT_EQ(again.left_out()[0].reason, "asked");
  ASSERT_EQ(second->files.size(), 2U) << "what held it stands";
  EXPECT_FALSE(store().keeps(archive.id())) << "and is not kept again";
  EXPECT_TRUE(store().keeps(Part{sha256("three"), 5, {}}.id()));
  EXPECT_TRUE(store().come_again()->empty());
}

}  // namespace
}  // namespace careo
