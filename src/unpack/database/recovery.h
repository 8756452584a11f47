// SPDX-License-Identifier: Apache-2.0
// The deleted rows of a whole database as one text, apart from the tables: those that a table still has are left out,
// since SQLite moves rows and leaves their bytes where they stood.
#pragma once

#include <unordered_set>

#include "unpack/database/deleted.h"
#include "unpack/database/rows.h"

namespace careo {

class RowRecovery {
 public:
  RowRecovery(SqliteFile& file, RowWriter& rows, const Budget& budget) : file_(file), rows_(rows), budget_(budget) {}

  /// A table, its layout, and the leaves that hold its rows.
  void table(std::string name, SqliteTable layout, std::vector<std::uint32_t> leaves);
  /// The table of all tables (fileformat2 2.6): of one that was dropped its statement may stand.
  void schema(std::vector<std::uint32_t> leaves);
  /// A row that a table has.
  void live(const SqliteRow& row);
  /// What stands in the free room of leaves and in free pages; once, when all tables are read.
  Result<std::string> text();

  std::uint64_t told() const { return told_rows_; }
  /// Free pages of which nothing was had: they were no leaves of a table, or are written over.
  std::uint64_t unread_pages() const { return unread_pages_; }
  bool spent() const { return effort_ == 0; }

 private:
  struct Table {
    std::string name;
    SqliteTable layout;
    std::vector<std::uint32_t> leaves;
  };

  using FreePage = SqliteFile::FreePage;
  Result<void> leaf(const Table& table, std::uint32_t number, FreedOverflow& overflow);
  Result<bool> is_leaf(const FreePage& page);
  Result<void> free_page(const FreePage& page, FreedOverflow& overflow);
  Result<void> rest_of_row(const FreePage& page);
  Result<void> tell(const Table& table, const std::string& place, std::vector<DeletedRow> rows);
  bool is_known(const DeletedRow& row);

  SqliteFile& file_;
  RowWriter& rows_;
  const Budget& budget_;
  std::vector<Table> tables_;
  std::vector<std::size_t> live_;    // what identifies rows
  std::vector<std::size_t> begins_;  // and of those that go on in other pages their beginnings
  std::unordered_set<std::size_t> told_;
  std::unordered_set<std::uint32_t> read_;  // free pages that rows told go on in
  std::string text_;
  std::uint64_t told_rows_ = 0;
  std::uint64_t unread_pages_ = 0;
  std::uint64_t effort_ = 2'000'000'000;  // bytes looked at: some seconds
};

}  // namespace careo
