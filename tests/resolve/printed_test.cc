// SPDX-License-Identifier: Apache-2.0
#include "resolve/printed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace careo {
namespace {

using ::testing::Contains;
using ::testing::Not;

bool has(std::string_view cell, std::string_view iso) {
  for (const PrintedDate& date : printed_dates(cell))
    if (date.is(iso)) return true;
  return false;
}

TEST(PrintedDate, IsUnderstoodAsDocumentsWriteIt) {
  for (const char* cell : {"15.03.1963", "15/03/1963", "15-03-63", "15 03 1963", "1963-03-15", "15 MAR/MAR 63",
                           "15 MAR 1963", "15MAR63", "15 de marzo de 1963", "15 марта 1963", "15 МАР/MAR 1963",
                           "15 березня 1963 р.", "15 BEP/MAR 63", "Fecha de nacimiento 15 MAR 1963"})
    EXPECT_TRUE(has(cell, "1963-03-15")) << cell;
  EXPECT_TRUE(has("12 AGO/AUG 1974", "1974-08-12"));
  EXPECT_TRUE(has("08/12/1974", "1974-12-08"));
  EXPECT_TRUE(has("08/12/1974", "1974-08-12"));  // an American page
}

TEST(PrintedDate, OtherNumbersAreNone) {
  for (const char* cell : {"31.02.1963", "15.13.1963", "15 MAR", "A15031963", "tel. 15 03", "15 XYZ 1963", ""})
    EXPECT_TRUE(printed_dates(cell).empty()) << cell;
  EXPECT_FALSE(has("15.03.1963", "1963-03"));
  EXPECT_FALSE(has("15.03.1963", "2063-03-15"));
  EXPECT_TRUE(has("15.03.63", "2063-03-15"));  // two digits say nothing of the century
}

TEST(PrintedNumber, StandsInOneWordOrInSeveral) {
  EXPECT_THAT(printed_numbers("No. A123456"), Contains("A123456"));
  EXPECT_THAT(printed_numbers("72 9999999"), Contains("729999999"));
  EXPECT_THAT(printed_numbers("АВ 123456"), Contains("AB123456"));  // Cyrillic letters
  EXPECT_THAT(printed_numbers("A1234567"), Not(Contains("A123456")));
  EXPECT_THAT(printed_numbers("хоб9903"), Contains(seen_number("X069903")));
  EXPECT_THAT(printed_numbers("AO12345"), Contains(seen_number("A012345")));  // the check digit knows
  EXPECT_NE(seen_number("A812345"), seen_number("AS12345"));                  // the check digit is blind
  EXPECT_NE(seen_number("L12345"), seen_number("112345"));
  EXPECT_TRUE(printed_numbers("GARCIA").empty());
}

TEST(PrintedName, LeavesLabelsAndNumbersOut) {
  EXPECT_THAT(printed_names("Apellidos / Surname GARCÍA LÓPEZ"), Contains("GARCÍA LÓPEZ"));
  EXPECT_THAT(printed_names("ЮЛИЯ / YULIYA"), Contains("ЮЛИЯ"));
  EXPECT_THAT(printed_names("GARCÍA LÓPEZ e"), Contains("GARCÍA LÓPEZ"));
  EXPECT_THAT(printed_names("12 AGO 1974"), Not(Contains("12")));
}

TEST(Spells, AsTheStandardWouldPrintIt) {
  EXPECT_TRUE(spells("Núñez", "NUNEZ", false));
  EXPECT_TRUE(spells("Núñez", "NUNXXEZ", false));
  EXPECT_TRUE(spells("MÜLLER", "MUELLER", false));
  EXPECT_TRUE(spells("ЮЛИЯ", "IULIIA", false));
  EXPECT_TRUE(spells("O'Connor", "OCONNOR", false));
  EXPECT_TRUE(spells("GARCÍA-LÓPEZ", "GARCIA LOPEZ", false));
  EXPECT_TRUE(spells("HЕRNANDEZ", "HERNANDEZ", false));  // one letter in the wrong script
  EXPECT_TRUE(spells("WOLFESCHLEGELSTEIN", "WOLFESCHL", true));
}

TEST(Spells, LikenessIsNotEnough) {
  EXPECT_FALSE(spells("HARK", "MARK", false));
  EXPECT_FALSE(spells("GARCIA LOPEZ", "GARCIA", false));
  EXPECT_FALSE(spells("GARCIA", "GARCIA LOPEZ", false));
  EXPECT_FALSE(spells("WOLFESCHLEGELSTEIN", "WOLFESCHL", false));
  EXPECT_FALSE(spells("ALEXANDRA", "ALEX", true));  // a cut of less than five letters says nothing
  EXPECT_FALSE(spells("", "X", false));
}

}  // namespace
}  // namespace careo
