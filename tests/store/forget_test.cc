// SPDX-License-Identifier: Apache-2.0
// What was forgotten opens no more: not by any key that the case still has, in no table, after no power cut.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "base/replay_disk.h"
#include "store/folder.h"
#include "store/key_table.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

constexpr const char* kNowhere = "/nowhere/case";
constexpr const char* kReason = "the family asked";

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t out = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++out;
  return out;
}

/// All that the keys of a case open: the records of its log, and the pages of its catalog.
class Opened {
 public:
  Opened(std::unique_ptr<Disk> disk, const std::string& folder, const Key& with) : disk_(std::move(disk)) {
    keys_ = ok(open_keyring(disk_.get(), folder, with)).keys;
    LogReader reader(disk_.get(), ChunkSealer(keys_.log, keys_.log_id));
    std::vector<std::pair<RecordKind, Buffer>> records;
    for (Address at{{1, kSegmentHead}, 0};;) {
      auto record = reader.record(at);
      if (!record) break;
      at = record->next;
      records.emplace_back(record->kind, std::move(record->body));
    }
    if (keys_.epoch > 0)
      ok(read_key_table(disk_.get(), keys_, [this](const NumberedKey& key) -> Result<void> {
        secrets_.push_back(key.key);
        return {};
      }));
    for (const auto& [kind, body] : records)
      if (kind == RecordKind::Keys)
        if (const auto plain = open_body(kind, ok(sealed_body(body)), keys_.parts, 0))
          for (const NumberedKey& key : ok(unpack_keys(*plain))) secrets_.push_back(key.key);
    for (const auto& [kind, body] : records)
      if (kind != RecordKind::Commit) try_all(kind, body);
    pages(folder);
  }

  const std::string& text() const { return text_; }

 private:
  void try_all(RecordKind kind, Bytes body) {
    const SealedBody sealed = ok(sealed_body(body));
    for (const Secret& secret : secrets_)
      for (std::uint64_t index = 0; index < (kind == RecordKind::Piece ? 8U : 1U); ++index)
        if (const auto plain = open_body(kind, sealed, secret, index)) text_ += text_of(*plain);
  }

  // Every page as it is, free ones too.
  void pages(const std::string& folder) {
    if (!std::filesystem::exists(folder + "/catalog.db")) return;
    const auto database = ok(Database::open(folder + "/catalog.db", keys_.catalog));
    auto query = ok(database->prepare("SELECT data FROM sqlite_dbpage"));
    while (ok(query.step())) text_ += text_of(query.bytes(0));
  }

  std::unique_ptr<Disk> disk_;
  CaseKeys keys_;
  std::vector<Secret> secrets_;
  std::string text_;
};

class Forget : public testing::Test {
 protected:
  TestFolder folder_;
  std::string path_ = folder_ / "case";
  Key key_ = key_file_at(folder_ / "key");
  sample::Leak leak_ = sample::make_leak(6);
  std::string recovery_;

  void SetUp() override {
    recovery_ = ok(Case::create(path_, key_));
    ok(sample::put_all(open().get(), leak_, 3));
  }

  std::unique_ptr<CaseStore> open(Case::Access access = Case::Access::Write) {
    return ok(CaseStore::open_on(ok(open_disk(path_, Folder::Existing)), path_, key_, access));
  }
  Trail box() const { return {leak_.source.id, {Step::path("inbox.mbox")}, {}}; }
  Trail mail(std::size_t number) const {
    Trail out = box();
    out.steps.push_back(leak_.outcomes[0].children.list()[number].step);
    return out;
  }
  std::string opened() { return Opened(ok(open_disk(path_, Folder::Existing)), path_, key_).text(); }

  static void expect_whole(CaseStore* store) {
    const CheckReport report = ok(store->check(Case::Depth::EveryByte));
    EXPECT_TRUE(report.damaged.empty()) << report.damaged[0].segment << " " << report.damaged[0].what;
    EXPECT_TRUE(ok(store->inventory()).adds_up);
  }
};

TEST_F(Forget, AMailGoesAndAllElseStays) {
  {
    const auto store = open();
    const Forgetting would = ok(store->would_forget(mail(3)));
    EXPECT_EQ(would.parts, 1U);
    ASSERT_EQ(would.goes.size(), 1U);
    EXPECT_EQ(would.goes[0].trail, mail(3));
    EXPECT_EQ(would.goes[0].name, "Canary-3");
    ASSERT_EQ(would.hollow.size(), 1U);
    EXPECT_EQ(would.hollow[0].trail, box());
    ASSERT_EQ(would.stays.size(), 1U) << "its attachment stands in the other mails too";
    EXPECT_EQ(would.stays[0].trail.steps.size(), 3U);
    EXPECT_TRUE(store->find(mail(3))) << "asking changes nothing";
    const Forgetting done = ok(store->forget(mail(3), 1700000000, "Ana", kReason));
    EXPECT_EQ(done.goes, would.goes);
    EXPECT_EQ(store->find(mail(3)).error().fault, Fault::NotFound);
    expect_whole(store.get());
  }
  const auto store = open();
  expect_whole(store.get());
  EXPECT_EQ(store->find(mail(3)).error().fault, Fault::NotFound);
  const Inventory inventory = ok(store->inventory());
  EXPECT_EQ(inventory.forgotten, 1U);
  EXPECT_EQ(inventory.parts, 11U) << "a mailbox, five mails and an attachment in each";
  EXPECT_EQ(inventory.cut, 1U);
  for (const std::size_t number : {0U, 1U, 2U, 4U, 5U})
    EXPECT_EQ(text_of(ok(store->bytes(leak_.mails[number].part.id(), 0, UINT64_MAX))), leak_.mails[number].raw);
  EXPECT_EQ(text_of(ok(store->bytes(sample::part_of("hello").id(), 0, UINT64_MAX))), "hello");
  EXPECT_EQ(store->bytes(sample::part_of(leak_.mailbox).id(), 0, 1).error().fault, Fault::NotFound);
  ASSERT_EQ(ok(store->decisions()).size(), 1U);
}

TEST_F(Forget, NoKeyOpensItAnyMore) {
  const std::string before = opened();
  ASSERT_GT(count_of(before, "Canary-3"), 2U) << "else this test sees nothing";
  ASSERT_GT(count_of(before, "Canary-2"), 2U);
  ok(open()->forget(mail(3), 1700000000, "Ana", kReason));
  open(Case::Access::Read);
  const std::string after = opened();
  EXPECT_EQ(count_of(after, "Canary-3"), 0U);
  EXPECT_EQ(count_of(after, "ana3@example.org"), 0U);
  const std::string id = leak_.mails[3].part.id().hex();
  EXPECT_EQ(count_of(after, id), 0U);
  EXPECT_EQ(count_of(after, std::string(text_of(leak_.mails[3].part.sha256.bytes))), 0U);
  EXPECT_GT(count_of(after, "Canary-2"), 2U);
  EXPECT_GT(count_of(after, kReason), 0U);
}

TEST_F(Forget, TheOldKeysInTheLogOpenNothing) {
  const CaseKeys old = ok(open_keyring(ok(open_disk(path_, Folder::Existing)).get(), path_, key_)).keys;
  ok(open()->forget(mail(3), 1700000000, "Ana", kReason));
  const CaseKeys now = ok(open_keyring(ok(open_disk(path_, Folder::Existing)).get(), path_, key_)).keys;
  EXPECT_FALSE(std::ranges::equal(old.parts.bytes(), now.parts.bytes()));
  EXPECT_FALSE(std::ranges::equal(old.catalog.bytes(), now.catalog.bytes()));
  EXPECT_FALSE(std::ranges::equal(old.index.bytes(), now.index.bytes()));
  EXPECT_TRUE(std::ranges::equal(old.log.bytes(), now.log.bytes()));
  EXPECT_EQ(now.epoch, 1U);
  // Every other slot opens the case too, without having been asked.
  EXPECT_TRUE(Case::open(path_, recovery(recovery_), Case::Access::Read));
}

TEST_F(Forget, DecisionsOnItGoAndOthersStay) {
  const auto store = open();
  Decision other = leak_.decisions[0];
  other.first.part = other.second.part = leak_.mails[1].part.id();
  other.verdict = Decision::Verdict::Reviewed;
  ok(store->put(other));
  ok(store->commit());
  // Names mail 1 second, and is sealed under the key of mail 0, which stays.
  EXPECT_EQ(ok(store->forget(mail(1), 1700000000, "Ana", kReason)).decisions, 2U);
  EXPECT_TRUE(ok(store->decisions()).empty());
  EXPECT_EQ(ok(store->outcome(leak_.mails[0].part.id(), Stage::Open)).texts[0].utf8.substr(0, 13), "Canary-text 0");
  expect_whole(store.get());
}

TEST_F(Forget, AFileAndThenAWholeSource) {
  Source more;
  more.files = {{"a-passport.txt", 5, sha256("hello"), ""}, {"b.txt", 3, sha256("two"), ""}};
  more.id = source_id(more.files);
  {
    const auto store = open();
    ok(store->put(more));
    for (const std::string_view text : {"hello", "two"}) {
      ok(store->keep_begin());
      ok(store->keep(bytes_of(text)));
      ok(store->keep_end(sample::part_of(text)));
      if (!store->has(sample::part_of(text).id(), Stage::Open))
        ok(store->put(sample::outcome_of(sample::part_of(text), "text/1", "text/plain")));
    }
    ok(store->commit());
    const Forgetting done =
        ok(store->forget({more.id, {Step::path("a-passport.txt")}, {}}, 1700000000, "Ana", kReason));
    EXPECT_EQ(done.parts, 1U);
    EXPECT_EQ(done.goes.size(), 7U) << "in the file, and attached to each of six mails";
    EXPECT_EQ(done.hollow.size(), 7U) << "the mailbox and its mails";
    ASSERT_EQ(ok(store->sources()).size(), 2U);
    expect_whole(store.get());
    // Made anew from a log in which a source's record stands behind what was found in it.
    for (const sample::Mail& mail : leak_.mails) EXPECT_EQ(ok(store->part(mail.part.id())).part, mail.part);
    for (const sample::Mail& mail : leak_.mails) EXPECT_EQ(ok(store->trail(mail.part.id())).steps.size(), 2U);
    EXPECT_EQ(count_of(opened(), "passport"), 0U);
    ok(store->forget({more.id, {}, {}}, 1700000001, "Ana", kReason));
    ASSERT_EQ(ok(store->sources()).size(), 1U);
    expect_whole(store.get());
  }
  EXPECT_EQ(count_of(opened(), "b.txt"), 0U);
  const auto store = open();
  const std::vector<Tombstone> stones = ok(store->tombstones());
  ASSERT_EQ(stones.size(), 2U);
  EXPECT_TRUE(stones[0].holds(sha256("hello")));
  EXPECT_FALSE(stones[0].holds(sha256("two")));
  EXPECT_TRUE(stones[1].holds(sha256("two")));
  EXPECT_EQ(stones[1].reason, kReason);
  // What was forgotten may come again; then it is there like anything else.
  ok(store->keep_begin());
  ok(store->keep(bytes_of("two")));
  ok(store->keep_end(sample::part_of("two")));
  more.files = {{"c.txt", 3, sha256("two"), ""}};
  more.id = source_id(more.files);
  ok(store->put(more));
  ok(store->commit());
  EXPECT_EQ(text_of(ok(store->bytes(sample::part_of("two").id(), 0, 9))), "two");
}

TEST_F(Forget, WhatNoPlaceLedToLeavesToo) {
  {
    const auto store = open();
    Outcome shorter = leak_.outcomes[0];
    std::vector<Child> children = shorter.children.list();
    children.pop_back();
    shorter.children = Children(children);
    ok(store->put(shorter));  // the last mail has no place now
    ok(store->commit());
    EXPECT_GT(count_of(opened(), "Canary-5"), 0U);
    ok(store->forget(mail(3), 1700000000, "Ana", kReason));
  }
  EXPECT_EQ(count_of(opened(), "Canary-text 5"), 0U);
}

// An earlier reading had found the mail in the mailbox, the newer one did not: its bytes hold it all the same.
TEST_F(Forget, WhatAnOlderReadingNamedGoesThereToo) {
  {
    const auto store = open();
    Outcome shorter = leak_.outcomes[0];
    std::vector<Child> children = shorter.children.list();
    children.erase(children.begin() + 3);
    shorter.children = Children(children);
    shorter.expected = 5;
    shorter.claims.clear();
    ok(store->put(shorter));
    Decision lost;
    lost.verdict = Decision::Verdict::Reviewed;
    lost.first = lost.second = {leak_.mails[3].part.id(), {}, "mail"};
    ok(store->put(lost));
    const std::string& raw = leak_.mails[3].raw;
    Source file;
    file.files = {{"a.eml", raw.size(), sha256(raw), ""}};
    file.id = source_id(file.files);
    ok(store->put(file));
    ok(store->keep_begin());
    ok(store->keep(bytes_of(raw)));
    ok(store->keep_end(sample::part_of(raw)));
    ok(store->commit());
    const Forgetting done = ok(store->forget({file.id, {Step::path("a.eml")}, {}}, 1700000000, "Ana", kReason));
    EXPECT_EQ(done.decisions, 1U);
    ASSERT_EQ(done.hollow.size(), 1U);
    EXPECT_EQ(done.hollow[0].trail, box());
    expect_whole(store.get());
    EXPECT_EQ(text_of(ok(store->bytes(leak_.mails[4].part.id(), 0, UINT64_MAX))), leak_.mails[4].raw);
  }
  const std::string after = opened();
  EXPECT_EQ(count_of(after, "Canary-3"), 0U);
  EXPECT_EQ(count_of(after, "Canary-text 3"), 0U);
  EXPECT_EQ(count_of(after, leak_.mails[3].part.sha256.hex()), 0U);
  EXPECT_EQ(count_of(after, std::string(text_of(leak_.mails[3].part.sha256.bytes))), 0U);
}

// Of two words on the same pair the later one stands: it must not come to stand before the earlier one.
TEST_F(Forget, DecisionsKeepTheirOrder) {
  const auto store = open();
  const auto say = [&](std::size_t first, std::size_t second, const std::string& by) {
    Decision decision;
    decision.verdict = Decision::Verdict::Unsure;
    decision.first = {leak_.mails[first].part.id(), {}, "mail"};
    decision.second = {leak_.mails[second].part.id(), {}, "mail"};
    decision.by = by;
    ok(store->put(decision));
  };
  say(2, 4, "first");
  say(4, 2, "second");
  say(5, 4, "third");
  say(2, 3, "goes");  // and has what stands under the same key written anew
  ok(store->commit());
  EXPECT_EQ(ok(store->forget(mail(3), 1700000000, "Ana", kReason)).decisions, 1U);
  std::vector<std::string> by;
  for (const Decision& decision : ok(store->decisions())) by.push_back(decision.by);
  EXPECT_EQ(by, (std::vector<std::string>{"Canary-editor", "first", "second", "third"}));
  expect_whole(store.get());
}

TEST_F(Forget, ASecondTimeThereIsNothing) {
  const auto store = open();
  ok(store->forget(mail(3), 1700000000, "Ana", kReason));
  const std::string digest = ok(store->check(Case::Depth::Digest)).digest;
  EXPECT_EQ(store->would_forget(mail(3)).error().fault, Fault::NotFound);
  EXPECT_EQ(store->forget(mail(3), 1700000001, "Ana", kReason).error().fault, Fault::NotFound);
  EXPECT_EQ(ok(store->check(Case::Depth::Digest)).digest, digest);
  EXPECT_EQ(ok(store->tombstones()).size(), 1U);
  // Another one out of the same mailbox, whose bytes are not there any more.
  ok(store->forget(mail(4), 1700000001, "Ana", kReason));
  EXPECT_EQ(text_of(ok(store->bytes(leak_.mails[5].part.id(), 0, UINT64_MAX))), leak_.mails[5].raw);
  EXPECT_EQ(ok(store->inventory()).forgotten, 2U);
  expect_whole(store.get());
  EXPECT_EQ(count_of(opened(), "Canary-4"), 0U);
}

TEST_F(Forget, WhatCameAgainInsideSomethingElseIsNamed) {
  const auto store = open();
  EXPECT_TRUE(ok(store->come_again()).empty());
  ok(store->forget(mail(3), 1700000000, "Ana", kReason));
  EXPECT_TRUE(ok(store->come_again()).empty());
  const Tombstone stone = ok(store->tombstones()).at(0);
  EXPECT_TRUE(stone.holds(leak_.mails[3].part.sha256));
  EXPECT_TRUE(stone.was_emptied(sha256(leak_.mailbox)));
  EXPECT_FALSE(stone.holds(sha256(leak_.mailbox)));
  EXPECT_FALSE(stone.was_emptied(leak_.mails[2].part.sha256));
  // An archive with the mail, and another with the whole mailbox.
  std::size_t at = 0;
  for (const std::string& inside : {leak_.mails[3].raw, leak_.mailbox}) {
    const std::string archive = "PK" + inside;
    Source more;
    more.files = {{"old.zip", archive.size(), sha256(archive), ""}};
    more.id = source_id(more.files);
    ok(store->put(more));
    ok(store->keep_begin());
    ok(store->keep(bytes_of(archive)));
    ok(store->keep_end(sample::part_of(archive)));
    Outcome read = sample::outcome_of(sample::part_of(archive), "zip/1", "application/zip");
    Child child;
    child.step = Step::range(2, inside.size());
    child.part = ++at == 1 ? leak_.mails[3].part : sample::part_of(inside);
    read.children.push_back(std::move(child));
    ok(store->put(read));
    ok(store->commit());
    EXPECT_EQ(ok(store->come_again()).size(), at);
  }
}

TEST_F(Forget, NothingStandsThere) {
  const auto store = open();
  Trail nowhere = mail(3);
  nowhere.steps.back() = Step::range(1, 2);
  EXPECT_EQ(store->forget(nowhere, 1700000000, "Ana", kReason).error().fault, Fault::NotFound);
  EXPECT_EQ(store->would_forget({"0000000000000000", {}, {}}).error().fault, Fault::NotFound);
  expect_whole(store.get());
  EXPECT_EQ(ok(store->inventory()).forgotten, 0U);
}

/// Somebody else has the case between its being opened and its being locked.
class Overtaken : public Disk {
 public:
  Overtaken(std::unique_ptr<Disk> disk, std::function<void()> before)
      : disk_(std::move(disk)), before_(std::move(before)) {}
  Result<std::unique_ptr<File>> open(const std::string& name, Mode mode) override { return disk_->open(name, mode); }
  Result<void> rename(const std::string& from, const std::string& to) override { return disk_->rename(from, to); }
  Result<void> remove(const std::string& name) override { return disk_->remove(name); }
  Result<std::vector<std::string>> list() override { return disk_->list(); }
  Result<void> sync() override { return disk_->sync(); }
  Result<void> lock() override {
    std::exchange(before_, [] {})();
    return disk_->lock();
  }
  void unlock() override { disk_->unlock(); }
  std::string path(const std::string& name) const override { return disk_->path(name); }

 private:
  std::unique_ptr<Disk> disk_;
  std::function<void()> before_;
};

// With the keys that it read before, it would write the table of keys as it was.
TEST_F(Forget, WhoWasOvertakenByOneOpensWithTheNewKeys) {
  for (const Case::Access access : {Case::Access::Read, Case::Access::Write}) {
    const std::size_t number = access == Case::Access::Read ? 3 : 4;
    auto disk = std::make_unique<Overtaken>(ok(open_disk(path_, Folder::Existing)), [&] {
      ok(open()->forget(mail(number), 1700000000, "Ana", kReason));
      ok(open()->forget(mail(number - 2), 1700000000, "Ana", kReason));
    });
    const auto store = ok(CaseStore::open_on(std::move(disk), path_, key_, access));
    EXPECT_EQ(store->find(mail(number)).error().fault, Fault::NotFound);
    expect_whole(store.get());
    EXPECT_EQ(count_of(opened(), "Canary-" + std::to_string(number)), 0U);
    EXPECT_EQ(count_of(opened(), "Canary-" + std::to_string(number - 2)), 0U);
  }
}

// A disk that is full from some moment on: it says so, and when there is room again all is forgotten or nothing.
TEST_F(Forget, AFullDiskLeavesAllOrNothing) {
  const std::string words = "No space left on device";
  std::size_t failures = 0, undone = 0, ended = 0, waits = 0;
  std::string before, after;
  for (std::size_t nth = 0;; ++nth) {
    SCOPED_TRACE("call " + std::to_string(nth) + " fails");
    ReplayMedium medium;
    ok(CaseStore::create_on(medium.disk().get(), kNowhere, key_));
    const auto open = [&](Case::Access access) { return CaseStore::open_on(medium.disk(), kNowhere, key_, access); };
    {
      const auto store = ok(open(Case::Access::Write));
      ok(sample::put_all(store.get(), leak_, 3));
      before = ok(store->check(Case::Depth::Digest)).digest;
      medium.fail_at(nth, ReplayMedium::Failing::FromThen, words);
      const auto done = store->forget(mail(3), 1700000000, "Ana", kReason);
      if (done) break;
      const std::string said = done.error().text();
      EXPECT_NE(said.find(words), std::string::npos) << said;
      EXPECT_EQ(store->put(leak_.source).error().fault, Fault::Io) << "nothing more is written";
      if (said.find("its keys are still there") != std::string::npos) ++ended;
    }
    ++failures;
    // Still full: it opens as it was, or says what it waits for.
    if (const auto again = open(Case::Access::Read); !again) {
      ++waits;
      EXPECT_NE(again.error().text().find("cannot be ended yet"), std::string::npos) << again.error().text();
    }
    medium.heal();
    const auto store = ok(open(Case::Access::Write));
    if (store->find(mail(3))) {
      ++undone;
      EXPECT_EQ(ok(store->check(Case::Depth::Digest)).digest, before);
      ok(store->forget(mail(3), 1700000000, "Ana", kReason));
    }
    const std::string digest = ok(store->check(Case::Depth::Digest)).digest;
    if (after.empty()) after = digest;
    EXPECT_EQ(digest, after);
    EXPECT_EQ(count_of(Opened(medium.disk(), kNowhere, key_).text(), "Canary-3"), 0U);
    expect_whole(store.get());
    if (HasFailure()) return;
  }
  EXPECT_GT(undone, 0U);
  EXPECT_GT(ended, 0U);
  EXPECT_GT(waits, 0U);
  std::printf("%zu failing calls, %zu before the word, %zu behind it\n", failures, undone, ended);
}

// At every event of a forgetting, with anything unsynced lost: either nothing is forgotten, or all is.
TEST_F(Forget, APowerCutLeavesAllOrNothing) {
  ReplayMedium medium;
  ok(CaseStore::create_on(medium.disk().get(), kNowhere, key_));
  const auto on = [&](const ReplayMedium& one) {
    ReplayMedium copy = one;
    return ok(CaseStore::open_on(copy.disk(), kNowhere, key_, Case::Access::Write));
  };
  const auto digest_of = [](CaseStore* store) { return ok(store->check(Case::Depth::Digest)).digest; };
  std::string before, after;
  std::size_t begun = 0;
  {
    const auto store = on(medium);
    ok(sample::put_all(store.get(), leak_, 3));
    before = digest_of(store.get());
    begun = medium.events();
    ok(store->forget(mail(3), 1700000000, "Ana", kReason));
    after = digest_of(store.get());
  }
  ASSERT_NE(before, after);
  std::size_t undone = 0, ended = 0;
  for (std::size_t events = begun; events <= medium.events(); ++events)
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      SCOPED_TRACE("after " + std::to_string(events) + " events, seed " + std::to_string(seed));
      const ReplayMedium left = medium.after_cut(events, seed < 2 ? seed : seed + 1000 * events);
      ok(CaseStore::open_on(ReplayMedium(left).disk(), kNowhere, key_, Case::Access::Read));
      EXPECT_TRUE(check_keyring(ReplayMedium(left).disk().get()).empty()) << "no old keyring stays behind a reader";
      const auto store = on(left);
      if (store->find(mail(3))) {
        ++undone;
        EXPECT_EQ(digest_of(store.get()), before);
        EXPECT_EQ(text_of(ok(store->bytes(leak_.mails[3].part.id(), 0, UINT64_MAX))), leak_.mails[3].raw);
        ok(store->forget(mail(3), 1700000000, "Ana", kReason));
      } else {
        ++ended;
        EXPECT_EQ(count_of(Opened(ReplayMedium(left).disk(), kNowhere, key_).text(), "Canary-3"), 0U);
      }
      EXPECT_EQ(digest_of(store.get()), after);
      EXPECT_EQ(ok(store->tombstones()).size(), 1U);
      expect_whole(store.get());
      if (HasFailure()) return;
    }
  EXPECT_GT(undone, 0U);
  EXPECT_GT(ended, 0U);
  std::printf("%zu cuts before the word, %zu behind it\n", undone, ended);
}

}  // namespace
}  // namespace careo
