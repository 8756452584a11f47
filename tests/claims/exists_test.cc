// SPDX-License-Identifier: Apache-2.0
#include "claims/exists.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

class OneName final : public Lookup {
 public:
  Result<Sightings> name(std::string_view name) const override {
    return name == "Ana Lucía de la Torre" ? Sightings{2, {"src:a", "src:b"}} : Sightings{};
  }
  Result<Sightings> number(std::string_view number) const override {
    return number == "F15016W96" ? Sightings{1, {"src:c"}} : Sightings{};
  }
  Result<Sightings> phrase(std::string_view) const override { return fail(Fault::Io, "the disk is gone"); }
};

TEST(Exists, FindsNamesAndNumbersInASentence) {
  const Named named = named_in("One of the passports, F15016W96, is in the name of Ana Lucía de la Torre.", "");
  EXPECT_EQ(named.names, (std::vector<std::string>{"Ana Lucía de la Torre"}));
  EXPECT_EQ(named.numbers, (std::vector<std::string>{"F15016W96"}));
  EXPECT_TRUE(named_in("He saw the passports in 2023 at Havana.", "").empty());
  EXPECT_TRUE(named_in("PORT ALDEN, 5 October 2023 — A mailbox contains passports.", "").empty());
  EXPECT_EQ(named_in("Ana Ruiz — a clerk — signed it.", "").names, (std::vector<std::string>{"Ana Ruiz"}));
  EXPECT_TRUE(named_in("Orla Tenbrook has a passport", "the mayor, Orla Tenbrook").names.empty());
}

TEST(Exists, FitsOnlyWhenAllIsFound) {
  const OneName lookup;
  const auto found = confront_named({{"Ana Lucía de la Torre"}, {"F15016W96"}}, lookup).value();
  EXPECT_EQ(found.verdict, Verdict::Fits);
  EXPECT_EQ(found.evidence.size(), 3u);
  const auto missing = confront_named({{"Pablo Nadie"}, {}}, lookup).value();
  EXPECT_EQ(missing.verdict, Verdict::NothingHeld);
  EXPECT_NE(missing.why.find("Pablo Nadie"), std::string::npos);
  EXPECT_EQ(missing.because, Because::NotNamed);
  EXPECT_EQ(missing.about, std::vector<std::string>{"Pablo Nadie"});
}

TEST(Exists, WhatCouldNotBeAskedIsNotMissing) {
  const auto held = confront_verbatim("Bring the papers on Friday", OneName());
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().fault, Fault::Io);
}

TEST(Exists, ADayIsTheCasesOrNot) {
  EvidenceValues evidence;
  EXPECT_EQ(confront_day("2022-11-08", "8 November 2022", true, evidence).verdict, Verdict::NothingHeld);
  evidence.first_mail = "2022-11-08";
  EXPECT_EQ(confront_day("2022-11-08", "8 November 2022", true, evidence).verdict, Verdict::Fits);
  EXPECT_EQ(confront_day("2022-11-09", "9 November 2022", true, evidence).verdict, Verdict::DoesNotFit);
}

}  // namespace
}  // namespace careo
