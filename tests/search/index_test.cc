// SPDX-License-Identifier: Apache-2.0
#include "search/index.h"

#include <gtest/gtest.h>

#include "crypto/secret.h"
#include "reference/fold.h"
#include "store/database.h"

namespace careo {
namespace {

PartId part(std::string_view name) {
  return sha256(name);
}

Entry entry(std::string_view name, std::string title, std::string body) {
  Entry out;
  out.part = part(name);
  out.column(Column::Title) = std::move(title);
  out.column(Column::Body) = std::move(body);
  out.label = out.column(Column::Title);
  out.kind = "mail";
  out.media_type = "message/rfc822";
  return out;
}

class Index : public testing::Test {
 protected:
  void SetUp() override {
    database_ = std::move(Database::open("", Secret())).value();
    index_ = std::move(SearchIndex::open(*database_)).value();
  }
  std::uint64_t total(std::string_view text) {
    const auto query = Query::parse(text);
    EXPECT_TRUE(query) << text;
    const auto hits = index_->search(*query);
    EXPECT_TRUE(hits) << text << ": " << hits.error().text();
    return hits ? hits->total : 0;
  }
  std::vector<std::string> labels(std::string_view text, SearchOptions options = {}) {
    std::vector<std::string> out;
    const auto hits = index_->search(*Query::parse(text), options);
    for (const Hit& hit : hits->rows) out.push_back(hit.label);
    return out;
  }

  std::unique_ptr<Database> database_;
  std::unique_ptr<SearchIndex> index_;
};

TEST_F(Index, FindsWordsPhrasesAndFields) {
  Entry one = entry("1", "Contract offer", "We send the contract for the passport of Юрий Щербаков.");
  one.column(Column::From) = "Ivan Petrov <ivan@example.org>";
  one.column(Column::Name) = "scan 01.jpg";
  one.column(Column::Header) =
      "203.0.113.5\x1e"
      "X-Mailer\x1e"
      "Foxmail 7.0";
  ASSERT_TRUE(index_->add(one));
  ASSERT_TRUE(index_->add(entry("2", "Weather", "The passport office; contracts are elsewhere.")));
  EXPECT_EQ(total("passport"), 2U);
  EXPECT_EQ(total("contract"), 1U);
  EXPECT_EQ(total("contract*"), 2U);
  EXPECT_EQ(total("\"passport office\""), 1U);
  EXPECT_EQ(total("\"office passport\""), 0U);
  EXPECT_EQ(total("from:ivan"), 1U);
  EXPECT_EQ(total("text:ivan"), 0U);
  EXPECT_EQ(total("ivan@example.org"), 1U);
  EXPECT_EQ(total("name:scan"), 1U);
  EXPECT_EQ(total("header:203.0.113.5"), 1U);
  EXPECT_EQ(total("header:foxmail passport"), 1U);
  EXPECT_EQ(total("header:fox* OR weather"), 2U);
  EXPECT_EQ(total("foxmail"), 0U) << "only where it is asked for";
  EXPECT_EQ(total("subject:weather"), 1U);
  EXPECT_EQ(total("passport NOT weather"), 1U);
  EXPECT_EQ(total("NOT weather"), 1U);
  EXPECT_EQ(total("NOT nothing"), 2U);
}

TEST_F(Index, SpellingsMeetAcrossAlphabets) {
  ASSERT_TRUE(index_->add(entry("1", "", "Юрий Щербаков")));
  ASSERT_TRUE(index_->add(entry("2", "", "YURIY SHCHERBAKOV")));
  ASSERT_TRUE(index_->add(entry("3", "", "Iurii Scherbakov")));
  EXPECT_EQ(total("Щербаков"), 3U);
  EXPECT_EQ(total("=Щербаков"), 1U);
  EXPECT_EQ(total("shcherbakov"), 2U);  // its own letters and the Cyrillic ones, not another Latin spelling
  EXPECT_EQ(total("\"Юрий Щербаков\""), 3U);
  EXPECT_EQ(total("\"yuri scherbakov\""), 1U);
  EXPECT_EQ(total("=\"yuri scherbakov\""), 0U);
}

TEST_F(Index, FacetsAreComparedAsAWhole) {
  Entry one = entry("1", "a", "x");
  one.date = "2023-09-28T10:00:00Z";
  one.languages = {"en", "es"};
  one.forms = {"invoice", "payslip"};
  Entry two = entry("2", "b", "x");
  two.kind = "document";
  two.media_type = "application/pdf";
  ASSERT_TRUE(index_->add(one));
  ASSERT_TRUE(index_->add(two));
  EXPECT_EQ(total("kind:mail"), 1U);
  EXPECT_EQ(total("type:pdf"), 1U);
  EXPECT_EQ(total("type:application"), 1U);
  EXPECT_EQ(total("type:app"), 0U);
  EXPECT_EQ(total("lang:es"), 1U);
  EXPECT_EQ(total("form:invoice"), 1U);
  EXPECT_EQ(total("form:payslip kind:mail"), 1U);
  EXPECT_EQ(total("form:cmr"), 0U);
  EXPECT_EQ(total("date:2023-09"), 1U);
  EXPECT_EQ(total("x NOT date:2023"), 1U);
  EXPECT_EQ(total("kind:mail OR type:pdf"), 2U);
  const auto counts = index_->facets(*Query::parse("x"));
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->kinds, (std::vector<FacetCounts::Row>{{"document", 1}, {"mail", 1}}));
  EXPECT_EQ(counts->months, (std::vector<FacetCounts::Row>{{"2023-09", 1}}));
}

// What is kept and has no text is found by what people wrote into it; who made a document, where one asks for that.
TEST_F(Index, WhatAFileSaysOfItselfIsFound) {
  const auto said = [](const std::string& name, const std::string& type, const std::string& value) {
    Outcome outcome;
    outcome.part = part(name);
    outcome.media_type = type;
    outcome.state = State::Kept;
    Reading reading;
    reading.kind = "document";
    reading.value = value;
    outcome.readings.push_back(reading);
    return entry_of(std::span(&outcome, 1), {});
  };
  ASSERT_TRUE(index_->add(
      said("1", "audio/mpeg",
           R"({"title":"Harbour","author":"Ana Ruiz","description":"recorded at the gate\nlocation: Mole 4"})")));
  ASSERT_TRUE(index_->add(
      said("2", "application/pdf", R"({"author":"Ana Ruiz","company":"Pilots","keywords":"convoy, harbour"})")));
  EXPECT_EQ(total("harbour"), 2U);
  EXPECT_EQ(total("title:harbour"), 1U);
  EXPECT_EQ(total("\"at the gate\""), 1U);
  EXPECT_EQ(total("text:mole"), 1U);
  EXPECT_EQ(total("convoy"), 1U);
  EXPECT_EQ(total("\"ana ruiz\""), 1U);
  EXPECT_EQ(total("header:\"ana ruiz\""), 2U);
  EXPECT_EQ(total("pilots"), 0U);
  EXPECT_EQ(total("header:pilots"), 1U);
}

TEST_F(Index, AddingAgainReplaces) {
  ASSERT_TRUE(index_->add(entry("1", "old", "first words")));
  ASSERT_TRUE(index_->add(entry("1", "new", "second words")));
  EXPECT_EQ(total("first"), 0U);
  EXPECT_EQ(total("second"), 1U);
  EXPECT_EQ(total("words"), 1U);
  ASSERT_TRUE(index_->remove(part("1")));
  EXPECT_EQ(total("words"), 0U);
  EXPECT_EQ(total("NOT x"), 0U);
}

TEST_F(Index, BestFirstThenNewest) {
  Entry weak = entry("1", "letter", "one passport among many other words that say nothing of it at all");
  weak.date = "2024-01-01";
  Entry strong = entry("2", "passport", "passport passport");
  strong.date = "2020-01-01";
  ASSERT_TRUE(index_->add(weak));
  ASSERT_TRUE(index_->add(strong));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(index_->add(entry("x" + std::to_string(i), "other", "noise")));
  EXPECT_EQ(labels("passport"), (std::vector<std::string>{"passport", "letter"}));
  EXPECT_EQ(labels("passport", {.order = SearchOptions::Order::Newest}),
            (std::vector<std::string>{"letter", "passport"}));
  EXPECT_EQ(labels("passport", {.limit = 1, .offset = 1}), (std::vector<std::string>{"letter"}));
}

TEST_F(Index, APropertyDoesNotChangeTheScore) {
  for (int i = 0; i < 5; ++i) {
    Entry each = entry(std::to_string(i), std::to_string(i), "passport");
    if (i % 2 == 0) each.kind = "document";
    for (int k = 0; k < i; ++k) each.column(Column::Body) += " filler";
    ASSERT_TRUE(index_->add(each));
  }
  const auto other = SearchIndex::open(*database_);  // a second index on one connection shares what belongs to it
  EXPECT_EQ(labels("passport"), (std::vector<std::string>{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(labels("passport kind:document"), (std::vector<std::string>{"0", "2", "4"}));
  EXPECT_EQ(labels("passport NOT kind:document"), (std::vector<std::string>{"1", "3"}));
}

TEST_F(Index, PhrasesDoNotRunFromOneTextIntoTheNext) {
  ASSERT_TRUE(index_->add(entry("1", "", std::string("page one") + kTextBreak + "two pages")));
  EXPECT_EQ(total("\"one two\""), 0U);
  EXPECT_EQ(total("\"page one\""), 1U);
}

TEST_F(Index, ManyHitsComeNewestFirst) {
  ASSERT_TRUE(index_->begin());
  for (int i = 0; i < 6000; ++i) {
    Entry each = entry("m" + std::to_string(i), std::to_string(i), "common");
    each.date = "2020-01-" + std::string(i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1);
    ASSERT_TRUE(index_->add(each));
  }
  ASSERT_TRUE(index_->commit());
  const auto hits = index_->search(*Query::parse("common"), {.limit = 5});
  ASSERT_TRUE(hits);
  EXPECT_EQ(hits->total, 6000U);
  EXPECT_FALSE(hits->ranked);
  ASSERT_EQ(hits->rows.size(), 5U);
  EXPECT_EQ(hits->rows.front().date, "2020-01-28");
  ASSERT_TRUE(index_->settle());
  EXPECT_EQ(total("common"), 6000U);
}

TEST_F(Index, FindsWhatIsNearlyTheSameAndNothingElse) {
  const auto letter = [](int number, std::string body) {
    return entry("letter " + std::to_string(number), "", std::move(body));
  };
  const auto words = [](int from) {
    std::string out;
    for (int i = from; i < from + 60; ++i) out += "word" + std::to_string(i) + " ";
    return out;
  };
  ASSERT_TRUE(index_->add(letter(1, words(0))));
  ASSERT_TRUE(index_->add(letter(2, words(3))));
  ASSERT_TRUE(index_->add(letter(3, words(500))));
  ASSERT_TRUE(index_->add(letter(4, "thanks")));
  ASSERT_TRUE(index_->add(letter(5, words(700) + "\nOn Monday Ana wrote:\n> " + words(0))));
  const auto found = *index_->near(letter(1, "").part, 0.5, 10);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].part, letter(2, "").part);
  EXPECT_NEAR(found[0].alike, 55.0 / 61, 0.2);
  EXPECT_TRUE(index_->near(letter(4, "").part, 0.5, 10)->empty());
  EXPECT_TRUE(index_->near(sha256("nobody"), 0.5, 10)->empty());
  // Written anew, or removed, it is like nothing any more.
  ASSERT_TRUE(index_->add(letter(2, words(900))));
  EXPECT_TRUE(index_->near(letter(1, "").part, 0.5, 10)->empty());
  ASSERT_TRUE(index_->add(letter(2, words(1))));
  EXPECT_EQ(index_->near(letter(1, "").part, 0.5, 10)->size(), 1U);
  ASSERT_TRUE(index_->remove(letter(2, "").part));
  EXPECT_TRUE(index_->near(letter(1, "").part, 0.5, 10)->empty());
}

TEST_F(Index, NearPicturesAreNearestFirstAndGoWithTheirPart) {
  const auto pictured = [](const std::string& name, std::vector<EntryPicture> pictures) {
    Entry out;
    out.part = sha256(name);
    out.pictures = std::move(pictures);
    return out;
  };
  const std::uint64_t hash = 0x0123456789abcdefULL;
  ASSERT_TRUE(index_->add(pictured("own", {{0, hash}})));
  ASSERT_TRUE(index_->add(pictured("scan", {{1, ~hash}, {3, hash ^ 0x11U}})));
  ASSERT_TRUE(index_->add(pictured("copy", {{0, hash ^ 1U}})));
  ASSERT_TRUE(index_->add(pictured("other", {{0, hash ^ 0xfffff00000ULL}})));
  const auto found = *index_->near_pictures(sha256("own"), 10);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].part, sha256("copy"));
  EXPECT_EQ(found[0].bits_apart, 1);
  EXPECT_EQ(found[1].part, sha256("scan"));
  EXPECT_EQ(found[1].page, 3U);
  EXPECT_EQ(found[1].own_page, 0U);
  EXPECT_EQ(index_->near_pictures(sha256("own"), 1)->size(), 1U);
  EXPECT_EQ(index_->near_pictures(sha256("scan"), 10)->front().own_page, 3U);
  EXPECT_TRUE(index_->near_pictures(sha256("nobody"), 10)->empty());
  ASSERT_TRUE(index_->add(pictured("copy", {})));  // read anew, as no picture
  ASSERT_TRUE(index_->remove(sha256("scan")));
  EXPECT_TRUE(index_->near_pictures(sha256("own"), 10)->empty());
}

}  // namespace
}  // namespace careo
