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

  Result<void> leaf(const Table& table, std::uint32_t number);
  Result<void> free_page(const SqliteFile::FreePage& page);
  Result<void> tell(const Table& table, const std::string& place, std::vector<DeletedRow> rows);
  bool is_live(const DeletedRow& row) const;

  SqliteFile& file_;
  RowWriter& rows_;
  const Budget& budget_;
  std::vector<Table> tables_;
  /// Half of what stands of a long row in its own page at least (section 1.6): by so much of its first long text a row
  /// that goes on elsewhere is held to be one that its table has.
  const std::size_t beginning_ = ((file_.usable() - 12) * 32 / 255 - 23) / 2;
  std::vector<std::size_t> live_;    // what identifies rows
  std::vector<std::size_t> begins_;  // and their beginnings
  std::unordered_set<std::size_t> told_;
  std::string text_;
  std::uint64_t told_rows_ = 0;
  std::uint64_t unread_pages_ = 0;
  std::uint64_t effort_ = 2'000'000'000;  // bytes looked at: some seconds
};

}  // namespace careo
