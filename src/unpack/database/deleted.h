// SPDX-License-Identifier: Apache-2.0
// Rows that were deleted and still stand in a database: SQLite takes a row out of its page's list and writes over its
// first four bytes at most, until the room is needed again (unless the program asked for "secure_delete").
#pragma once

#include <vector>

#include "unpack/database/file.h"
#include "unpack/database/overflow.h"
#include "unpack/database/schema.h"

namespace careo {

/// Bytes of a page that belong to no row.
struct SqliteRoom {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool freed = false;  ///< a freed cell, or several: the first four bytes are written over ("freeblock", section 1.6)
};

/// Of a leaf of a table: what is freed, and what lies before its first row. Bounded by the size of the page.
std::vector<SqliteRoom> sqlite_rooms(Bytes page, std::size_t begin, std::uint32_t usable);

struct DeletedRow {
  SqliteRow row;
  bool has_rowid = false;            ///< written over otherwise
  bool cut = false;                  ///< it went on in other pages, which are others' now
  std::vector<std::uint32_t> pages;  ///< free ones that it goes on in
};

/// The rows in `room` that can be of a table of these columns. A row is believed where all its lengths meet, and its
/// texts are UTF-8; of one that went on in other pages what stands in free ones is given, else the beginning. `effort`
/// is taken from, and nothing more is looked for where it is spent.
Result<std::vector<DeletedRow>> deleted_rows(const SqliteFile& file, std::uint32_t number, Bytes page,
                                             const SqliteRoom& room, const SqliteTable& layout, FreedOverflow& overflow,
                                             std::uint64_t* effort);

}  // namespace careo
