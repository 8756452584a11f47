// SPDX-License-Identifier: Apache-2.0
// A folder that comes in in rounds: what each brings, what it is called meanwhile, and that in the end it is what it
// would have been at once, wherever it was interrupted.
#include "desk/rounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "desk/head.h"
#include "desk/intake.h"
#include "desk/session.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

// More files than come in the first round, and one that is larger than all of them.
constexpr int kSmall = 1100;

class RoundsTest : public testing::Test {
 protected:
  RoundsTest() {
    std::filesystem::create_directory(leak());
    for (int i = 0; i < kSmall; ++i) write(std::to_string(i), "file " + std::to_string(i));
    write("aaa-large", std::string(100'000, 'x'));
  }
  std::string leak() const { return folder_ / "leak"; }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(leak() + "/" + name, std::ios::binary) << text;
  }
  Rounds rounds(const std::vector<Source>& before = {}) {
    return {leak(), ok(walk(leak(), stop_)), {}, before, Forgotten(), progress_, stop_};
  }
  static std::size_t fresh(const Gathering& round) {
    return static_cast<std::size_t>(
        std::count_if(round.on_disk.begin(), round.on_disk.end(), [](const auto& path) { return !path.empty(); }));
  }
  Session session(const std::string& name) {
    Key key;
    key.key_file = folder_ / (name + ".key");
    ok(Case::create(folder_ / name, key));
    return open(name);
  }
  Session open(const std::string& name) {
    Key key;
    key.key_file = folder_ / (name + ".key");
    return ok(Session::open(folder_ / name, key, Case::Access::Write));
  }
  void keep(Session& session, const Gathering& gathering) {
    Intake intake(*session.store, *session.index, {}, progress_, stop_);
    ok(intake.keep(gathering));
  }

  const Moved nobody_ = [](std::uint64_t) {};
  TestFolder folder_;
  Silent progress_;
  StopFlag stop_{false};
};

TEST_F(RoundsTest, SmallFilesComeFirstAndTheLastRoundIsTheWhole) {
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  EXPECT_EQ(fresh(first), 1000U);
  EXPECT_EQ(first.source.files.size(), 1000U);
  EXPECT_EQ(first.source.to_come, 101U);
  EXPECT_TRUE(first.source.coming());
  for (const SourceFile& file : first.source.files) EXPECT_NE(file.path, "aaa-large");

  const Gathering last = *ok(rounds.next(nobody_));
  EXPECT_EQ(fresh(last), 101U);
  EXPECT_EQ(last.source.to_come, 0U);
  const Gathering whole = ok(gather(leak(), {}, progress_, stop_));
  EXPECT_EQ(last.source.id, whole.source.id);
  EXPECT_EQ(last.source.files, whole.source.files);
  EXPECT_NE(last.source.id, first.source.id);
  EXPECT_EQ(last.source.came_as, first.source.id);
  EXPECT_FALSE(ok(rounds.next(nobody_)));
}

TEST_F(RoundsTest, WhatCameBeforeComesInOneRound) {
  Rounds once = rounds();
  Gathering whole;
  while (auto round = ok(once.next(nobody_))) whole = *std::move(round);
  Rounds again = rounds({whole.source});
  EXPECT_EQ(fresh(*ok(again.next(nobody_))), static_cast<std::size_t>(kSmall + 1));
  EXPECT_FALSE(ok(again.next(nobody_)));
}

TEST_F(RoundsTest, AnInterruptedRunIsTakenUpBehindWhatCame) {
  write("very-large", std::string(9 << 20, 'y'));
  Rounds once = rounds();
  ok(once.next(nobody_));
  const Gathering second = *ok(once.next(nobody_));
  EXPECT_EQ(second.source.to_come, 0U);  // the second round may have 32 MB
  Source came = second.source;
  came.id = came.came_as;
  came.to_come = 1;
  std::erase_if(came.files, [](const SourceFile& file) { return file.path == "very-large"; });
  Rounds again = rounds({came});
  EXPECT_EQ(fresh(*ok(again.next(nobody_))), static_cast<std::size_t>(kSmall + 1));
  EXPECT_EQ(fresh(*ok(again.next(nobody_))), 1U);
}

TEST_F(RoundsTest, AnEmptyFolderIsASourceToo) {
  std::filesystem::remove_all(leak());
  std::filesystem::create_directory(leak());
  Rounds none = rounds();
  EXPECT_TRUE(ok(none.next(nobody_))->source.files.empty());
  EXPECT_FALSE(ok(none.next(nobody_)));
}

TEST_F(RoundsTest, WhatIsStillToComeWaitsAndTheSumsAddUp) {
  Session session = this->session("case");
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  keep(session, first);
  const Inventory inventory = ok(session.store->inventory());
  EXPECT_EQ(inventory.parts, static_cast<std::uint64_t>(kSmall + 1));
  EXPECT_EQ(inventory.waiting, static_cast<std::uint64_t>(kSmall + 1));
  EXPECT_TRUE(inventory.adds_up);
  const auto said = [&](const Inventory::Row& row) {
    return row.trail.steps.empty() && row.outcome == "waiting" && row.reason.starts_with("101 files");
  };
  EXPECT_EQ(std::count_if(inventory.rows.begin(), inventory.rows.end(), said), 1);
}

TEST_F(RoundsTest, InTheEndTheCaseIsWhatItWouldHaveBeenAtOnce) {
  Session at_once = session("once");
  keep(at_once, ok(gather(leak(), {}, progress_, stop_)));
  const std::string digest = ok(at_once.store->check(Case::Depth::Digest)).digest;

  {
    Session killed = session("rounds");
    Rounds rounds = this->rounds();
    keep(killed, *ok(rounds.next(nobody_)));
  }
  // One that came has changed meanwhile and changed back, in a run that was killed, too.
  write("7", "tile 7");
  {
    Session again = open("rounds");
    Rounds rounds = this->rounds();
    keep(again, *ok(rounds.next(nobody_)));
    EXPECT_NE(ok(again.store->check(Case::Depth::Digest)).digest, digest);
  }
  write("7", "file 7");
  Session last = open("rounds");
  Rounds rounds = this->rounds();
  while (const auto round = ok(rounds.next(nobody_))) keep(last, *round);
  EXPECT_EQ(ok(last.store->check(Case::Depth::Digest)).digest, digest);
  EXPECT_EQ(ok(last.store->sources()).size(), 1U);
  EXPECT_TRUE(ok(last.store->inventory()).adds_up);
}

TEST_F(RoundsTest, ATrailOfMeanwhileLeadsToTheSamePartLater) {
  Session session = this->session("case");
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  keep(session, first);
  const Trail meanwhile{first.source.id, {Step::path("7")}, {}};
  const PartId part = ok(session.store->find(meanwhile));
  const Gathering last = *ok(rounds.next(nobody_));
  keep(session, last);
  EXPECT_EQ(ok(session.store->find(meanwhile)), part);
  EXPECT_EQ(ok(session.store->trail(part)).source, last.source.id);
  const Contents inside = ok(session.store->contents(Trail{first.source.id, {}, {}}, 0, 1));
  ASSERT_EQ(inside.rows.size(), 1U);
  EXPECT_EQ(inside.rows[0].trail.source, last.source.id);
  EXPECT_TRUE(inside.rows[0].first);
}

// Mails of 20 KB, and nothing behind them up to the length of a large mailbox.
class BeginningTest : public RoundsTest {
 protected:
  BeginningTest() {
    std::filesystem::remove_all(leak());
    std::filesystem::create_directory(leak());
    write("box", mails(500));
    std::filesystem::resize_file(leak() + "/box", kLongFile + 1);
  }
  static std::string mails(int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
      out += "From ana\nSubject: " + std::to_string(i) + "\n\n" + std::string(20'000, 'x') + "\n\n";
    return out;
  }
};

TEST_F(BeginningTest, EndsWhereAMailBegins) {
  const std::string whole = mails(2);
  EXPECT_EQ(head_of_mailbox(bytes_of(whole + "From ana\nSub")), 0U + whole.rfind("From "));
  EXPECT_EQ(head_of_mailbox(bytes_of("\r\n" + mails(1) + "From the hills\nwe came\n\n")), 0U);
  EXPECT_EQ(head_of_mailbox(bytes_of(mails(1) + "x\nFrom ana\nA: b\n")), 0U) << "no blank line before it";
  EXPECT_EQ(head_of_mailbox(bytes_of("A letter.\n\nFrom ana\nA: b\n")), 0U) << "no mailbox";
  EXPECT_EQ(head_of_mailbox({}), 0U);
}

TEST_F(BeginningTest, ComesFirstAndGoesWhenTheMailboxHasCome) {
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  ASSERT_EQ(first.source.files.size(), 1U);
  const SourceFile head = first.source.files[0];
  EXPECT_EQ(head.path, "box");
  EXPECT_GT(head.length, kHead / 2);
  EXPECT_LE(head.length, kHead);
  EXPECT_EQ(first.head, "box");
  EXPECT_EQ(first.source.to_come, 1U) << "the mailbox itself";
  EXPECT_TRUE(first.source.coming());

  const Gathering last = *ok(rounds.next(nobody_));
  EXPECT_EQ(last.replaces, "box");
  EXPECT_EQ(last.source.to_come, 0U);
  const Gathering whole = ok(gather(leak(), {}, progress_, stop_));
  EXPECT_EQ(last.source.id, whole.source.id);
  EXPECT_EQ(last.source.files, whole.source.files);
  EXPECT_FALSE(ok(rounds.next(nobody_)));
}

TEST_F(BeginningTest, ComesBesideSmallFilesAndTheMailboxAlone) {
  write("note", "a note");
  write("film", std::string(1000, 'y'));
  std::filesystem::resize_file(leak() + "/film", kLongFile + 2);
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  EXPECT_EQ(first.source.files.size(), 2U);
  EXPECT_EQ(first.source.to_come, 2U);
  const Gathering second = *ok(rounds.next(nobody_));
  EXPECT_EQ(second.replaces, "box");
  EXPECT_EQ(fresh(second), 1U);
  EXPECT_EQ(second.source.to_come, 1U);
  const Gathering last = *ok(rounds.next(nobody_));
  EXPECT_EQ(last.replaces, "");
  EXPECT_EQ(last.source.id, ok(gather(leak(), {}, progress_, stop_)).source.id);
}

TEST_F(BeginningTest, StandsUntilTheMailboxIsThereWhateverHappened) {
  Rounds once = rounds();
  const Gathering first = *ok(once.next(nobody_));
  Rounds again = rounds({first.source});
  const Gathering same = *ok(again.next(nobody_));
  EXPECT_EQ(same.source.files, first.source.files);
  EXPECT_EQ(same.head, "box");
  std::filesystem::remove(leak() + "/box");
  const Gathering last = *ok(again.next(nobody_));
  EXPECT_EQ(last.replaces, "box");
  ASSERT_EQ(last.source.files.size(), 1U);
  EXPECT_NE(last.source.files[0].failure, "");
}

TEST_F(BeginningTest, OnlyTheBeginningIsKeptOfIt) {
  Session session = this->session("case");
  Rounds rounds = this->rounds();
  const Gathering first = *ok(rounds.next(nobody_));
  keep(session, first);
  const SourceFile& head = first.source.files[0];
  const PartId part = Part{head.sha256, head.length, {}}.id();
  EXPECT_TRUE(session.store->keeps(part));
  EXPECT_EQ(ok(session.store->find({first.source.id, {Step::path("box")}, {}})), part);
  const Inventory inventory = ok(session.store->inventory());
  EXPECT_EQ(inventory.parts, 2U);
  EXPECT_EQ(inventory.waiting, 2U);
  EXPECT_TRUE(inventory.adds_up);
}

// Of a beginning nobody can say that it was forgotten: what is known is the hash of the whole.
TEST_F(BeginningTest, DoesNotComeWhereSomethingWasForgotten) {
  Session session = this->session("case");
  write("note", "a note");
  keep(session, ok(gather(leak(), {}, progress_, stop_)));
  session.index.reset();
  ok(session.store->forget({ok(session.store->sources())[0].id, {Step::path("note")}, {}}, 1, "Ana", "a promise"));
  std::filesystem::remove(leak() + "/note");
  Rounds rounds(leak(), ok(walk(leak(), stop_)), {}, {}, ok(Forgotten::of(*session.store)), progress_, stop_);
  EXPECT_EQ(ok(rounds.next(nobody_))->source.to_come, 0U);
}

// The catalog is derived: made anew from the log it says the same.
TEST_F(RoundsTest, TheCatalogIsTheSameMadeAnew) {
  std::string digest;
  {
    Session session = this->session("case");
    Rounds rounds = this->rounds();
    while (const auto round = ok(rounds.next(nobody_))) keep(session, *round);
    digest = ok(session.store->check(Case::Depth::Digest)).digest;
  }
  std::filesystem::remove(folder_ / "case/catalog.db");
  Session session = open("case");
  EXPECT_EQ(ok(session.store->check(Case::Depth::Digest)).digest, digest);
  const Inventory inventory = ok(session.store->inventory());
  EXPECT_EQ(inventory.parts, static_cast<std::uint64_t>(kSmall + 1));
  EXPECT_TRUE(inventory.adds_up);
}

TEST_F(RoundsTest, WhatWasForgottenOnTheWayStaysAway) {
  Session session = this->session("case");
  {
    Rounds rounds = this->rounds();
    keep(session, *ok(rounds.next(nobody_)));
  }
  const SourceId coming = ok(session.store->sources())[0].id;
  session.index.reset();
  ok(session.store->forget({coming, {Step::path("7")}, {}}, 1, "Ana", "a promise"));
  Rounds rounds(leak(), ok(walk(leak(), stop_)), {}, ok(session.store->sources()), ok(Forgotten::of(*session.store)),
                progress_, stop_);
  session.index = ok(SearchIndex::open(session.store->index_database()));
  while (const auto round = ok(rounds.next(nobody_))) keep(session, *round);
  const Inventory inventory = ok(session.store->inventory());
  EXPECT_EQ(inventory.parts, static_cast<std::uint64_t>(kSmall));
  EXPECT_EQ(inventory.forgotten, 1U);
  EXPECT_TRUE(inventory.adds_up);
  EXPECT_EQ(ok(session.store->sources()).size(), 1U);
}

}  // namespace
}  // namespace careo
