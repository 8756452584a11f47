// SPDX-License-Identifier: Apache-2.0
// What the columns of a table hold, told from how their cells are written. One table, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evidence/reading.h"

namespace careo {

enum class CellType { Empty, Number, Date, Truth, Text };
/// "empty", "number", "date", "truth", "text".
std::string_view name_of(CellType type);
/// Number: digits with their groups and decimals, a sign, a percent sign or a currency's. Date: ISO 8601, or day, month
/// and year by points, slashes or dashes in any order, and a time. Truth: TRUE and FALSE. Spaces around do not count.
CellType type_of_cell(std::string_view cell);

/// Takes the cells of a table row by row. Memory grows with the columns alone.
class Columns {
 public:
  /// Columns beyond are counted in width() and not looked at.
  static constexpr std::size_t Most = 200;

  /// The first row names the columns: else that is told from how it differs from the others.
  void first_row_names() { named_ = true; }
  void cell(std::string_view text);
  void end_row();
  /// Rows whose cells are all empty do not count.
  std::uint64_t rows() const { return rows_; }
  std::uint64_t width() const { return width_; }
  /// Every row had as many cells as the first.
  bool even() const { return even_; }

  /// A reading of kind "table" (docs/formats/documents.md). Text whose rows are not even may be no table at all; the
  /// rows of a spreadsheet are as long as they are filled.
  Reading of_text(std::string_view reader, char separator) const;
  Reading of_sheet(std::string_view reader, std::uint32_t number, std::string_view name, bool hidden) const;

 private:
  struct Column {
    std::string head;  ///< the cell of the first row
    CellType head_type = CellType::Empty;
    std::array<std::uint64_t, 5> cells{};  ///< below it, by type
    std::uint64_t filled() const { return std::accumulate(cells.begin() + 1, cells.end(), std::uint64_t{0}); }
    CellType type() const;
  };
  bool has_heads() const;
  Reading reading(std::string_view reader, JsonWriter* json) const;

  std::vector<Column> columns_;
  std::vector<std::pair<std::string, CellType>> row_;
  std::uint64_t in_row_ = 0;
  std::uint64_t width_ = 0;
  std::uint64_t rows_ = 0;
  bool named_ = false;
  bool filled_ = false;
  bool even_ = true;
};

/// Lines of cells between tabs, as the openers of spreadsheets write them.
Columns columns_of_lines(std::string_view text);

}  // namespace careo
