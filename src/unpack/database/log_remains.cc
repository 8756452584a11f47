// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/log_remains.h"

#include <algorithm>

#include "base/text.h"

namespace careo {

/// Columns without names. A first one that is NULL in every row is the row's id.
Result<std::optional<SqliteTable>> LogRemains::guessed(SqliteFile& file, std::uint32_t number) {
  std::size_t columns = 0;
  bool rowid_first = true;
  file.again();
  const Result<void> read = file.rows_in(number, [&](const SqliteRow& row) -> Result<void> {
    columns = std::max(columns, row.values.size());
    rowid_first = rowid_first && !row.values.empty() && row.values[0].kind == SqliteValue::Kind::Null;
    return {};
  });
  file.again();
  if (!read && read.error().fault == Fault::Io) return tl::unexpected(read.error());
  if (!read || columns == 0) return std::optional<SqliteTable>();
  SqliteTable out;
  out.columns.resize(columns);
  out.columns[0].is_rowid = rowid_first;
  return std::optional(std::move(out));
}

Result<void> LogRemains::page(SqliteFile& file, std::uint32_t number, const SqliteTable* layout,
                              const std::string& table, const std::string& heading) {
  if (spent() || text_.size() > budget_.text_bytes) return {};
  const Buffer page = TRY(file.page_bytes(number));
  effort_ -= std::min<std::uint64_t>(effort_, page.size());
  const std::vector<SqliteRoom> rooms = sqlite_rooms(page, number == 1 ? 100 : 0, file.usable());
  const auto has_bytes = [&](const SqliteRoom& room) {
    const Bytes bytes = slice(page, room.begin, room.end - room.begin);
    return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
  };
  if (std::none_of(rooms.begin(), rooms.end(), has_bytes)) return {};
  std::optional<SqliteTable> columns = layout == nullptr ? TRY(guessed(file, number)) : *layout;
  if (!columns || columns->columns.empty()) return {};
  FreedOverflow overflow(file, {});
  std::string lines;
  for (const SqliteRoom& room : rooms)
    for (DeletedRow& row : TRY(deleted_rows(file, number, page, room, *columns, overflow, &effort_))) {
      if (!known_.insert(value_hash(row.row)).second) continue;
      ++told_;
      SqliteTable shown = layout == nullptr ? SqliteTable{} : *layout;
      if (!row.has_rowid && layout != nullptr) shown.columns[0].is_rowid = false;
      // As the rows of a page stand that nobody names: behind their ids.
      if (layout == nullptr) lines += (row.has_rowid ? std::to_string(row.row.rowid) : "") + "\t";
      const std::string which = row.has_rowid ? std::string() : "page " + std::to_string(number);
      lines +=
          TRY(rows_.line(table + " deleted", shown, row.row, file.encoding(), which)) + (row.cut ? " [...]\n" : "\n");
    }
  if (lines.empty()) return {};
  text_ += heading + lines;
  return {};
}

}  // namespace careo
