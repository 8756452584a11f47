// SPDX-License-Identifier: Apache-2.0
#include "read/language.h"

#include <gtest/gtest.h>

#include "evidence/opener.h"
#include "read/readers.h"

namespace careo {
namespace {

TEST(Language, TellsTheDesksLanguages) {
  EXPECT_EQ(detect_language("Los documentos llegaron ayer por la tarde y los revisamos con calma."), "es");
  EXPECT_EQ(detect_language("The documents arrived yesterday afternoon and we went through them."), "en");
  EXPECT_EQ(detect_language("Документы пришли вчера вечером, и мы спокойно их просмотрели."), "ru");
  EXPECT_EQ(detect_language("Документи надійшли вчора ввечері, і ми спокійно їх переглянули."), "uk");
  EXPECT_EQ(detect_language("Os documentos chegaram ontem à tarde e nós os revisamos com calma."), "pt");
}

TEST(Language, SaysNothingWhereItCannotTell) {
  EXPECT_EQ(detect_language(""), "");
  EXPECT_EQ(detect_language("Hola, gracias"), "");
  EXPECT_EQ(detect_language("12345 67890 12345 67890 12345 67890"), "");
  EXPECT_EQ(detect_language("\xFF\xFE broken bytes that are long enough to be looked at here"), "");
}

TEST(Language, ReadsTheSendersOwnWords) {
  std::string mail =
      "Gracias, mañana reviso los documentos que llegaron y te respondo con calma por la tarde, un abrazo "
      "para todos en la oficina y hasta el viernes; si falta algo, avísame antes de las ocho por favor.\n";
  for (int i = 0; i < 20; ++i) mail += "> The documents arrived yesterday afternoon and we went through all of them.\n";
  EXPECT_EQ(detect_language(mail), "es");
}

TEST(Language, IsAReadingTheWireUnderstands) {
  Text text;
  text.utf8 = "The documents arrived yesterday afternoon and we went through them.";
  const std::vector<Reading> readings = text_readers().at(0)->read(text);
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].kind, "language");
  EXPECT_EQ(readings[0].value, "\"en\"");
}

}  // namespace
}  // namespace careo
