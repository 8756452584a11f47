// SPDX-License-Identifier: Apache-2.0
// What a CREATE TABLE statement says of a table's columns, as SQLite keeps it ("Database Schema", fileformat2 2.6).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

struct SqliteColumn {
  std::string name;
  bool is_rowid = false;  ///< INTEGER PRIMARY KEY: its value is the row's id, and NULL stands in the record
};

struct SqliteTable {
  std::vector<SqliteColumn> columns;  ///< in the order in which records keep them
  bool has_rowid = true;
};

/// Of anything else, and of what cannot be understood: no columns. Computed columns that are not kept are left out.
SqliteTable sqlite_table(std::string_view create);

}  // namespace careo
