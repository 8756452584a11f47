// SPDX-License-Identifier: Apache-2.0
#include "claims/sentence.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string sentence(std::string_view text, std::uint64_t at) {
  const Sentences sentences(text);
  const auto* span = sentences.at(at);
  return span == nullptr ? "" : span->text;
}

TEST(Sentences, KeepsAQuotationWhole) {
  const std::string text = "He came. “We left. All of us,” said Dr. J. Ruiz. Nobody else.";
  EXPECT_EQ(sentence(text, 0), "He came.");
  EXPECT_EQ(sentence(text, 12), "“We left. All of us,” said Dr. J. Ruiz.");
  EXPECT_EQ(sentence(text, 52), "Nobody else.");
}

TEST(Sentences, EndsAtABlankLineAndBehindAQuotation) {
  EXPECT_EQ(sentence("A headline\n\nThe text.", 0), "A headline");
  EXPECT_EQ(sentence("«No sé». Dijo más.", 0), "«No sé».");
  EXPECT_EQ(sentence("“I do not know.” He left.", 0), "“I do not know.”");
  EXPECT_EQ(sentence("", 0), "");
}

TEST(Sentences, KnowsTheOneBefore) {
  const Sentences sentences("One. Two.");
  const auto* second = sentences.at(6);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(sentences.before(*second)->text, "One.");
  EXPECT_EQ(sentences.before(*sentences.at(0)), nullptr);
}

TEST(Sentences, ListensForWords) {
  EXPECT_TRUE(speaks_of("El buzón filtrado", "scope"));
  EXPECT_FALSE(speaks_of("La policía detuvo a 17", "scope"));
  EXPECT_EQ(role_in("of men recruited in May"), "recruited");
}

}  // namespace
}  // namespace careo
