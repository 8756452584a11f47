// SPDX-License-Identifier: Apache-2.0
// Pairs of what a zone says and what the face prints: who is raised, who is lowered, and who is left alone.
#include "resolve/witness.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

FieldValue field(std::string value, Grade grade, bool check = false) {
  FieldValue out;
  out.raw = value;
  out.value = std::move(value);
  out.grade = grade;
  out.check_holds = check;
  return out;
}

IdentityRecord passport() {
  IdentityRecord out;
  out.id = "one";
  out.format = "TD3";
  out.fields["document_number"] = field("A123456", Grade::Unconfirmed, true);
  out.fields["birth_date"] = field("1963-03-15", Grade::Unconfirmed, true);
  out.fields["expiry_date"] = field("2029-01-02", Grade::Checked, true);
  out.fields["surname"] = field("GARCIA LOPEZ", Grade::Unconfirmed);
  out.fields["given_names"] = field("JUAN", Grade::Unconfirmed);
  out.fields["nationality"] = field("CUB", Grade::Unconfirmed);
  out.fields["issuer"] = field("CUB", Grade::Unconfirmed);
  out.fields["sex"] = field("M", Grade::Unconfirmed);
  return out;
}

Testimony face() {
  Testimony out;
  out.witness = "face";
  out.cells = {"REPÚBLICA DE CUBA", "No. A123456", "GARCÍA LÓPEZ", "JUAN", "15 MAR/MAR 63", "M", "02.01.2029"};
  out.said["nationality"] = {{"CUBANA", 95}};
  out.said["issuer"] = {{"CUB", 95}};
  out.said["sex"] = {{"M", 95}};
  out.alone = true;
  return out;
}

Grade grade_after(const Testimony& testimony, IdentityRecord record, std::string_view name) {
  hear(testimony, &record);
  return record.field(name).grade;
}

TEST(Witness, WhatTheFacePrintsIsChecked) {
  IdentityRecord record = passport();
  hear(face(), &record);
  for (const auto& [name, value] : record.fields) {
    EXPECT_EQ(value.grade, Grade::Checked) << name;
    EXPECT_EQ(value.witnesses, std::vector<std::string>{"face"}) << name;
    EXPECT_EQ(value.value, passport().field(name).value) << "a witness changes no value";
  }
  EXPECT_EQ(record.grade, Grade::Checked);
}

TEST(Witness, TwoViewsOfOneFaceAreOneWitness) {
  IdentityRecord record = passport();
  record.fields["surname"].grade = Grade::Doubtful;
  hear(face(), &record);
  hear(face(), &record);
  EXPECT_EQ(record.field("surname").grade, Grade::Unconfirmed);
}

TEST(Witness, DoubtIsSettledWhereTheCheckDigitHolds) {
  IdentityRecord record = passport();
  record.fields["document_number"].grade = Grade::Doubtful;
  EXPECT_EQ(grade_after(face(), record, "document_number"), Grade::Checked);
  record.fields["document_number"].check_holds = false;
  EXPECT_EQ(grade_after(face(), record, "document_number"), Grade::Doubtful);  // nothing tells 1 from I
  record.fields["document_number"].value = "A723456";
  Testimony plain = face();
  plain.cells = {"No. A723456"};
  EXPECT_EQ(grade_after(plain, record, "document_number"), Grade::Unconfirmed);
  record.fields["document_number"].grade = Grade::Inconsistent;
  EXPECT_EQ(grade_after(face(), record, "document_number"), Grade::Inconsistent);
}

TEST(Witness, AMisreadNameIsNotConfirmed) {
  for (const char* wrong : {"GARCIA LOPES", "CARCIA LOPEZ", "GARCIA", "LOPEZ", "GARCIA LOPEZ JUAN"}) {
    IdentityRecord record = passport();
    record.fields["surname"].value = wrong;
    EXPECT_EQ(grade_after(face(), record, "surname"), Grade::Unconfirmed) << wrong;
  }
}

TEST(Witness, SilenceAndNoiseDoNothing) {
  Testimony noise = face();
  noise.cells = {"REPUBUCA DE CUBA", "No. A12345G", "GARClA L0PEZ", "15 MAR/MAR 68", "~ |"};
  noise.said = {{"surname", {{"GARCLA LOPEZ", 95}}},
                {"document_number", {{"A12345G", 95}}},
                {"birth_date", {{"15.03.1968", 95}}},
                {"given_names", {{"]UAN", 95}}}};
  IdentityRecord record = passport();
  hear(noise, &record);
  for (const auto& [name, value] : record.fields) EXPECT_EQ(value.grade, passport().field(name).grade) << name;
  hear(Testimony{.witness = "face", .cells = {}, .said = {}, .alone = true}, &record);
  for (const auto& [name, value] : record.fields) EXPECT_EQ(value.grade, passport().field(name).grade) << name;
}

Testimony other_person() {
  Testimony out;
  out.witness = "face";
  out.cells = {"No. A998877", "PETROV", "IVAN", "01.07.1990", "F"};
  out.said = {{"document_number", {{"A998877", 96}}},
              {"surname", {{"PETROV", 96}}},
              {"given_names", {{"IVAN", 96}}},
              {"birth_date", {{"01.07.1990", 96}}},
              {"sex", {{"F", 96}}}};
  out.alone = true;
  return out;
}

TEST(Witness, AnotherPersonsFaceIsAContradiction) {
  IdentityRecord record = passport();
  record.fields["birth_date"].grade = Grade::Checked;
  hear(other_person(), &record);
  EXPECT_EQ(record.field("document_number").grade, Grade::Doubtful);
  EXPECT_EQ(record.field("birth_date").grade, Grade::Inconsistent);
  EXPECT_EQ(record.field("surname").grade, Grade::Doubtful);
  EXPECT_EQ(record.field("sex").grade, Grade::Doubtful);
  ASSERT_EQ(record.field("surname").against.size(), 1U);
  EXPECT_EQ(record.field("surname").against[0].value, "PETROV");
  EXPECT_EQ(record.field("surname").value, "GARCIA LOPEZ");
  EXPECT_EQ(record.grade, Grade::Inconsistent);
}

TEST(Witness, TheRestOfALabelOrOfAWordIsNoOtherName) {
  for (const char* rest : {"Given", "ICA", "Apellidos"}) {
    Testimony face = other_person();
    face.said["given_names"] = {{rest, 96}};
    IdentityRecord record = passport();
    hear(face, &record);
    EXPECT_TRUE(record.field("given_names").against.empty()) << rest;
  }
}

TEST(Witness, AmongSeveralDocumentsNothingIsContradicted) {
  Testimony crowd = other_person();
  crowd.alone = false;
  IdentityRecord record = passport();
  hear(crowd, &record);
  for (const auto& [name, value] : record.fields) EXPECT_EQ(value.grade, passport().field(name).grade) << name;
}

TEST(Witness, AnUnsureDifferenceIsNoise) {
  Testimony unsure = other_person();
  for (auto& [name, values] : unsure.said) values.front().confidence = 60;
  IdentityRecord record = passport();
  hear(unsure, &record);
  for (const auto& [name, value] : record.fields) EXPECT_EQ(value.grade, passport().field(name).grade) << name;
}

TEST(Witness, AnotherReadingOfThePixelsThatThePageprintsIsADoubt) {
  IdentityRecord record = passport();
  record.fields["surname"].value = "GARCIA LOPES";
  record.fields["surname"].alternatives = {"GARCIA LOPEZ"};
  hear(face(), &record);
  EXPECT_EQ(record.field("surname").grade, Grade::Doubtful);
  EXPECT_EQ(record.field("surname").against[0].value, "GARCIA LOPEZ");
}

TEST(Witness, TheOtherCenturyOnThePageIsADoubt) {
  IdentityRecord record = passport();
  record.fields["birth_date"] = field("2011-03-15", Grade::Checked, true);
  record.fields["birth_date"].alternatives = {"1911-03-15"};
  Testimony old = face();
  old.cells = {"15.03.1911"};
  hear(old, &record);
  EXPECT_EQ(record.field("birth_date").grade, Grade::Doubtful);
  EXPECT_EQ(record.field("birth_date").value, "2011-03-15");
}

TEST(Witness, ThePersonalNumberIsNoOtherDocument) {
  IdentityRecord record = passport();
  record.fields["optional"] = field("47501220", Grade::Checked, true);
  Testimony personal = face();
  personal.cells = {};
  personal.said["document_number"] = {{"7501220", 96}};
  EXPECT_EQ(grade_after(personal, record, "document_number"), Grade::Unconfirmed);
}

TEST(Witness, ABarcodeNamesADocumentByItsNumber) {
  const auto own = testimony_of(
      {.kind = "barcode", .region = {}, .raw = "CUB;A123456;GARCIA", .value = R"({"text":"x"})", .reader = {}});
  ASSERT_TRUE(own);
  const auto numbers = numbers_in(*own);
  EXPECT_TRUE(std::find(numbers.begin(), numbers.end(), "A123456") != numbers.end());
  EXPECT_EQ(grade_after(*own, passport(), "document_number"), Grade::Checked);
  EXPECT_EQ(grade_after(*own, passport(), "surname"), Grade::Unconfirmed);
}

TEST(Witness, AReadingThatIsNoFaceIsAnError) {
  EXPECT_FALSE(testimony_of({.kind = "face", .region = {}, .raw = {}, .value = "{", .reader = {}}));
}

}  // namespace
}  // namespace careo
