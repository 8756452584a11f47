// SPDX-License-Identifier: Apache-2.0
#include "desk/decide.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "desk/intake.h"
#include "desk/sitting.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

using Verdict = Decision::Verdict;

struct Silent : Progress {
  void tell(const Tally&) override {}
};

// A case with three pictures, each of another document and person, held open at a desk.
class Decide : public testing::Test {
 protected:
  Decide() {
    key_.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key_));
    std::filesystem::create_directory(folder_ / "leak");
    sitting_ = ok(Sitting::open(folder_ / "case", key_, {}));
    std::vector<Outcome> outcomes;
    for (const char* name : {"ANNA", "BORIS", "CARLA"}) outcomes.push_back(picture(name));
    ok(sitting_->ask([&](Session& session) -> Result<int> {
      Silent progress;
      StopFlag stop{false};
      Intake intake(*session.store, *session.index, {}, progress, stop);
      TRY(intake.keep(TRY(gather(folder_ / "leak", {}, progress, stop))));
      for (const Outcome& outcome : outcomes) TRY(session.store->put(outcome));
      TRY(session.store->commit());
      return 0;
    }));
  }

  Outcome picture(const std::string& name) {
    std::ofstream(folder_ / ("leak/" + name), std::ios::binary) << name;
    Outcome out;
    out.part = Part{sha256(name), name.size(), {}}.id();
    out.reader = "image/1";
    out.state = State::Read;
    out.media_type = "image/png";
    const std::string value = R"({"format":"TD3","lines":["A","B"],"fields":{
      "surname":{"raw":")" + name +
                              R"(","value":")" + name + R"(","grade":"unconfirmed"},
      "document_number":{"raw":"X","value":"X)" +
                              name + R"(99","grade":"checked"},
      "birth_date":{"raw":"","value":"1974-08-12","grade":"checked"}}})";
    out.readings.push_back(
        {.kind = "mrz", .region = {}, .raw = name, .value = value, .grade = Grade::Checked, .reader = "mrz/1"});
    return out;
  }

  /// The document's number in the resolution, by the name on it.
  std::size_t of(const std::string& name) {
    const auto persons = ok(sitting_->persons());
    const auto& documents = persons->resolution.documents;
    for (std::size_t i = 0; i < documents.size(); ++i)
      if (documents[i].merged.field("document_number").value == "X" + name + "99") return i;
    ADD_FAILURE() << "no document of " << name;
    return 0;
  }
  std::string id_of(const std::string& name) { return ok(sitting_->persons())->resolution.documents[of(name)].id; }
  void say(Verdict verdict, std::vector<std::string> things) {
    ASSERT_TRUE(ok(sitting_->decide({verdict, std::move(things), {}, "Ana", 1})));
  }
  std::vector<PairWord> words_on(const std::string& name) {
    const auto decisions = ok(sitting_->ask([](Session& session) { return session.store->decisions(); }));
    return pair_words(decisions, *ok(sitting_->persons()), of(name));
  }

  TestFolder folder_;
  Key key_;
  std::unique_ptr<Sitting> sitting_;
};

TEST_F(Decide, WhatIsDerivedKnowsAWordAtOnce) {
  EXPECT_EQ(ok(sitting_->persons())->resolution.persons.size(), 3U);
  say(Verdict::Same, {id_of("ANNA"), id_of("BORIS")});
  EXPECT_EQ(ok(sitting_->persons())->resolution.persons.size(), 2U);
}

TEST_F(Decide, OfWordsOnTheSameTwoTheLastStands) {
  say(Verdict::Same, {id_of("ANNA"), id_of("BORIS")});
  say(Verdict::Different, {id_of("CARLA"), id_of("ANNA")});
  say(Verdict::Unsure, {id_of("BORIS"), id_of("ANNA")});
  say(Verdict::Reviewed, {id_of("ANNA")});
  const auto words = words_on("ANNA");
  ASSERT_EQ(words.size(), 3U);
  EXPECT_FALSE(words[0].stands);
  EXPECT_TRUE(words[1].stands);
  EXPECT_TRUE(words[2].stands);
  // Whichever was named first: the picture that is spoken of here is this document's.
  for (const PairWord& word : words) EXPECT_NE(word.here.print().find("ANNA"), std::string::npos);
  EXPECT_EQ(words[1].other, of("CARLA"));
  EXPECT_NE(words[1].there.print().find("CARLA"), std::string::npos);
  EXPECT_EQ(words_on("CARLA").size(), 1U);
}

TEST_F(Decide, NothingIsDecidedWhileAFileComesIn) {
  ok(sitting_->announce("leak", {}, {{"a", 1, {}, {}}}));
  const auto id = id_of("ANNA");
  ok(sitting_->receive([&](Reception&) -> Result<void> {
    // Another thread's request, as the desk has it: the lock is that of whoever receives.
    std::thread([&] { EXPECT_FALSE(ok(sitting_->decide({Verdict::Reviewed, {id}, {}, "Ana", 1}))); }).join();
    return {};
  }));
  EXPECT_TRUE(words_on("ANNA").empty());
}

TEST_F(Decide, WhatIsRefusedChangesNothing) {
  EXPECT_FALSE(sitting_->decide({Verdict::Same, {id_of("ANNA")}, {}, "Ana", 1}));
  EXPECT_FALSE(sitting_->decide({Verdict::Reviewed, {id_of("ANNA")}, {}, " ", 1}));
  EXPECT_FALSE(sitting_->decide({Verdict::Corrected, {id_of("ANNA")}, {{"shoe_size", "44"}}, "Ana", 1}));
  EXPECT_TRUE(ok(sitting_->ask([](Session& session) { return session.store->decisions(); })).empty());
}

}  // namespace
}  // namespace careo
