// SPDX-License-Identifier: Apache-2.0
#include "store/hollow.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace careo {
namespace {

Child child(std::string name, std::uint64_t offset) {
  Child out;
  out.step = Step::range(offset, 5);
  out.name = std::move(name);
  out.part = Part{sha256(out.name), 5, {}};
  return out;
}

Reading reading(std::string kind, std::string value) {
  Reading out;
  out.kind = std::move(kind);
  out.value = std::move(value);
  return out;
}

Outcome mail() {
  Outcome out;
  out.expected = 2;
  claim(&out.claims, Claim::By::Structure, 10);
  claim(&out.claims, Claim::By::Child, 5);
  claim(&out.claims, Claim::By::Child, 5);
  out.children = {child("passport.jpg", 10), child("list.csv", 15)};
  out.texts.push_back({{}, "see the list", "en", Grade::Checked, "mail/1"});
  out.readings.push_back(reading(
      "mail",
      R"({"subject":"papers","attachments":[{"name":"passport.jpg","media_type":"image/jpeg"},{"name":"list.csv","media_type":"text/csv"}]})"));
  out.readings.push_back(
      reading("type_mismatch", R"({"name":"passport.jpg","found":"image/png","step":"range:10+5"})"));
  out.unread.push_back({{}, 3, "ends early: passport.jpg"});
  return out;
}

TEST(Hollow, SaysNothingOfWhatWent) {
  const PartId gone = sha256(Part{sha256("passport.jpg"), 5, {}}.canonical());
  const Outcome left = hollowed(mail(), [&gone](const PartId& id) { return id == gone; });
  ASSERT_EQ(left.children.size(), 1U);
  EXPECT_EQ(left.children.begin()->name, "list.csv");
  EXPECT_EQ(left.expected, 1U);
  EXPECT_TRUE(left.claims.empty());
  EXPECT_EQ(left.state, State::Cut);
  EXPECT_EQ(left.reason, "forgotten: 1 part");
  ASSERT_EQ(left.readings.size(), 1U) << "the reading that spoke of it alone went";
  EXPECT_EQ(left.readings[0].value,
            R"({"subject":"papers","attachments":[{"name":"list.csv","media_type":"text/csv"}]})");
  EXPECT_EQ(left.unread[0].reason, "forgotten");
  EXPECT_EQ(text_of(pack(left)).find("passport"), std::string_view::npos);
  EXPECT_FALSE(mentions(left, {"passport.jpg"}));
}

TEST(Hollow, WhatOnlyLosesItsBytesSaysAllTheRest) {
  const Outcome left = hollowed(mail(), [](const PartId&) { return false; });
  EXPECT_EQ(left.children.size(), 2U);
  EXPECT_EQ(left.state, State::Read);
  EXPECT_TRUE(left.claims.empty());
  EXPECT_EQ(left.readings, mail().readings);
}

TEST(Hollow, ANameInATextIsTold) {
  Outcome outcome = mail();
  outcome.texts[0].utf8 = "see passport.jpg";
  const Outcome left = hollowed(outcome, [](const PartId& id) {
    return id == Part{sha256("passport.jpg"), 5, {}}.id();
  });
  EXPECT_TRUE(mentions(left, {"passport.jpg"}));
  EXPECT_FALSE(mentions(left, {"see"})) << "three letters are no name";
}

}  // namespace
}  // namespace careo
