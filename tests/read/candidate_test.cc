// SPDX-License-Identifier: Apache-2.0
#include "read/candidate.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string seems(std::string_view text) {
  const auto page = candidate_page(text);
  return page ? page->seems : "";
}

TEST(Candidate, PapersWithoutAZoneAreFound) {
  EXPECT_EQ(seems("REPÚBLICA DE SANLUZ\nLICENCIA DE CONDUCIR\nApellidos\nGARCÍA LÓPEZ\nNombres\nJUAN\nFecha de "
                  "nacimiento   Sexo\n12.08.1974   M\nVence\n01.02.2029\n"),
            "driving licence");
  EXPECT_EQ(seems("РЕСПУБЛИКА ВЕЛОРИЯ\nВОЕННЫЙ БИЛЕТ\nНН № 1234567\nФамилия ИВАНОВ\nИмя ИВАН\nДата рождения "
                  "12.08.1974\nВыдан военным комиссариатом\n"),
            "military document");
  EXPECT_EQ(seems("НАДРІЧЧИНА\nСВІДОЦТВО ПРО НАРОДЖЕННЯ\nПрізвище КОВАЛЬ\nДата народження 12.08.1974\nМісце "
                  "народження м. НАДРІЧ\nБатько КОВАЛЬ ПЕТРО\nАктовий запис № 12\n"),
            "birth certificate");
  EXPECT_EQ(seems("UTOPIA\nPASSPORT\nSurname\nERIKSSON\nGiven names\nANNA MARIA\nDate of birth\n12 AUG 1974\nDate of "
                  "expiry\n15 APR 2032\n"),
            "passport");
  EXPECT_EQ(seems("MIGRATION CARD\nSurname ERIKSSON\nGiven names ANNA\nNationality UTOPIA\nPurpose of visit "
                  "tourism\nLength of stay 30 days\n"),
            "migration card");
}

TEST(Candidate, ATitleMayBeCutOff) {
  EXPECT_EQ(seems("Surname\nERIKSSON\nGiven names\nANNA\nDate of birth\n12 AUG 1974\nSex\nF\nDate of expiry\n15 APR "
                  "2032\n"),
            "identity document");
}

TEST(Candidate, AStampIsShort) {
  EXPECT_EQ(seems("UTOPIA IMMIGRATION\nENTRY\n12 MAR 2023\nAIRPORT 04\n"), "entry stamp");
  EXPECT_EQ(seems("UTOPIA IMMIGRATION\nENTRY\n"), "");
  EXPECT_EQ(seems("МІГРАЦІЯ"), "");
}

TEST(Candidate, PapersAboutDocumentsAreNone) {
  EXPECT_EQ(seems("PASSPORT APPLICATION FORM\nSurname\nGiven names\nDate of birth\nPlace of birth\nSex\nDate of "
                  "issue\n"),
            "");
  EXPECT_EQ(seems("CURRICULUM VITAE\nName: Anna Eriksson\nDate of birth: 12 August 1974\nNationality: Utopia\nSex: "
                  "F\nEducation\nWork experience\n"),
            "");
  EXPECT_EQ(seems("SERVICE AGREEMENT No. KS-2023-0001\nMade in Port Alden between the staffing office and Anna "
                  "Eriksson.\nBorn on 12.08.1974, holder of document X123, hereafter the Contractor.\n"),
            "");
  EXPECT_EQ(seems("ELECTRONIC TICKET - PASSENGER ITINERARY\nPassenger: ERIKSSON/ANNA MRS\nDocument: X1234\nDate: 12 "
                  "March 2023\nClass: Y\n"),
            "");
  EXPECT_EQ(seems("The passport, the surname and the date of birth of each applicant must be sent before the date of "
                  "expiry; nationality and sex are not asked for.\n"),
            "");
  EXPECT_EQ(seems(""), "");
}

TEST(Candidate, OnlyPagesAreLookedAt) {
  Text text;
  text.utf8 = "PASSPORT\nSurname\nERIKSSON\nGiven names\nANNA\nDate of birth\n12 AUG 1974\n";
  text.reader = "ocr/2";
  text.region.page = 3;
  const auto found = CandidateReader().read(text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].grade, Grade::Doubtful);
  EXPECT_EQ(found[0].region.page, 3U);
  EXPECT_EQ(found[0].value, R"({"seems":"passport","words":["passport","surname","given names","date of birth"]})");
  text.reader = "mail/1";
  EXPECT_TRUE(CandidateReader().read(text).empty());
}

}  // namespace
}  // namespace careo
