// SPDX-License-Identifier: Apache-2.0
#include "resolve/vote.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

IdentityRecord picture(const char* number, const Region::Box& box, std::string surname, Grade grade) {
  IdentityRecord out;
  Anchor anchor{sha256(number), {}, "mrz"};
  anchor.region.box = box;
  out.anchor = anchor;
  out.id = number;
  FieldValue field;
  field.value = std::move(surname);
  field.grade = grade;
  out.fields["surname"] = field;
  return out;
}

constexpr Region::Box kScan = {100, 900, 1100, 900, 1100, 1000, 100, 1000};
constexpr Region::Box kHalf = {50, 450, 550, 450, 550, 500, 50, 500};
constexpr Region::Box kSideways = {1000, 100, 1000, 1100, 900, 1100, 900, 100};
constexpr Region::Box kPhoto = {210, 700, 1010, 760, 1000, 850, 200, 780};

FieldValue voted(const std::vector<IdentityRecord>& records) {
  std::vector<const IdentityRecord*> pictures;
  for (const IdentityRecord& record : records) pictures.push_back(&record);
  IdentityRecord merged = records.front();
  vote(pictures, &merged);
  return merged.field("surname");
}

TEST(Vote, ACopyIsNoOtherPicture) {
  const auto scan = picture("a", kScan, "GARCIA", Grade::Unconfirmed);
  EXPECT_FALSE(other_picture(scan, picture("b", kScan, "GARCIA", Grade::Unconfirmed)));
  EXPECT_FALSE(other_picture(scan, picture("b", kHalf, "GARCIA", Grade::Unconfirmed)));
  EXPECT_FALSE(other_picture(scan, picture("b", kSideways, "GARCIA", Grade::Unconfirmed)));
  EXPECT_FALSE(other_picture(scan, picture("a", kPhoto, "GARCIA", Grade::Unconfirmed)));  // the same part
  EXPECT_TRUE(other_picture(scan, picture("b", kPhoto, "GARCIA", Grade::Unconfirmed)));
}

TEST(Vote, TwoPhotographsThatAgreeAreASecondWitness) {
  const FieldValue field =
      voted({picture("a", kScan, "GARCIA", Grade::Unconfirmed), picture("b", kPhoto, "GARCIA", Grade::Unconfirmed)});
  EXPECT_EQ(field.grade, Grade::Checked);
  EXPECT_EQ(field.witnesses, std::vector<std::string>{"image"});
}

TEST(Vote, ACopyAndADoubtfulPictureAreNone) {
  EXPECT_EQ(
      voted({picture("a", kScan, "GARCIA", Grade::Unconfirmed), picture("b", kHalf, "GARCIA", Grade::Unconfirmed)})
          .grade,
      Grade::Unconfirmed);
  EXPECT_EQ(
      voted({picture("a", kScan, "GARCIA", Grade::Unconfirmed), picture("b", kPhoto, "GARCIA", Grade::Doubtful)}).grade,
      Grade::Unconfirmed);
}

TEST(Vote, DisagreementIsShownAndShakesOnlyWhatNothingChecks) {
  const FieldValue open =
      voted({picture("a", kScan, "GARCIA", Grade::Unconfirmed), picture("b", kPhoto, "CARCIA", Grade::Unconfirmed)});
  EXPECT_EQ(open.grade, Grade::Doubtful);
  ASSERT_EQ(open.against.size(), 1U);
  EXPECT_EQ(open.against[0].value, "CARCIA");
  const FieldValue sure =
      voted({picture("a", kScan, "GARCIA", Grade::Checked), picture("b", kPhoto, "CARCIA", Grade::Unconfirmed)});
  EXPECT_EQ(sure.grade, Grade::Checked);
  EXPECT_EQ(sure.against.size(), 1U);
}

}  // namespace
}  // namespace careo
