// SPDX-License-Identifier: Apache-2.0
#include "desk/confrontation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "desk/add.h"
#include "store/database.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

// A case of one text, and of an article that says one thing.
class ClaimsOfCase : public testing::Test {
 protected:
  ClaimsOfCase() {
    const Key key = key_file_at(folder_ / "key");
    ok(Case::create(folder_ / "case", key));
    session_ = ok(Session::open(folder_ / "case", key, Case::Access::Write));
    file("leak.txt", "Pablo Nadie signed here.", "", {});
  }
  void says(const std::string& content) {
    file("article.txt", "An article.", std::string(kArticle),
         {{.kind = "statement",
           .region = {},
           .raw = content,
           .value = R"({"type":"article","stance":"assert","polarity":"+","content":{"text":")" + content + R"("}})",
           .grade = Grade::Unconfirmed,
           .reader = "statement/1"}});
    ok(session_.index->catch_up(*session_.store));
  }
  Result<CaseClaims> claims() { return claims_of(session_, ok(persons_of(*session_.store))); }

 private:
  void file(const std::string& name, const std::string& text, const std::string& how, std::vector<Reading> readings) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    Silent progress;
    const StopFlag stop{false};
    ok(Intake(*session_.store, *session_.index, {}, progress, stop)
           .keep(ok(gather(folder_ / name, {how, "", 7}, progress, stop))));
    Outcome opened;
    opened.part = Part{sha256(text), text.size(), {}}.id();
    opened.reader = "text/1";
    opened.media_type = "text/plain";
    opened.texts.emplace_back().utf8 = text;
    claim(&opened.claims, Claim::By::Structure, text.size());
    ok(session_.store->put(opened));
    Outcome mined;
    mined.part = opened.part;
    mined.stage = Stage::Mine;
    mined.reader = "mine/1";
    mined.readings = std::move(readings);
    ok(session_.store->put(mined));
    ok(session_.store->commit());
  }

  TestFolder folder_;

 protected:
  Session session_;
};

TEST_F(ClaimsOfCase, WhatIsNamedIsLookedForInTheCase) {
  says("A passport in the name of Pablo Nadie was found.");
  const CaseClaims found = ok(claims());
  ASSERT_EQ(found.confronted.claims.size(), 1U);
  EXPECT_EQ(found.confronted.claims[0].confrontation.verdict, Verdict::Fits);
  ASSERT_EQ(found.confronted.claims[0].confrontation.evidence.size(), 1U);
}

TEST_F(ClaimsOfCase, AnIndexThatFailsIsNoVerdict) {
  says("A passport in the name of Pablo Nadie was found.");
  ok(session_.store->index_database().execute("DROP TABLE words"));
  const auto found = claims();
  ASSERT_FALSE(found) << name_of(found->confronted.claims[0].confrontation.verdict) << ": "
                      << found->confronted.claims[0].confrontation.why;
  EXPECT_NE(found.error().text().find("words"), std::string::npos) << found.error().text();
}

// It fails for itself: the others come out.
TEST_F(ClaimsOfCase, WhatIsTooLongToBeLookedForIsUnreadable) {
  std::string number = "passport A1234567";
  number.append(9000, '0');
  says(number + " was found");
  const CaseClaims found = ok(claims());
  ASSERT_EQ(found.confronted.claims.size(), 1U);
  const auto& confrontation = found.confronted.claims[0].confrontation;
  EXPECT_EQ(confrontation.verdict, Verdict::Undecidable);
  EXPECT_EQ(confrontation.because, Because::Unreadable);
  EXPECT_NE(confrontation.why.find("cannot be looked for"), std::string::npos) << confrontation.why;
}

}  // namespace
}  // namespace careo
