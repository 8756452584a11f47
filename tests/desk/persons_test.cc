// SPDX-License-Identifier: Apache-2.0
#include "desk/persons.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "desk/intake.h"
#include "desk/session.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

constexpr const char* kZone =
    R"({"format":"TD3","lines":["A","B"],"fields":{"document_number":{"raw":"L898902C3","value":"L898902C3",
    "grade":"checked"},"surname":{"raw":"ERIKSSON","value":"ERIKSSON","grade":"unconfirmed"},
    "birth_date":{"raw":"740812","value":"1974-08-12","grade":"checked"}}})";

class Persons : public testing::Test {
 protected:
  Persons() {
    Key key;
    key.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key));
    session_ = ok(Session::open(folder_ / "case", key, Case::Access::Write));
    std::filesystem::create_directory(folder_ / "leak");
  }

  // A picture of the leak that gave one reading of a zone with that value.
  void picture(const std::string& name, const std::string& value) {
    std::ofstream(folder_ / ("leak/" + name), std::ios::binary) << name;
    Outcome outcome;
    outcome.part = Part{sha256(name), name.size(), {}}.id();
    outcome.reader = "image/1";
    outcome.state = State::Read;
    outcome.media_type = "image/png";
    outcome.readings.push_back(
        {.kind = "mrz", .region = {}, .raw = name, .value = value, .grade = Grade::Checked, .reader = "mrz/1"});
    outcomes_.push_back(std::move(outcome));
  }
  // A PDF of the leak as its reader tells of it.
  PartId pdf(char letter, const std::string& value, const std::string& words) {
    const std::string bytes(3000, letter);
    std::ofstream(folder_ / ("leak/" + std::string(1, letter) + ".pdf"), std::ios::binary) << bytes;
    Outcome outcome;
    outcome.part = Part{sha256(bytes), bytes.size(), {}}.id();
    outcome.reader = "pdf/4";
    outcome.media_type = "application/pdf";
    if (!words.empty()) outcome.texts.push_back({{}, words, "en", Grade::Checked, "pdf/4"});
    outcome.readings.push_back({"document", {}, "", value, Grade::Unconfirmed, "pdf/4"});
    outcomes_.push_back(outcome);
    return outcome.part;
  }
  void add() {
    Silent progress;
    StopFlag stop{false};
    Intake intake(*session_.store, *session_.index, {}, progress, stop);
    ok(intake.keep(ok(gather(folder_ / "leak", {}, progress, stop))));
    for (const Outcome& outcome : outcomes_) ok(session_.store->put(outcome));
    ok(session_.store->commit());
  }

  TestFolder folder_;
  Session session_;
  std::vector<Outcome> outcomes_;
};

// A parser that was taken over may write what it likes into its own part's outcome: the other documents still answer.
TEST_F(Persons, AZoneOfTheWrongShapeIsUnreadAndHidesNoOther) {
  picture("right", kZone);
  picture("lies", R"({"fields":3})");
  add();
  const CasePersons persons = ok(persons_of(*session_.store));
  EXPECT_EQ(persons.records.size(), 1U);
  ASSERT_EQ(persons.unread.size(), 1U);
  EXPECT_NE(persons.unread[0].print().find("lies"), std::string::npos);
  EXPECT_EQ(persons.resolution.count.upper, 2U);
}

// Its words are read, its pages are still to be looked at: it may show a document, until they were.
TEST_F(Persons, PagesThatWereNotSeenYetMayShowADocument) {
  const PartId part = pdf('x', R"({"pictured":2})", "Dear Ana, here is the passport");
  add();
  const CasePersons waiting = ok(persons_of(*session_.store));
  EXPECT_EQ(waiting.resolution.count.upper, 2U) << "each of its pages may show another";
  EXPECT_EQ(waiting.resolution.count.waiting_pages, 2U);
  EXPECT_TRUE(waiting.unread.empty()) << "nobody has tried yet";
  Outcome seen;
  seen.part = part;
  seen.stage = Stage::Look;
  seen.reader = "pdf/4";
  seen.state = State::Cut;
  seen.reason = "time limit";
  ok(session_.store->put(seen));
  const CasePersons none = ok(persons_of(*session_.store));
  EXPECT_EQ(none.resolution.count.upper, 2U) << "of which pages were seen nobody knows";
  EXPECT_EQ(none.resolution.count.unread_images, 2U);
  EXPECT_EQ(none.unread.size(), 1U);
  Region first;
  first.page = 1;
  seen.readings.push_back({"picture", first, "", "{}", Grade::Unconfirmed, "likeness/1"});
  ok(session_.store->put(seen));
  const CasePersons cut = ok(persons_of(*session_.store));
  EXPECT_EQ(cut.resolution.count.upper, 2U) << "one shows a picture and no zone, of the other nobody knows";
  EXPECT_EQ(cut.unread.size(), 2U);
  EXPECT_EQ(cut.resolution.count.waiting_pages, 0U);
  EXPECT_EQ(ok(persons_of(*session_.store)).unseen, 0U) << "its words are known: none are to be recognised";
  seen.state = State::Read;
  seen.reason.clear();
  ok(session_.store->put(seen));
  EXPECT_EQ(ok(persons_of(*session_.store)).resolution.count.upper, 1U) << "the other was blank, or text";
}

// A binding of four scans: a passport, a blank page, two that gave nothing. Each of the two may show another.
TEST_F(Persons, EachPageThatGaveNothingMayShowADocument) {
  Outcome looked;
  looked.part = pdf('x', R"({"pictured":4})", "");
  looked.stage = Stage::Look;
  looked.reader = "pdf/4";
  looked.state = State::Read;
  add();
  const auto see = [&](std::uint32_t page, const std::string& kind, const std::string& value) {
    Region region;
    region.page = page;
    looked.readings.push_back({kind, region, "", value, Grade::Checked, "test/1"});
  };
  see(1, "picture", "{}");
  see(1, "mrz", kZone);
  see(3, "picture", "{}");
  see(4, "picture", "{}");
  ok(session_.store->put(looked));
  const CasePersons persons = ok(persons_of(*session_.store));
  EXPECT_EQ(persons.resolution.count.lower, 1U);
  EXPECT_EQ(persons.resolution.count.upper, 3U);
  ASSERT_EQ(persons.unread.size(), 2U);
  EXPECT_EQ(persons.unread[0].region.page, 3U);
  EXPECT_EQ(persons.unread[1].region.page, 4U);
  EXPECT_EQ(persons.unseen, 0U);
}

// Its zone was of no shape that is read, its words seem to be a document's: that is one page, and one document.
TEST_F(Persons, APageIsCountedOnceWhateverItsReadersSay) {
  picture("lies", R"({"fields":3})");
  Outcome& outcome = outcomes_.back();
  outcome.readings.push_back({"mrz", {}, "", R"({"fields":4})", Grade::Checked, "mrz/1"});
  outcome.readings.push_back({"candidate", {}, "", R"({"seems":"passport","words":[]})", Grade::Doubtful, "test/1"});
  add();
  EXPECT_EQ(ok(persons_of(*session_.store)).resolution.count.upper, 1U);
}

// A TIFF of three pages, of which one could not be decoded.
TEST_F(Persons, APageOfAnImageThatCouldNotBeDecodedMayShowADocument) {
  const std::string bytes(3000, 't');
  std::ofstream(folder_ / "leak/scans.tiff", std::ios::binary) << bytes;
  Outcome outcome;
  outcome.part = Part{sha256(bytes), bytes.size(), {}}.id();
  outcome.reader = "image/5";
  outcome.state = State::Cut;
  outcome.media_type = "image/tiff";
  Region first, second, third;
  first.page = 1;
  second.page = 2;
  third.page = 3;
  outcome.readings.push_back({"picture", first, "", "{}", Grade::Unconfirmed, "likeness/1"});
  outcome.readings.push_back({"mrz", first, "", kZone, Grade::Checked, "mrz/1"});
  outcome.readings.push_back({"picture", third, "", "{}", Grade::Unconfirmed, "likeness/1"});
  outcome.unread.push_back({second, 0, "the picture is damaged"});
  outcomes_.push_back(outcome);
  add();
  const CasePersons persons = ok(persons_of(*session_.store));
  EXPECT_EQ(persons.resolution.count.upper, 3U);
  EXPECT_EQ(persons.unread_images, 2U);
}

// A TIFF of 503 pages: its first is a passport, 499 are blank, three were not looked at. One of four is cut short
// behind its first page. One claims a million.
TEST_F(Persons, PagesOfAnImageThatNobodyLookedAtMayShowADocument) {
  const auto tiff = [&](char letter, const std::string& value) {
    const std::string bytes(9000, letter);
    std::ofstream(folder_ / ("leak/" + std::string(1, letter) + ".tiff"), std::ios::binary) << bytes;
    Outcome outcome;
    outcome.part = Part{sha256(bytes), bytes.size(), {}}.id();
    outcome.reader = "image/7";
    outcome.state = State::Cut;
    outcome.media_type = "image/tiff";
    outcome.readings.push_back({"document", {}, "", value, Grade::Unconfirmed, "image/7"});
    Region first;
    first.page = 1;
    outcome.readings.push_back({"picture", first, "", "{}", Grade::Unconfirmed, "likeness/1"});
    outcome.readings.push_back({"mrz", first, "", kZone, Grade::Checked, "mrz/1"});
    return outcome;
  };
  Outcome large = tiff('t', R"({"pages":503})");
  Region beyond;
  beyond.page = 501;
  large.unread.push_back({beyond, 0, "limit: more than 500 pages"});
  outcomes_.push_back(large);
  Outcome cut = tiff('u', R"({"pages":4})");
  cut.reason = "time limit";
  outcomes_.push_back(cut);
  Outcome whole = tiff('v', R"({"pages":7})");
  whole.state = State::Read;
  outcomes_.push_back(whole);
  Outcome hostile = tiff('w', R"({"pages":1000000})");
  hostile.unread.push_back({beyond, 0, "limit: more than 500 pages"});
  outcomes_.push_back(hostile);
  add();
  const CasePersons persons = ok(persons_of(*session_.store));
  EXPECT_EQ(persons.unread_images, 3U + 3U + 5U) << "9,000 bytes hold four pictures, and one page is told of";
  EXPECT_EQ(persons.resolution.count.upper, 1U + 11U);
  EXPECT_EQ(persons.unread.size(), 5U) << "of many pages one line";
}

// A scan of three pages: what was seen gave nothing, what was not seen may show two more.
TEST_F(Persons, PagesThatGaveNothingCountBesideThoseThatWereNotSeen) {
  Outcome looked;
  looked.part = pdf('x', R"({"pictured":3})", "");
  looked.stage = Stage::Look;
  looked.reader = "pdf/4";
  looked.state = State::Cut;
  looked.reason = "time limit";
  add();
  ok(session_.store->put(looked));
  EXPECT_EQ(ok(persons_of(*session_.store)).resolution.count.upper, 3U);
  Region first;
  first.page = 1;
  looked.readings.push_back({"picture", first, "", "{}", Grade::Unconfirmed, "likeness/1"});
  ok(session_.store->put(looked));
  const CasePersons cut = ok(persons_of(*session_.store));
  EXPECT_EQ(cut.resolution.count.upper, 3U);
  EXPECT_EQ(cut.unread_images, 3U);
}

// A parser that was taken over does not bring the upper bound down by counting beyond what a number holds.
TEST_F(Persons, PagesThatNoDocumentHasDoNotOverflow) {
  for (const char letter : {'a', 'b', 'c'}) pdf(letter, R"({"pictured":9223372036854775807})", "words");
  pdf('d', R"({"pictured":-1})", "words");
  add();
  const CasePersons persons = ok(persons_of(*session_.store));
  EXPECT_EQ(persons.waiting_pages, 3'000'000U);
  EXPECT_EQ(persons.resolution.count.upper, 3'000'000U);
}

}  // namespace
}  // namespace careo
