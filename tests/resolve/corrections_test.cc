// SPDX-License-Identifier: Apache-2.0
#include "resolve/corrections.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "resolve/person.h"

namespace careo {
namespace {

IdentityRecord record(const std::string& id, const std::string& number) {
  IdentityRecord out;
  out.id = id;
  out.anchor = Anchor{sha256(id), {}, "mrz"};
  out.format = "TD3";
  out.lines = {"P<UTO"};
  out.grade = Grade::Doubtful;
  out.names_truncated = true;
  out.fields["document_number"] = {number, number, Grade::Doubtful, {"X123456S"}, {}};
  out.fields["birth_date"] = {"1990-01-02", "900102", Grade::Checked, {}, {}};
  out.fields["surname"] = {"ROJAS", "ROJAS", Grade::Unconfirmed, {}, {}};
  out.fields["given_names"] = {"ANA", "ANA", Grade::Unconfirmed, {}, {}};
  return out;
}

Decision corrected(const IdentityRecord& of, const std::string& value, const std::string& by, Instant at) {
  return {Decision::Verdict::Corrected, *of.anchor, *of.anchor, value, by, at};
}

TEST(Corrections, AWordStandsBeforeTheReadingAndBesideIt) {
  std::vector<IdentityRecord> records = {record("a", "X1234568"), record("b", "X1234569")};
  apply_corrections({corrected(records[0], R"({"document_number":"X1234567","surname":"ROJAS VEGA"})", "Ana", 5)},
                    &records);
  const FieldValue& number = records[0].field("document_number");
  EXPECT_EQ(number.value, "X1234567");
  EXPECT_EQ(number.raw, "X1234568");
  EXPECT_EQ(grade_word(number), "corrected");
  ASSERT_TRUE(number.corrected);
  EXPECT_EQ(number.corrected->by, "Ana");
  EXPECT_EQ(number.corrected->at, 5);
  EXPECT_EQ(number.corrected->read, "X1234568");
  EXPECT_EQ(number.corrected->grade, Grade::Doubtful);
  EXPECT_EQ(grade_word(records[0]), "corrected");
  EXPECT_FALSE(records[0].names_truncated);
  EXPECT_FALSE(records[1].field("document_number").corrected);
  EXPECT_EQ(grade_word(records[1]), "doubtful");
}

TEST(Corrections, TheLaterWordStandsAndNullTakesItBack) {
  const IdentityRecord read = record("a", "X1234568");
  const Decision first = corrected(read, R"({"document_number":"X1234567"})", "Ana", 5);
  const Decision second = corrected(read, R"({"document_number":"X1234560"})", "Boris", 6);
  const Decision back = corrected(read, R"({"document_number":null})", "Ana", 7);
  std::vector<IdentityRecord> records = {read};
  apply_corrections({first, second}, &records);
  EXPECT_EQ(records[0].field("document_number").value, "X1234560");
  EXPECT_EQ(records[0].field("document_number").corrected->by, "Boris");
  EXPECT_EQ(records[0].field("document_number").corrected->read, "X1234568");
  records = {read};
  apply_corrections({first, second, back}, &records);
  EXPECT_EQ(records[0].field("document_number").value, "X1234568");
  EXPECT_EQ(records[0].field("document_number").grade, Grade::Doubtful);
  EXPECT_EQ(grade_word(records[0]), "doubtful");
}

TEST(Corrections, AReaderThatFindsTheZoneAnewIsStillSpokenOf) {
  IdentityRecord now = record("a", "X1234568");
  now.anchor->region.box = Region::Box{10, 10, 110, 10, 110, 30, 10, 30};
  Decision decision = corrected(now, R"({"sex":"F"})", "Ana", 5);
  decision.first.region.box = Region::Box{12, 11, 112, 11, 112, 31, 12, 31};
  std::vector<IdentityRecord> records = {now};
  apply_corrections({decision}, &records);
  EXPECT_EQ(records[0].field("sex").value, "F");
  EXPECT_EQ(records[0].field("sex").corrected->read, "");
}

TEST(Corrections, WhatNoPersonCouldHaveWrittenIsLeftOut) {
  for (const char* value : {"", "[]", "{", R"({"shoe":"44"})", R"({"birth_date":"12/8/74"})", R"({"sex":7})",
                            R"({"sex":"?"})", R"({"surname":"A\u0007B"})"}) {
    std::vector<IdentityRecord> records = {record("a", "X1234568")};
    apply_corrections({corrected(records[0], value, "Ana", 5)}, &records);
    for (const auto& [name, field] : records[0].fields) EXPECT_FALSE(field.corrected) << value << name;
  }
  EXPECT_FALSE(correction_json({}));
  EXPECT_FALSE(correction_json({{"birth_date", "1974-13-01"}}));
  EXPECT_FALSE(correction_json({{"birth_date", "1974-02-30"}}));
  EXPECT_FALSE(correction_json({{"surname", std::string(300, 'A')}}));
  EXPECT_EQ(*correction_json({{"birth_date", "1974-08"}, {"surname", std::nullopt}}),
            R"({"birth_date":"1974-08","surname":null})");
  EXPECT_TRUE(correction_json({{"expiry_date", ""}, {"birth_date", "1974"}}));
}

// A number set right by a person makes two pictures one document, and its grade is a wall as a checked one is.
TEST(Corrections, PersonsAreCountedAnew) {
  std::vector<IdentityRecord> records = {record("a", "X1234568"), record("b", "K7654321")};
  for (IdentityRecord& each : records) each.fields["expiry_date"] = {"2030-01-01", "300101", Grade::Checked, {}, {}};
  records[1].fields["document_number"].alternatives.clear();
  const std::vector<Decision> decisions = {corrected(records[1], R"({"document_number":"X1234568"})", "Ana", 5)};
  EXPECT_EQ(resolve_persons(records).count.documents, 2U);
  apply_corrections(decisions, &records);
  const Resolution out = resolve_persons(records, decisions);
  EXPECT_EQ(out.count.documents, 1U);
  ASSERT_TRUE(out.documents[0].merged.field("document_number").corrected);
}

TEST(Corrections, ReviewedUntilTakenBack) {
  std::vector<IdentityRecord> records = {record("a", "X1234568")};
  Decision reviewed{Decision::Verdict::Reviewed, *records[0].anchor, *records[0].anchor, "", "Ana", 5};
  Decision back = reviewed;
  back.verdict = Decision::Verdict::Unsure;
  apply_corrections({reviewed}, &records);
  ASSERT_TRUE(records[0].reviewed);
  EXPECT_EQ(records[0].reviewed->by, "Ana");
  apply_corrections({reviewed, back}, &records);
  EXPECT_FALSE(records[0].reviewed);
}

}  // namespace
}  // namespace careo
