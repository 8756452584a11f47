// SPDX-License-Identifier: Apache-2.0
// Rows that were deleted before a page came into a log or a journal, and still stand in the room of that page
// (unpack/database/deleted.h).
#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "unpack/database/deleted.h"
#include "unpack/database/rows.h"

namespace careo {

class LogRemains {
 public:
  LogRemains(RowWriter& rows, const Budget& budget) : rows_(rows), budget_(budget) {}

  /// A row that some state of a page has, and that is told with it.
  void live(const SqliteRow& row) { known_.insert(value_hash(row)); }

  /// What stands in the room of a leaf, where `file` has that state of it. The columns are those of `layout`, or, where
  /// the log does not hold the schema (nullptr), as many as the rows of the page have. REQUIRES: live() of all rows.
  Result<void> page(SqliteFile& file, std::uint32_t number, const SqliteTable* layout, const std::string& table,
                    const std::string& heading);

  std::string take() { return std::move(text_); }
  std::uint64_t told() const { return told_; }
  bool spent() const { return effort_ == 0; }

 private:
  Result<std::optional<SqliteTable>> guessed(SqliteFile& file, std::uint32_t number);

  RowWriter& rows_;
  const Budget& budget_;
  std::unordered_set<std::size_t> known_;  // rows by their values alone: the id of a deleted one is often lost
  std::string text_;
  std::uint64_t told_ = 0;
  std::uint64_t effort_ = 1'000'000'000;  // bytes looked at: a second or two
};

}  // namespace careo
