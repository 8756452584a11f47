// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/columns.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string types_of(std::initializer_list<std::string_view> cells) {
  std::string out;
  for (const std::string_view cell : cells) out += std::string(name_of(type_of_cell(cell))) + " ";
  return out;
}

TEST(Columns, NumbersAsPeopleWriteThem) {
  EXPECT_EQ(
      types_of({"7", "-7", "1,234", "1.234,56", "1 234 567", "12'000.5", "(1,200)", "$ 40", "40 €", "12 %", "1.5E+3"}),
      "number number number number number number number number number number number ");
  EXPECT_EQ(types_of({"1,23,4", "12a", "v1.2", "1-2", "No 7", "12'00", "1.2.3"}),
            "text text text text text text text ");
}

TEST(Columns, DatesAsPeopleWriteThem) {
  EXPECT_EQ(
      types_of({"2024-03-05", "05.03.2024", "3/5/24", "2024/3/5", "2024-03-05 10:30", "2024-03-05T10:30:00Z", "10:30"}),
      "date date date date date date date ");
  EXPECT_EQ(types_of({"2024-03", "05.03", "1-2-3", "05.03.2024 x", "10:3"}), "text number text text text ");
}

TEST(Columns, WordsTruthAndNothing) {
  EXPECT_EQ(types_of({"TRUE", "false", "  ", "", "Ana"}), "truth truth empty empty text ");
}

std::string of_sheet(std::string_view lines) {
  return columns_of_lines(lines).of_sheet("office/10", 1, "Pagos", false).value;
}

TEST(Columns, HeadsNameTheColumnsAndAStrayCellIsCounted) {
  std::string lines = "Fecha\tMonto\tNota\n";
  for (int i = 0; i < 10; ++i) lines += "2024-03-05\t120\t\n";
  lines += "2024-03-06\tpendiente\tver\n";
  EXPECT_EQ(of_sheet(lines), R"({"sheet":"Pagos","rows":12,"width":3,"heads":true,"columns":[)"
                             R"({"name":"Fecha","type":"date","filled":11},)"
                             R"({"name":"Monto","type":"number","filled":11,"other":1},)"
                             R"({"name":"Nota","type":"text","filled":1}]})");
}

TEST(Columns, WithoutHeadsTheFirstRowIsARow) {
  EXPECT_EQ(of_sheet("1\tAna\n2\tEva\n3\tIda\n"),
            R"({"sheet":"Pagos","rows":3,"width":2,"heads":false,"columns":[{"type":"number","filled":3},)"
            R"({"type":"text","filled":3}]})");
}

TEST(Columns, MixedCellsAreText) {
  EXPECT_NE(of_sheet("1\nAna\n2024-01-01\n7\n").find(R"("type":"text","filled":4,"other":3)"), std::string::npos);
}

TEST(Columns, AWideTableIsCountedWholeAndLookedAtInPart) {
  std::string line;
  for (int i = 0; i < 500; ++i) line += "1\t";
  const Columns columns = columns_of_lines(line + "\n" + line + "\n");
  EXPECT_EQ(columns.width(), 500U);
  EXPECT_EQ(columns.rows(), 2U);
  const std::string value = columns.of_sheet("office/10", 1, "", false).value;
  EXPECT_EQ(std::count(value.begin(), value.end(), '{'), 201);
}

}  // namespace
}  // namespace careo
