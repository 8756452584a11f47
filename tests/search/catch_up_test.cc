// SPDX-License-Identifier: Apache-2.0
// The index beside a real case: it sees what the log holds, once, and again when more is read of a part.
#include <gtest/gtest.h>

#include "search/index.h"
#include "search/origins.h"
#include "search/picture_likeness.h"
#include "store/database.h"
#include "store/folder.h"
#include "store/ok.h"
#include "store/sample_case.h"

namespace careo {
namespace {

class CatchUp : public testing::Test {
 protected:
  void SetUp() override {
    key_.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key_));
    open();
    leak_ = sample::make_leak(5);
    ok(store_->put(leak_.source));
    for (const Outcome& outcome : leak_.outcomes) ok(store_->put(outcome));
    ok(store_->commit());
  }
  void open() {
    index_.reset();
    store_.reset();
    store_ = ok(Case::open(folder_ / "case", key_, Case::Access::Write));
    index_ = ok(SearchIndex::open(store_->index_database()));
  }
  // A source with one file more.
  void stand(const Part& part) {
    Source source = leak_.source;
    source.files = {{"box", part.length, part.sha256, ""}};
    source.id = source_id(source.files);
    ok(store_->put(source));
  }
  std::uint64_t total(std::string_view text) { return ok(index_->search(*Query::parse(text))).total; }

  TestFolder folder_;
  Key key_;
  sample::Leak leak_;
  std::unique_ptr<Case> store_;
  std::unique_ptr<SearchIndex> index_;
};

TEST_F(CatchUp, SeesTheLogOnce) {
  EXPECT_EQ(ok(index_->catch_up(*store_)), 7U);  // a mailbox, five mails, one attachment
  EXPECT_EQ(ok(index_->catch_up(*store_)), 0U);
  EXPECT_EQ(total("kind:mail"), 5U);
  EXPECT_EQ(total("from:ana3@example.org"), 1U);
  EXPECT_EQ(total("subject:canary"), 5U);
  EXPECT_EQ(total("name:hello"), 6U);  // the attachment, and every mail that carries it
  EXPECT_EQ(total("date:2023-09-28"), 5U);
  open();
  EXPECT_EQ(ok(index_->catch_up(*store_)), 0U);
  EXPECT_EQ(total("subject:canary"), 5U);
}

TEST_F(CatchUp, TextRecognisedLaterIsFoundWithTheNameFromBefore) {
  ok(index_->catch_up(*store_));
  Outcome seen = sample::outcome_of(sample::part_of("hello"), "ocr/1", "text/plain");
  seen.stage = Stage::Ocr;
  seen.texts.push_back({{}, "recognised passport", "en", Grade::Doubtful, "ocr/1"});
  ok(store_->put(seen));
  ok(store_->commit());
  EXPECT_EQ(ok(index_->catch_up(*store_)), 1U);
  EXPECT_EQ(total("passport name:hello kind:text"), 1U);
}

TEST_F(CatchUp, PagesSeenLaterAreComparedAndTheWordsStay) {
  ok(index_->catch_up(*store_));
  std::string light;
  for (int i = 0; i < kPictureFields * kPictureFields; ++i) light += static_cast<char>('a' + i / kPictureFields % 26);
  const std::string sketch = R"({"width":56,"height":56,"light":")" + light + R"("})";
  ASSERT_TRUE(picture_sketch(sketch));
  const std::vector<PartId> parts = {leak_.outcomes[1].part, leak_.outcomes[2].part};
  for (const PartId& part : parts) {
    Outcome seen;
    seen.part = part;
    seen.stage = Stage::Look;
    seen.reader = "pdf/4";
    Region page;
    page.page = 2;
    seen.readings.push_back({"picture", page, "", sketch, Grade::Unconfirmed, "picture/1"});
    ok(store_->put(seen));
  }
  ok(store_->commit());
  EXPECT_EQ(ok(index_->catch_up(*store_)), 2U);
  const auto same = [&] {
    const std::vector<NearPicture> near = ok(index_->near_pictures(parts[0], 10));
    return near.size() == 1 && near[0].part == parts[1] && near[0].page == 2 && near[0].own_page == 2;
  };
  EXPECT_TRUE(same());
  EXPECT_EQ(total("subject:canary"), 5U);
  ok(store_->index_database().execute("DROP TABLE search_state;"));
  open();
  ok(index_->catch_up(*store_));
  EXPECT_TRUE(same()) << "made anew, it knows the same";
}

TEST_F(CatchUp, ACopyUnderAnotherNameIsFoundByBoth) {
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("name:other NOT kind:mail"), 0U);
  Outcome mail = leak_.outcomes[1];
  const Part again = sample::part_of("another mail", {"message/rfc822", "", ""});
  mail.part = again.id();
  mail.children = sample::changed(mail.children, [](auto& list) { list[0].name = "other.txt"; });
  Outcome box = sample::outcome_of(sample::part_of("box"), "mailbox/1", "application/mbox");
  Child child;
  child.step = Step::range(0, again.length);
  child.part = again;
  box.children.push_back(child);
  stand(sample::part_of("box"));
  ok(store_->put(box));
  ok(store_->put(mail));
  ok(store_->commit());
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("name:other NOT kind:mail"), 1U);
  EXPECT_EQ(total("name:hello NOT kind:mail"), 1U);
}

// The logo of a house stands in each of its mails: a mail more must not cost a look at all those before it.
TEST_F(CatchUp, ACopyMoreUnderTheSameNameWritesNothingMore) {
  ok(index_->catch_up(*store_));
  Outcome box = sample::outcome_of(sample::part_of("box"), "mailbox/1", "application/mbox");
  std::vector<Outcome> mails;
  for (int i = 0; i < 2000; ++i) {
    Outcome mail = leak_.outcomes[1];
    const Part part = sample::part_of("mail " + std::to_string(i), {"message/rfc822", "", ""});
    mail.part = part.id();
    Child child;
    child.step = Step::range(static_cast<std::uint64_t>(i), 1);
    child.part = part;
    box.children.push_back(child);
    mails.push_back(std::move(mail));
  }
  stand(sample::part_of("box"));
  ok(store_->put(box));
  for (const Outcome& mail : mails) ok(store_->put(mail));
  ok(store_->commit());
  EXPECT_EQ(ok(index_->catch_up(*store_)), 2001U);
  EXPECT_EQ(total("name:hello NOT kind:mail"), 1U);
}

TEST_F(CatchUp, WhatANewerOutcomeNoLongerHasIsNotFound) {
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("from:ana3@example.org"), 1U);
  Outcome fewer = leak_.outcomes[0];
  fewer.children = sample::changed(fewer.children, [&](auto& list) {
    std::erase_if(list, [&](const Child& child) { return child.part->id() == leak_.outcomes[4].part; });
  });
  ASSERT_EQ(fewer.children.size() + 1, leak_.outcomes[0].children.size());
  ok(store_->put(fewer));
  ok(store_->commit());
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("from:ana3@example.org"), 0U);
  EXPECT_EQ(total("kind:mail"), 4U);
  // It stands again, with what is inside it: its own outcome was written long ago.
  ok(store_->put(leak_.outcomes[0]));
  ok(store_->commit());
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("from:ana3@example.org"), 1U);
  EXPECT_EQ(total("kind:mail"), 5U);
  ok(store_->put(fewer));
  ok(store_->commit());
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("kind:mail"), 4U);
  for (const char* table : {"words", "docs", "meeting", "languages", "forms", "search_state"})
    ok(store_->index_database().execute(std::string("DROP TABLE ") + table + ";"));
  open();
  ok(index_->catch_up(*store_));
  EXPECT_EQ(total("kind:mail"), 4U) << "made anew, it finds the same";
}

TEST_F(CatchUp, OpeningWhatStandsWritesNothing) {
  ok(index_->catch_up(*store_));
  const std::int64_t before = store_->index_database().changes();
  const auto again = ok(SearchIndex::open(store_->index_database()));
  EXPECT_EQ(store_->index_database().changes(), before);
  EXPECT_EQ(ok(again->search(*Query::parse("subject:canary"))).total, 5U);
}

TEST_F(CatchUp, RebuiltEqualsIncremental) {
  ok(index_->catch_up(*store_));
  const auto before = ok(index_->all(*Query::parse("canary OR hello OR kind:archive")));
  for (const char* table : {"words", "docs", "meeting", "languages", "forms", "search_state"}) {
    ok(store_->index_database().execute(std::string("DROP TABLE ") + table + ";"));
  }
  open();
  EXPECT_EQ(ok(index_->position()), 0U);
  ok(index_->catch_up(*store_));
  EXPECT_EQ(ok(index_->all(*Query::parse("canary OR hello OR kind:archive"))), before);
}

TEST_F(CatchUp, KnowsWhichSourceAHitIsFrom) {
  Source other = leak_.source;
  const Part lone = sample::part_of("hello");  // stands in the leak's mails as well
  other.files = {{"hello.txt", lone.length, lone.sha256, ""}};
  other.id = source_id(other.files);
  other.label = "/home/maria/Canary-stick/";
  ok(store_->put(other));
  ok(store_->commit());
  ok(index_->catch_up(*store_));
  EXPECT_FALSE(index_->search(*Query::parse("source:Canary-stick"))) << "no source is known yet";
  index_->know(std::make_shared<const Origins>(ok(Origins::of(*store_))));
  EXPECT_EQ(total("source:Canary-label"), 7U);
  EXPECT_EQ(total("source:canary-STICK"), 1U);
  EXPECT_EQ(total("source:" + other.id), 1U);
  EXPECT_EQ(total("kind:mail source:Canary-label"), 5U);
  EXPECT_EQ(total("source:Canary-label NOT source:Canary-stick"), 6U);
  EXPECT_EQ(total("source:nowhere"), 0U);
  const FacetCounts counts = ok(index_->facets(*Query::parse("kind:mail OR kind:text")));
  EXPECT_EQ(counts.sources, (std::vector<FacetCounts::Row>{{"Canary-label", 6}, {"Canary-stick", 1}}));
  EXPECT_EQ(ok(index_->senders({})), 5U);
  EXPECT_EQ(ok(index_->senders({leak_.mails[0].part.id()})), 4U);
}

TEST_F(CatchUp, SourcesOfOneNameAreToldApartByTheirIds) {
  Source twin = leak_.source;
  const Part lone = sample::part_of("other");
  twin.files = {{"other.txt", lone.length, lone.sha256, ""}};
  twin.id = source_id(twin.files);
  ok(store_->put(twin));
  ok(store_->commit());
  const Origins origins = ok(Origins::of(*store_));
  ASSERT_EQ(origins.all().size(), 2U);
  for (const Origins::From& from : origins.all()) EXPECT_EQ(from.word, from.source);
  EXPECT_EQ(origins.all()[1].name, "Canary-label");
}

}  // namespace
}  // namespace careo
