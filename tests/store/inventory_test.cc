// SPDX-License-Identifier: Apache-2.0
// The inventory cannot flatter itself: whatever is taken away from a sound account, it says so.
#include <gtest/gtest.h>

#include "base/replay_disk.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

class Account : public testing::Test {
 protected:
  TestFolder folder_;
  Key key_ = key_file_at(folder_ / "key");
  ReplayMedium medium_;
  std::unique_ptr<CaseStore> store_;

  void SetUp() override { anew(); }
  void anew() {
    store_.reset();
    medium_ = ReplayMedium();
    ok(CaseStore::create_on(medium_.disk().get(), "/nowhere/case", key_));
    store_ = ok(CaseStore::open_on(medium_.disk(), "/nowhere/case", key_, Case::Access::Write));
  }
  Inventory account(const sample::Leak& leak) {
    anew();
    ok(sample::put_all(store_.get(), leak, 10));
    return ok(store_->inventory());
  }
  static const Inventory::Row* row_of(const Inventory& inventory, const std::string& outcome) {
    for (const auto& row : inventory.rows)
      if (row.outcome == outcome) return &row;
    return nullptr;
  }
};

TEST_F(Account, CountsPlacesAndNamesDuplicates) {
  const sample::Leak leak = sample::make_leak(5);
  const Inventory inventory = account(leak);
  // The mailbox, five mails, and one attachment in all five: once itself, four times a duplicate.
  EXPECT_EQ(inventory.parts, 11U);
  EXPECT_EQ(inventory.read, 7U);
  EXPECT_EQ(inventory.duplicate, 4U);
  EXPECT_EQ(inventory.cut + inventory.kept + inventory.failed + inventory.waiting, 0U);
  EXPECT_EQ(inventory.expected, 5U);
  EXPECT_EQ(inventory.bytes, leak.mailbox.size());
  EXPECT_TRUE(inventory.adds_up);
  ASSERT_EQ(inventory.rows.size(), 4U);
  EXPECT_EQ(inventory.rows[0].outcome, "duplicate");
  EXPECT_EQ(inventory.rows[0].name, "hello.txt");
  EXPECT_NE(inventory.rows[0].reason.find("same as src:"), std::string::npos);
}

TEST_F(Account, SaysWhatWaitsFailedWasCutOrKept) {
  sample::Leak leak = sample::make_leak(5);
  leak.outcomes.pop_back();  // the attachment waits
  leak.outcomes[1].state = State::Cut;
  leak.outcomes[1].reason = "ends early";
  leak.outcomes[1].unread.push_back({{}, 3, "ends early"});
  leak.outcomes[2].state = State::Kept;
  leak.outcomes[3].state = State::Failed;
  leak.outcomes[3].reason = "damaged: nonsense";
  leak.source.files.push_back({"zzz", 0, {}, "locked: permission denied"});
  leak.source.id = source_id(leak.source.files);
  const Inventory inventory = account(leak);
  EXPECT_EQ(inventory.parts, 12U);
  EXPECT_EQ(inventory.waiting, 1U);
  EXPECT_EQ(inventory.cut, 1U);
  EXPECT_EQ(inventory.kept, 1U);
  EXPECT_EQ(inventory.failed, 2U);
  EXPECT_EQ(inventory.read, 3U);
  EXPECT_TRUE(inventory.adds_up);
  ASSERT_NE(row_of(inventory, "cut"), nullptr);
  EXPECT_EQ(row_of(inventory, "cut")->unread, 1U);
  EXPECT_EQ(row_of(inventory, "failed")->reason, "damaged: nonsense");
  EXPECT_EQ(inventory.rows.back().reason, "locked: permission denied");
  EXPECT_TRUE(std::is_sorted(inventory.rows.begin(), inventory.rows.end(),
                             [](const auto& a, const auto& b) { return a.trail < b.trail; }));
}

// Of a document with pages to be seen there are two outcomes, which come in any order: one that failed may be made
// anew.
TEST_F(Account, ADocumentIsReadWhenItsPagesWereSeen) {
  sample::Leak leak = sample::make_leak(2);
  leak.outcomes[1].media_type = "application/pdf";
  leak.outcomes[1].readings = {{"document", {}, "", R"({"pictured":1})", Grade::Unconfirmed, "pdf/4"}};
  const Outcome opened = leak.outcomes[1];
  const Inventory before = account(leak);
  EXPECT_EQ(before.waiting, 1U);
  EXPECT_EQ(row_of(before, "waiting")->reason, "its pages are still to be looked at");
  EXPECT_EQ(ok(store_->waiting(Stage::Look)), std::vector<PartId>{opened.part});
  EXPECT_EQ(ok(store_->count_waiting(Stage::Look)), 1U);
  std::uint64_t place = 0;
  EXPECT_EQ(ok(store_->waiting(Stage::Look, &place, 9)).size(), 1U);
  EXPECT_TRUE(ok(store_->waiting(Stage::Look, &place, 9)).empty());

  Outcome seen;
  seen.part = opened.part;
  seen.stage = Stage::Look;
  seen.reader = "pdf/4";
  seen.state = State::Cut;
  seen.reason = "the page could not be drawn";
  seen.unread = {{{}, 0, seen.reason}};
  ok(store_->put(seen));
  EXPECT_TRUE(ok(store_->waiting(Stage::Look)).empty());
  EXPECT_EQ(ok(store_->count_waiting(Stage::Look)), 0U);
  EXPECT_EQ(ok(store_->unfinished(Stage::Look)), std::vector<PartId>{opened.part});
  EXPECT_TRUE(ok(store_->unfinished(Stage::Open)).empty());
  const auto told = [&] {
    const Inventory now = ok(store_->inventory());
    EXPECT_TRUE(now.adds_up);
    const Inventory::Row* const row = row_of(now, "cut");
    return row == nullptr ? "" : row->reason + ", " + std::to_string(row->unread);
  };
  EXPECT_EQ(told(), "not all pages could be looked at: the page could not be drawn, 1");
  EXPECT_EQ(ok(store_->part(opened.part)).outcome(), "cut");

  Outcome again = opened;  // opened once more, the pages as they were
  again.state = State::Cut;
  again.reason = "ends early";
  again.unread = {{{}, 3, again.reason}};
  ok(store_->put(again));
  EXPECT_EQ(told(), "ends early; not all pages could be looked at: the page could not be drawn, 2");
  ok(store_->put(opened));
  EXPECT_EQ(told(), "not all pages could be looked at: the page could not be drawn, 1");
  seen.state = State::Read;
  seen.reason.clear();
  seen.unread.clear();
  ok(store_->put(seen));
  EXPECT_EQ(told(), "");
  EXPECT_EQ(ok(store_->part(opened.part)).outcome(), "read");
  EXPECT_TRUE(ok(store_->unfinished(Stage::Look)).empty());
}

// What was opened in part alone has pages, too, and is not done before they were seen.
TEST_F(Account, ADocumentThatWasCutWaitsForItsPages) {
  sample::Leak leak = sample::make_leak(2);
  Outcome& opened = leak.outcomes[1];
  opened.media_type = "application/pdf";
  opened.readings = {{"document", {}, "", R"({"pictured":1})", Grade::Unconfirmed, "pdf/4"}};
  opened.state = State::Cut;
  opened.reason = "ends early";
  const PartId part = opened.part;
  EXPECT_EQ(account(leak).waiting, 1U);
  EXPECT_EQ(ok(store_->part(part)).reason, "ends early; its pages are still to be looked at");
  Outcome seen;
  seen.part = part;
  seen.stage = Stage::Look;
  seen.reader = "pdf/4";
  ok(store_->put(seen));
  EXPECT_EQ(ok(store_->part(part)).outcome(), "cut");
  EXPECT_EQ(ok(store_->part(part)).reason, "ends early");
}

TEST_F(Account, AChildTakenAwayIsMissed) {
  for (std::size_t taken = 0; taken < 6; ++taken) {
    sample::Leak leak = sample::make_leak(6);
    Outcome& box = leak.outcomes[0];
    box.children = sample::changed(box.children,
                                   [&](auto& list) { list.erase(list.begin() + static_cast<std::ptrdiff_t>(taken)); });
    box.expected.reset();  // even where the container does not count
    leak.outcomes.erase(leak.outcomes.begin() + 1 + static_cast<std::ptrdiff_t>(taken));
    const Inventory inventory = account(leak);
    EXPECT_FALSE(inventory.adds_up) << taken;
    ASSERT_FALSE(inventory.rows.empty());
    EXPECT_FALSE(inventory.rows[0].adds_up);
  }
}

TEST_F(Account, AClaimTakenAwayWithItsChildIsMissed) {
  sample::Leak leak = sample::make_leak(6);
  Outcome& box = leak.outcomes[0];
  box.children = sample::without_last(box.children);
  box.claims.pop_back();
  box.expected.reset();
  EXPECT_FALSE(account(leak).adds_up);
  // And where the bytes are called structure instead, the container's own count tells.
  leak = sample::make_leak(6);
  Outcome& other = leak.outcomes[0];
  other.children = sample::without_last(other.children);
  other.claims.back().by = Claim::By::Structure;
  EXPECT_FALSE(account(leak).adds_up);
}

TEST_F(Account, AChildWithoutAPlaceIsMissed) {
  sample::Leak leak = sample::make_leak(3);
  Outcome& first = leak.outcomes[1];
  first.children = sample::changed(first.children, [](auto& list) { list[0].part.reset(); });
  EXPECT_FALSE(account(leak).adds_up);
  leak = sample::make_leak(3);
  // Two children at one step stand in one place.
  Outcome& box = leak.outcomes[0];
  box.children = sample::changed(box.children, [](auto& list) { list[1].step = list[0].step; });
  EXPECT_FALSE(account(leak).adds_up);
  // A place that went from the catalog alone.
  account(sample::make_leak(3));
  ok(store_->commit());
  EXPECT_TRUE(ok(store_->inventory()).adds_up);
}

TEST_F(Account, ChildrenOfDuplicatesAreCountedOnce) {
  sample::Leak leak = sample::make_leak(4);
  const SourceFile& file = leak.source.files[0];
  leak.source.files.push_back({"second.mbox", file.length, file.sha256, ""});
  leak.source.id = source_id(leak.source.files);
  const Inventory inventory = account(leak);
  EXPECT_EQ(inventory.parts, 10U);  // nine as before, and the second mailbox
  EXPECT_EQ(inventory.duplicate, 4U);
  EXPECT_TRUE(inventory.adds_up);
  EXPECT_EQ(inventory.bytes, 2 * leak.mailbox.size());
}

// A container that holds itself, and a part that is its own child's child: counted, walked and read to an end.
TEST_F(Account, LoopsEnd) {
  const std::string text = "loop";
  const Part outer = sample::part_of(text);
  const Part inner = sample::part_of(text, {"text/plain", "", ""});
  Source source;
  source.files = {{"loop", 4, outer.sha256, ""}};
  source.id = source_id(source.files);
  ok(store_->put(source));
  ok(store_->keep_begin());
  ok(store_->keep(bytes_of(text)));
  ok(store_->keep_end(outer));
  Outcome one = sample::outcome_of(outer, "loop/1", "x");
  Outcome two = sample::outcome_of(inner, "loop/1", "x");
  Child child;
  child.step = Step::range(0, 4);
  child.part = inner;
  one.children = {child};
  child.step = Step::range(0, 4, {Transform::FromQuoting});
  child.part = outer;
  one.children.push_back(child);
  two.children = {child};
  ok(store_->put(one));
  ok(store_->put(two));
  ok(store_->commit());
  EXPECT_EQ(ok(store_->inventory()).parts, 4U);
  EXPECT_EQ(ok(store_->trail(outer.id())).steps.size(), 1U);
  EXPECT_EQ(ok(store_->trail(inner.id())).steps.size(), 2U);
  EXPECT_EQ(text_of(ok(store_->bytes(inner.id(), 0, 10))), text);
}

}  // namespace
}  // namespace careo
