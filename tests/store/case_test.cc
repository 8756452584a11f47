// SPDX-License-Identifier: Apache-2.0
#include "store/case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "store/database.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

Key key_file(const TestFolder& folder) {
  Key out;
  out.key_file = folder / "key";
  return out;
}

struct Opened {
  TestFolder folder;
  std::string recovery;
  std::string path = folder / "case";
  std::unique_ptr<Case> store;
  CaseStore* own() { return static_cast<CaseStore*>(store.get()); }

  Opened() {
    recovery = ok(Case::create(path, key_file(folder)));
    reopen();
  }
  void reopen(Case::Access access = Case::Access::Write) {
    store.reset();
    store = ok(Case::open(path, key_file(folder), access));
  }
};

// A read-only medium, another person's folder, a full disk: what is derived need not be written to be asked.
TEST(Case, IsReadWhereNothingCanBeWritten) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(20);
  ok(sample::put_all(opened.own(), leak, 7));
  const std::string digest = ok(opened.store->check(Case::Depth::Digest)).digest;
  const Inventory before = ok(opened.store->inventory());
  opened.store.reset();
  for (const char* name : {"catalog.db", "index.db"}) {
    std::filesystem::remove(opened.path + "/" + name);
    std::filesystem::create_directory(opened.path + "/" + name);  // stops root too, unlike a right taken away
  }
  opened.reopen(Case::Access::Read);
  EXPECT_EQ(ok(opened.store->check(Case::Depth::Digest)).digest, digest);
  EXPECT_EQ(ok(opened.store->inventory()).parts, before.parts);
  EXPECT_EQ(text_of(ok(opened.store->bytes(sample::part_of("hello").id(), 0, UINT64_MAX))), "hello");
  opened.store.reset();
  const auto writer = Case::open(opened.path, key_file(opened.folder), Case::Access::Write);
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().fault, Fault::Io);
}

// What vanished while it was taken in, and is taken in later after all, waits to be read.
TEST(Case, WhatVanishedAndCameBackWaits) {
  Opened opened;
  const Part part = sample::part_of("came back");
  Source source;
  source.files.push_back({"a.txt", part.length, part.sha256, ""});
  source.id = source_id(source.files);
  ok(opened.store->put(source));
  Outcome gone;
  gone.part = part.id();
  gone.reader = "desk/1";
  gone.state = State::Failed;
  gone.reason = "vanished: No such file or directory";
  ok(opened.store->put(gone));
  EXPECT_TRUE(ok(opened.store->waiting(Stage::Open)).empty());
  ok(opened.store->keep_begin());
  ok(opened.store->keep(bytes_of("came back")));
  ok(opened.store->keep_end(part));
  EXPECT_EQ(ok(opened.store->waiting(Stage::Open)), std::vector<PartId>{part.id()});
  ASSERT_EQ(ok(opened.store->returned()).size(), 1U);
  EXPECT_EQ(ok(opened.store->returned())[0].part, part);
  gone.state = State::Read;
  gone.reason.clear();
  ok(opened.store->put(gone));
  EXPECT_TRUE(ok(opened.store->waiting(Stage::Open)).empty());
  EXPECT_TRUE(ok(opened.store->returned()).empty());
}

TEST(Case, EverythingReadsBack) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(20);
  ok(sample::put_all(opened.own(), leak, 7));
  const std::string digest = ok(opened.store->check(Case::Depth::Digest)).digest;
  for (const auto access : {Case::Access::Write, Case::Access::Read}) {
    opened.reopen(access);
    Case& store = *opened.store;
    EXPECT_EQ(ok(store.check(Case::Depth::Digest)).digest, digest);
    for (const Outcome& outcome : leak.outcomes) EXPECT_EQ(ok(store.outcome(outcome.part, outcome.stage)), outcome);
    const PartId root = sample::part_of(leak.mailbox).id();
    EXPECT_EQ(text_of(ok(store.bytes(root, 0, UINT64_MAX))), leak.mailbox);
    for (const sample::Mail& mail : leak.mails) {
      EXPECT_EQ(text_of(ok(store.bytes(mail.part.id(), 0, UINT64_MAX))), mail.raw);
      EXPECT_EQ(text_of(ok(store.bytes(mail.part.id(), 6, 3))), "Ana");
    }
    EXPECT_EQ(text_of(ok(store.bytes(sample::part_of("hello").id(), 0, UINT64_MAX))), "hello");
    EXPECT_EQ(text_of(ok(store.bytes(sample::part_of("hello").id(), 1, 2))), "el");
    ASSERT_EQ(ok(store.sources()).size(), 1U);
    EXPECT_EQ(ok(store.sources())[0].from, "Canary-giver");
    ASSERT_EQ(ok(store.decisions()).size(), 1U);
    EXPECT_EQ(ok(store.decisions())[0].by, "Canary-editor");
  }
}

// What was put can be read at once, committed or not; what was not committed is gone after reopening.
TEST(Case, ReadsItsOwnWritesAndForgetsWhatWasNotCommitted) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(3);
  ok(opened.store->put(leak.source));
  ok(opened.store->commit());
  const std::string before = ok(opened.store->check(Case::Depth::Digest)).digest;
  const std::uint64_t position = opened.store->log_position();
  for (const Outcome& outcome : leak.outcomes) ok(opened.store->put(outcome));
  for (const Outcome& outcome : leak.outcomes) EXPECT_EQ(ok(opened.store->outcome(outcome.part, Stage::Open)), outcome);
  EXPECT_GT(opened.store->pending_bytes(), 0U);
  EXPECT_EQ(opened.store->log_position(), position);
  opened.reopen();
  EXPECT_EQ(ok(opened.store->check(Case::Depth::Digest)).digest, before);
  EXPECT_FALSE(opened.store->has(leak.outcomes[0].part, Stage::Open));
}

TEST(Case, TheNewerOutcomeStandsAndTakesItsPlaces) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(3);
  ok(sample::put_all(opened.own(), leak, 100));
  Outcome again = leak.outcomes[0];
  again.children = sample::without_last(again.children);
  again.claims.pop_back();
  ok(opened.store->put(again));
  ok(opened.store->commit());
  EXPECT_EQ(ok(opened.store->outcome(again.part, Stage::Open)), again);
  EXPECT_TRUE(ok(opened.store->places(leak.mails[2].part.id())).empty());
  EXPECT_EQ(opened.store->trail(leak.mails[2].part.id()).error().fault, Fault::NotFound);
  EXPECT_EQ(ok(opened.store->places(leak.mails[1].part.id())).size(), 1U);
  const std::string digest = ok(opened.store->check(Case::Depth::Digest)).digest;
  opened.reopen();
  EXPECT_EQ(ok(opened.store->check(Case::Depth::Digest)).digest, digest);
  std::uint64_t seen = 0;
  ok(opened.store->outcomes_since(0, [&](const Outcome&) -> Result<void> { return ++seen, Result<void>{}; }));
  EXPECT_EQ(seen, leak.outcomes.size() - 1) << "the mail that stands nowhere any more is told to nobody";
}

TEST(Case, TheDigestKnowsNeitherOrderNorTimeNorVersion) {
  const sample::Leak leak = sample::make_leak(6);
  Opened one;
  ok(sample::put_all(one.own(), leak, 1));
  Opened other;
  sample::Leak shuffled = leak;
  std::reverse(shuffled.outcomes.begin(), shuffled.outcomes.end());
  for (Outcome& outcome : shuffled.outcomes) outcome.reader += ".9";
  for (Decision& decision : shuffled.decisions) decision.at = 99;
  shuffled.source.received = 5;
  ok(sample::put_all(other.own(), shuffled, 100));
  EXPECT_EQ(ok(one.store->check(Case::Depth::Digest)).digest, ok(other.store->check(Case::Depth::Digest)).digest);
  // And the same parts have the same first trails.
  for (const sample::Mail& mail : leak.mails)
    EXPECT_EQ(ok(one.store->trail(mail.part.id())), ok(other.store->trail(mail.part.id())));
  const PartId hello = sample::part_of("hello").id();
  EXPECT_EQ(ok(one.store->trail(hello)), ok(other.store->trail(hello)));
  EXPECT_EQ(ok(one.store->find(ok(one.store->trail(hello)))), hello);
}

TEST(Case, FindsPartsByTrailKindAndKey) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(4);
  ok(sample::put_all(opened.own(), leak, 100));
  Case& store = *opened.store;
  const PartId second = leak.mails[1].part.id();
  const Trail trail = ok(store.trail(second));
  EXPECT_EQ(trail.print(),
            "src:" + leak.source.id + "/path:inbox.mbox/" + std::next(leak.outcomes[0].children.begin())->step.print());
  EXPECT_EQ(ok(store.find(trail)), second);
  Trail wrong = trail;
  wrong.steps.back().offset += 1;
  EXPECT_EQ(store.find(wrong).error().fault, Fault::NotFound);
  EXPECT_EQ(ok(store.joined(JoinKind::Address, "ana1@example.org")), std::vector<PartId>{second});
  EXPECT_EQ(ok(store.joined(JoinKind::Answers, "m0@example.org")).size(), 4U);
  EXPECT_TRUE(ok(store.joined(JoinKind::Address, "nobody@example.org")).empty());
  std::vector<PartId> seen;
  ok(store.readings("mail", [&](const PartId& part, const Reading& reading) -> Result<void> {
    EXPECT_EQ(reading.kind, "mail");
    seen.push_back(part);
    return {};
  }));
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  // The catalog alone says the same, in the order of the log; what is attached stands inside mails only.
  std::vector<OpenedRow> rows;
  ok(store.opened([&](const OpenedRow& row) -> Result<void> { return rows.push_back(row), Result<void>{}; }));
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[2].part, second);
  EXPECT_EQ(rows[2].length, leak.mails[1].part.length);
  EXPECT_EQ(rows[2].date, "2023-09-28T10:00:00Z");
  EXPECT_EQ(rows[2].children, 1U);
  const auto all = [&](bool OpenedRow::*member) {
    std::vector<bool> out;
    for (const OpenedRow& each : rows) out.push_back(each.*member);
    return out;
  };
  EXPECT_EQ(all(&OpenedRow::mail), (std::vector<bool>{false, true, true, true, true, false}));
  EXPECT_EQ(all(&OpenedRow::in_mail), (std::vector<bool>{false, false, false, false, false, true}));
  const PartRow row = ok(store.part(second));
  EXPECT_EQ(row.title, "Canary-1");
  EXPECT_EQ(row.date, "2023-09-28T10:00:00Z");
  EXPECT_EQ(row.state, State::Read);
  EXPECT_EQ(row.part, leak.mails[1].part);
  EXPECT_EQ(ok(store.part(sample::part_of("hello").id())).title, "hello.txt");
  EXPECT_EQ(store.part(sha256("nobody")).error().fault, Fault::NotFound);
}

TEST(Case, WaitingShrinksAsOutcomesCome) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(3);
  ok(opened.store->put(leak.source));
  EXPECT_EQ(ok(opened.store->waiting(Stage::Open)).size(), 1U);
  ok(opened.store->put(leak.outcomes[0]));
  EXPECT_EQ(ok(opened.store->waiting(Stage::Open)).size(), 3U);
  ok(sample::put_all(opened.own(), leak, 1));
  EXPECT_TRUE(ok(opened.store->waiting(Stage::Open)).empty());
  EXPECT_EQ(ok(opened.store->waiting(Stage::Ocr)).size(), 5U);
}

// Page by page it is the same as all at once, also where parts are found between two pages.
TEST(Case, WhatWaitsToBeOpenedComesInPages) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(7);
  ok(opened.store->put(leak.source));
  ok(opened.store->put(leak.outcomes[0]));
  EXPECT_EQ(ok(opened.store->count_waiting(Stage::Open)), 7U);
  std::uint64_t place = 0;
  std::vector<PartId> met;
  const auto page = [&](std::uint64_t limit) {
    const std::vector<Case::Waiting> rows = ok(opened.store->waiting(Stage::Open, &place, limit));
    for (const Case::Waiting& row : rows) {
      EXPECT_EQ(row.depth, ok(opened.store->trail(row.part.id())).steps.size());
      met.push_back(row.part.id());
    }
    return rows.size();
  };
  EXPECT_EQ(page(3), 3U);
  ok(opened.store->put(leak.outcomes[1]));  // a mail of the first page, and the attachment in it
  EXPECT_EQ(page(3), 3U);
  EXPECT_EQ(page(3), 2U);
  EXPECT_EQ(page(3), 0U);
  for (int i = 0; i < 7; ++i)
    EXPECT_EQ(met[static_cast<std::size_t>(i)], leak.mails[static_cast<std::size_t>(i)].part.id());
  std::erase(met, leak.outcomes[1].part);
  std::sort(met.begin(), met.end());
  EXPECT_EQ(met, ok(opened.store->waiting(Stage::Open)));
  EXPECT_EQ(ok(opened.store->count_waiting(Stage::Open)), met.size());
  place = 0;
  const std::size_t before = met.size();
  EXPECT_EQ(page(100), before);
  // What is opened waits for the stages behind that, and nothing else does.
  EXPECT_EQ(ok(opened.store->count_waiting(Stage::Mine)), 2U);
  place = 0;
  const std::vector<Case::Waiting> to_mine = ok(opened.store->waiting(Stage::Mine, &place, 100));
  ASSERT_EQ(to_mine.size(), 2U);
  EXPECT_EQ(to_mine[0].part.id(), leak.outcomes[0].part);
  EXPECT_EQ(to_mine[1].part.id(), leak.outcomes[1].part);
  Outcome mined = leak.outcomes[1];
  mined.stage = Stage::Mine;
  ok(opened.store->put(mined));
  EXPECT_EQ(ok(opened.store->count_waiting(Stage::Mine)), 1U);
  EXPECT_EQ(ok(opened.store->count_waiting(Stage::Ocr)), 2U);
}

TEST(Case, LongWorkTellsHowFarItIsAndEndsWhenItIsStopped) {
  Opened opened;
  ok(sample::put_all(opened.own(), sample::make_leak(20), 7));
  std::set<std::string, std::less<>> phases;
  const Watch watch = [&](const Headway& way) -> Result<void> {
    EXPECT_LE(way.done, way.total) << way.phase;
    phases.emplace(way.phase);
    return {};
  };
  const std::string digest = ok(opened.store->check(Case::Depth::EveryByte, watch)).digest;
  EXPECT_EQ(phases,
            (std::set<std::string, std::less<>>{"checking every byte", "checking the chain of commits",
                                                "checking catalog.db", "checking index.db", "reading all outcomes"}));
  for (const std::string& last : phases) {
    const auto stopped = opened.store->check(Case::Depth::EveryByte, [&](const Headway& way) -> Result<void> {
      return way.phase == last ? fail(Fault::Refused, "stopped") : Result<void>();
    });
    ASSERT_FALSE(stopped) << last;
    EXPECT_EQ(stopped.error().fault, Fault::Refused) << last;
  }
  EXPECT_EQ(ok(opened.store->check(Case::Depth::EveryByte)).digest, digest);

  opened.store.reset();
  std::filesystem::remove(opened.path + "/catalog.db");
  phases.clear();
  const Key key = key_file(opened.folder);
  const auto stop = [](const Headway&) -> Result<void> { return fail(Fault::Refused, "stopped"); };
  const auto stopped = Case::open(opened.path, key, Case::Access::Write, stop);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().fault, Fault::Refused);
  opened.store = ok(Case::open(opened.path, key, Case::Access::Write, watch));
  EXPECT_EQ(phases, (std::set<std::string, std::less<>>{"making the catalog"}));
  EXPECT_EQ(ok(opened.store->check(Case::Depth::Digest)).digest, digest);
}

// Through its record and back, where the list is long; as it is, where it is short.
TEST(Case, AnOutcomeThatWasPutIsWhatItWas) {
  for (const int count : {3, 20'000}) {
    Opened opened;
    const sample::Leak leak = sample::make_leak(count);
    ok(opened.store->put(leak.source));
    Outcome box = leak.outcomes[0];
    const Outcome before = box;
    ok(opened.store->put(&box));
    EXPECT_EQ(box, before);
    ok(opened.store->commit());
    EXPECT_EQ(ok(opened.store->outcome(box.part, Stage::Open)), before);
    EXPECT_EQ(ok(opened.store->count_waiting(Stage::Open)), static_cast<std::uint64_t>(count));
  }
}

TEST(Case, KeepsBytesOnceAndOnlyThoseThatWereNamed) {
  Opened opened;
  const std::string large(300'000, 'k');
  const Part part = sample::part_of(large);
  Source source;
  source.files = {{"k", part.length, part.sha256, ""}};
  source.id = source_id(source.files);
  ok(opened.store->put(source));
  EXPECT_FALSE(opened.store->keeps(part.id()));
  ok(opened.store->keep_begin());
  ok(opened.store->keep(bytes_of("others")));
  EXPECT_EQ(opened.store->keep_end(part).error().fault, Fault::Malformed);
  EXPECT_FALSE(opened.store->keeps(part.id()));
  for (int i = 0; i < 2; ++i) {
    ok(opened.store->keep_begin());
    ok(opened.store->keep(bytes_of(large)));
    ok(opened.store->keep_end(part));
  }
  ok(opened.store->keep_begin());
  ok(opened.store->keep(bytes_of(large)));
  ok(opened.store->keep_abandon());
  ok(opened.store->commit());
  opened.reopen(Case::Access::Read);
  EXPECT_TRUE(opened.store->keeps(part.id()));
  EXPECT_EQ(text_of(ok(opened.store->bytes(part.id(), 0, UINT64_MAX))), large);
  EXPECT_EQ(ok(opened.store->bytes(part.id(), 299'999, 10)).size(), 1U);
  EXPECT_EQ(ok(opened.store->bytes(part.id(), 300'000, 10)).size(), 0U);
  EXPECT_EQ(ok(opened.store->bytes(part.id(), UINT64_MAX, 10)).size(), 0U);
}

TEST(Case, ReadersBesideAWriter) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(3);
  ok(sample::put_all(opened.own(), leak, 100));
  const auto second = Case::open(opened.path, key_file(opened.folder), Case::Access::Write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::Refused);
  EXPECT_NE(second.error().text().find("held by"), std::string::npos);
  const auto reader = ok(Case::open(opened.path, key_file(opened.folder), Case::Access::Read));
  EXPECT_EQ(reader->put(leak.source).error().fault, Fault::Refused);
  EXPECT_EQ(reader->commit().error().fault, Fault::Refused);
  opened.store.reset();
  const auto other = ok(Case::open(opened.path, key_file(opened.folder), Case::Access::Read));
  EXPECT_EQ(ok(other->inventory()).parts, 7U);
  opened.reopen();
}

// What was written is seen at once, what is written later is not, and neither waits for the other.
TEST(Case, StandsStillBesideItsWriter) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(40);
  ok(opened.store->put(leak.source));
  ok(opened.store->put(leak.outcomes[0]));  // not committed: beside() does
  const auto beside = ok(opened.store->beside());
  const Inventory then = ok(opened.store->inventory());
  EXPECT_EQ(beside->log_position(), opened.store->log_position());
  std::jthread writer([&] { ok(sample::put_all(opened.own(), leak, 3)); });
  for (int i = 0; i < 20; ++i) {
    const Inventory there = ok(beside->inventory());
    EXPECT_EQ(there.parts, then.parts);
    EXPECT_EQ(there.waiting, then.waiting);
    EXPECT_TRUE(beside->has(leak.outcomes[0].part, Stage::Open));
    EXPECT_FALSE(beside->has(leak.outcomes[1].part, Stage::Open));
    EXPECT_EQ(ok(beside->outcome(leak.outcomes[0].part, Stage::Open)).children.size(), 40U);
  }
  writer.join();
  EXPECT_EQ(beside->put(leak.source).error().fault, Fault::Refused);
  const auto fresh = ok(opened.store->beside());
  EXPECT_EQ(ok(fresh->inventory()).waiting, ok(opened.store->inventory()).waiting);
  EXPECT_TRUE(fresh->has(leak.outcomes[1].part, Stage::Open));
}

TEST(Case, EachKeyOpensAndNoOther) {
  TestFolder folder;
  const std::string path = folder / "case";
  const std::string words = ok(Case::create(path, passphrase("a long passphrase")));
  ok(Case::open(path, passphrase("a long passphrase"), Case::Access::Read));
  ok(Case::open(path, recovery(words), Case::Access::Write));
  const auto wrong = Case::open(path, passphrase("a long passphrasf"), Case::Access::Read);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().fault, Fault::Denied);
  EXPECT_EQ(wrong.error().message, "the passphrase does not open this case");
  std::string slip = words;
  std::swap(slip[0], slip[1]);
  if (slip != words) {
    EXPECT_EQ(Case::open(path, recovery(slip), Case::Access::Read).error().fault, Fault::Denied);
  }
  EXPECT_EQ(Case::open(path, key_file_at(folder / "nokey"), Case::Access::Read).error().fault, Fault::NotFound);
  std::ofstream(folder / "strange") << "12345678901234567890123456789012";
  EXPECT_EQ(Case::open(path, key_file_at(folder / "strange"), Case::Access::Read).error().fault, Fault::Denied);
  std::ofstream(folder / "short") << "123";
  EXPECT_EQ(Case::open(path, key_file_at(folder / "short"), Case::Access::Read).error().fault, Fault::Denied);
  EXPECT_EQ(Case::open(path, {}, Case::Access::Read).error().fault, Fault::Refused);
  Key both = passphrase("a");
  both.key_file = "b";
  EXPECT_EQ(Case::open(path, both, Case::Access::Read).error().fault, Fault::Refused);
  EXPECT_EQ(Case::open(folder / "nowhere", passphrase("a"), Case::Access::Read).error().fault, Fault::NotFound);
  EXPECT_EQ(Case::open(folder.path(), passphrase("a"), Case::Access::Read).error().fault, Fault::NotFound);
}

TEST(Case, AKeyFileInsideTheCaseIsRefused) {
  TestFolder folder;
  const std::string path = folder / "case";
  for (const std::string& inside : {path + "/key", path + "/../case/key", path + "//key"})
    EXPECT_EQ(Case::create(path, key_file_at(inside)).error().fault, Fault::Refused) << inside;
  EXPECT_FALSE(std::filesystem::exists(path));  // a refused case leaves nothing behind
  ok(Case::create(path, key_file_at(folder / "key")));
  std::filesystem::copy_file(folder / "key", path + "/key");
  EXPECT_EQ(Case::open(path, key_file_at(path + "/key"), Case::Access::Read).error().fault, Fault::Refused);
  std::filesystem::create_directory_symlink(path, folder / "link");
  EXPECT_EQ(Case::open(path, key_file_at(folder / "link/key"), Case::Access::Read).error().fault, Fault::Refused);
  // A name that only begins alike is another folder.
  std::filesystem::create_directory(folder / "case2");
  std::filesystem::rename(path + "/key", folder / "case2/key");
  ok(Case::open(path, key_file_at(folder / "case2/key"), Case::Access::Read));
  EXPECT_EQ(Case::create(folder.path(), key_file_at(folder / "other")).error().fault, Fault::Refused);
}

TEST(Case, FilesAreForTheirOwnerAlone) {
  Opened opened;
  ok(sample::put_all(opened.own(), sample::make_leak(3), 1));
  for (const auto& file : std::filesystem::directory_iterator(opened.path))
    EXPECT_EQ(file.status().permissions(), std::filesystem::perms(0600)) << file.path();
  EXPECT_EQ(std::filesystem::status(opened.path).permissions(), std::filesystem::perms(0700));
  EXPECT_EQ(std::filesystem::status(opened.folder / "key").permissions(), std::filesystem::perms(0600));
}

// Nothing of what a case holds stands in clear in any of its files, while it is written and after; nor do the hashes by
// which a known document could be recognised.
TEST(Case, NothingStandsInClear) {
  Opened opened;
  const sample::Leak leak = sample::make_leak(30, 2000);
  ok(sample::put_all(opened.own(), leak, 5));
  std::vector<std::string> canaries = {"Canary", "ana1@example", "inbox.mbox", "hello.txt", "message/rfc822", "SQLite"};
  canaries.push_back(leak.source.id);
  for (const sample::Mail& mail : leak.mails) {
    canaries.push_back(mail.part.sha256.hex());
    canaries.emplace_back(text_of(mail.part.sha256.bytes));
    canaries.emplace_back(text_of(mail.part.id().bytes));
  }
  const auto search = [&] {
    for (const auto& file : std::filesystem::directory_iterator(opened.path)) {
      std::ifstream stream(file.path(), std::ios::binary);
      const std::string all((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
      for (const std::string& canary : canaries)
        EXPECT_EQ(all.find(canary), std::string::npos) << canary << " in " << file.path();
    }
  };
  search();
  opened.store.reset();
  search();
}

}  // namespace
}  // namespace careo
