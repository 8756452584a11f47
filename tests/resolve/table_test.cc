// SPDX-License-Identifier: Apache-2.0
#include "resolve/table.h"

#include <gtest/gtest.h>

#include "resolve/person.h"

namespace careo {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(Table, ReadsCells) {
  EXPECT_EQ(csv_rows("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(csv_rows("\xEF\xBB\xBF"
                     "a;b\r\n\"x;\"\"y\"\"\";\r\n\r\n"),
            (Rows{{"a", "b"}, {"x;\"y\"", ""}}));
  EXPECT_EQ(csv_rows("a\tb\n\"two\nlines\"\t3"), (Rows{{"a", "b"}, {"two\nlines", "3"}}));
  EXPECT_TRUE(csv_rows("").empty());
}

TEST(Table, UnderstandsFollowTheMoneyColumns) {
  const auto records = records_of_table(
      "id,firstName,lastName,birthDate,passportNumber,gender,colour\n"
      "7,Ana,García,1990-01-02,x 123-4567,female,red\n"
      ",Ana,Garcia,02/01/1990,,F,\n");
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 2U);
  const IdentityRecord& first = records->front();
  EXPECT_EQ(first.id, "7");
  EXPECT_EQ(first.field("document_number").value, "X1234567");
  EXPECT_EQ(first.field("sex").value, "F");
  EXPECT_EQ(first.field("birth_date").value, "1990-01-02");
  EXPECT_FALSE(first.fields.contains("colour"));
  EXPECT_EQ((*records)[1].id, "row 2");
  EXPECT_EQ((*records)[1].field("birth_date").value, "1990-01-02");
  EXPECT_EQ(resolve_persons(*records).count.expected, 1U);
}

TEST(Table, RefusesWhatItCannotRead) {
  EXPECT_FALSE(records_of_table(""));
  EXPECT_FALSE(records_of_table("a,b\n1,2\n"));
  EXPECT_FALSE(records_of_table("name\n\"open"));
  EXPECT_FALSE(records_of_table("name\n\xFF"));
  EXPECT_TRUE(records_of_table("name\n"));
}

TEST(Table, Dates) {
  EXPECT_EQ(plain_date("1974-08-12"), "1974-08-12");
  EXPECT_EQ(plain_date("19740812"), "1974-08-12");
  EXPECT_EQ(plain_date("12/08/1974"), "1974-08-12");
  EXPECT_EQ(plain_date("08/25/1974"), "1974-08-25");
  EXPECT_EQ(plain_date("12.8.1974"), "1974-08-12");
  EXPECT_EQ(plain_date("1974-08"), "1974-08");
  EXPECT_EQ(plain_date("1974"), "1974");
  EXPECT_EQ(plain_date("1974-08-12T00:00:00"), "1974-08-12");
  EXPECT_EQ(plain_date("12/08/74"), "");
  EXPECT_EQ(plain_date("31/31/1974"), "");
  EXPECT_EQ(plain_date("unknown"), "");
}

}  // namespace
}  // namespace careo
