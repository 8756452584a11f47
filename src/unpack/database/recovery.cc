// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"

namespace careo {
namespace {

/// Rows that are remembered, 16 bytes each.
constexpr std::size_t kMostLive = 8'000'000;
/// Of a free page that was the rest of a row, and shorter than this, nothing can be told.
constexpr std::size_t kLeastRest = 16;
constexpr std::string_view kSchemaTable = "sqlite_schema";  // no other table's name begins so

bool holds(const std::vector<std::size_t>& sorted, std::size_t identity) {
  return std::binary_search(sorted.begin(), sorted.end(), identity);
}

}  // namespace

void RowRecovery::table(std::string name, SqliteTable layout, std::vector<std::uint32_t> leaves) {
  if (!layout.columns.empty()) tables_.push_back({std::move(name), std::move(layout), std::move(leaves)});
}

void RowRecovery::schema(std::vector<std::uint32_t> leaves) {
  table(std::string(kSchemaTable),
        sqlite_table("CREATE TABLE sqlite_schema(type text, name text, tbl_name text, rootpage integer, sql text)"),
        std::move(leaves));
}

void RowRecovery::live(const SqliteRow& row) {
  if (live_.size() == kMostLive) {
    effort_ = 0;  // which rows are deleted can no longer be told: none are, and that is said
    return;
  }
  live_.push_back(value_hash(row));
  if (row.beginning) begins_.push_back(*row.beginning);
}

/// A table has it, or it was told. Of a row that is cut all that is left of it is held against theirs, and its length.
bool RowRecovery::is_known(const DeletedRow& row) {
  const std::size_t identity = row.cut ? *row.row.beginning : value_hash(row.row);
  if (holds(row.cut ? begins_ : live_, identity) || !told_.insert(identity).second) return true;
  if (!row.cut && row.row.beginning) told_.insert(*row.row.beginning);
  return false;
}

Result<std::string> RowRecovery::text() {
  std::sort(live_.begin(), live_.end());
  std::sort(begins_.begin(), begins_.end());
  std::vector<FreePage> free = TRY(file_.free_list());
  FreedOverflow overflow(file_, free);
  for (const Table& table : tables_)
    for (const std::uint32_t number : table.leaves) TRY(leaf(table, number, overflow));
  // Leaves first: they say which other pages are the rest of their rows.
  for (const bool leaves : {true, false})
    for (const FreePage& page : free)
      if (TRY(is_leaf(page)) == leaves) TRY(free_page(page, overflow));
  if (!text_.empty()) text_ = "[deleted, or changed since: rows that still stand in the file]\n" + text_;
  return std::move(text_);
}

Result<void> RowRecovery::leaf(const Table& table, std::uint32_t number, FreedOverflow& overflow) {
  if (spent()) return {};
  const Buffer page = TRY(file_.page_bytes(number));
  std::vector<DeletedRow> found;
  overflow.begin_page();
  for (const SqliteRoom& room : sqlite_rooms(page, number == 1 ? 100 : 0, file_.usable())) {
    std::vector<DeletedRow> rows = TRY(deleted_rows(file_, number, page, room, table.layout, overflow, &effort_));
    std::move(rows.begin(), rows.end(), std::back_inserter(found));
  }
  return tell(table, "page " + std::to_string(number), std::move(found));
}

Result<bool> RowRecovery::is_leaf(const FreePage& page) {
  return TRY(file_.kind(page.number)) == SqliteFile::PageKind::TableLeaf && page.used == 0;
}

/// Nothing says which table a free page was of: the one that most of its rows can be of.
Result<void> RowRecovery::free_page(const FreePage& free, FreedOverflow& overflow) {
  if (read_.contains(free.number)) return {};
  const Buffer page = TRY(file_.page_bytes(free.number));
  const auto kind = TRY(file_.kind(free.number));
  // A table without rowids is kept as an index is. What inner pages say is said by leaves.
  const bool index = kind == SqliteFile::PageKind::IndexLeaf && free.used == 0;
  if (!index && kind != SqliteFile::PageKind::TableLeaf && free.used == 0 && kind != SqliteFile::PageKind::Other)
    return {};
  const SqliteRoom room{std::max<std::size_t>(free.used, 8), file_.usable(), false};
  const Table* best = nullptr;
  std::vector<DeletedRow> found;
  std::set<std::pair<std::size_t, bool>> tried;  // tables of the same form give the same rows
  for (const Table& table : tables_) {
    if (table.name == kSchemaTable || table.layout.has_rowid == index ||
        !tried.emplace(table.layout.columns.size(), table.layout.columns[0].is_rowid).second)
      continue;
    if (spent()) return {};
    overflow.begin_page();
    std::vector<DeletedRow> rows = TRY(deleted_rows(file_, free.number, page, room, table.layout, overflow, &effort_));
    if (rows.size() <= found.size()) continue;
    best = &table;
    found = std::move(rows);
  }
  if (best != nullptr) return tell(*best, "free page " + std::to_string(free.number), std::move(found));
  return index ? Result<void>() : rest_of_row(free);
}

/// The rest of a long row: the number of its next page, then bytes (section 1.7).
Result<void> RowRecovery::rest_of_row(const FreePage& free) {
  const Buffer page = TRY(file_.page_bytes(free.number));
  const std::string_view rest = text_of(page).substr(std::min<std::size_t>(page.size(), 4));
  const std::string_view words = rest.substr(0, rest.find('\0'));
  const CleanText clean = clean_utf8(words);
  if (TRY(is_leaf(free)) || free.used > 0 || words.size() < kLeastRest || clean.replaced > 2) {
    const Bytes left = slice(page, std::max<std::size_t>(free.used, 8), page.size());
    if (std::any_of(left.begin(), left.end(), [](std::uint8_t byte) { return byte != 0; })) ++unread_pages_;
    return {};
  }
  if (text_.size() <= budget_.text_bytes)
    text_ += fmt::format("[free page {}: the rest of a row]\n{}\n", free.number, one_cell(clean.text));
  return {};
}

Result<void> RowRecovery::tell(const Table& table, const std::string& place, std::vector<DeletedRow> rows) {
  SqliteTable without_id = table.layout;
  for (SqliteColumn& column : without_id.columns) column.is_rowid = false;
  std::string lines;
  if (text_.size() > budget_.text_bytes) return {};
  for (DeletedRow& row : rows) {
    read_.insert(row.pages.begin(), row.pages.end());
    if (is_known(row)) continue;
    ++told_rows_;
    const std::string which = row.has_rowid ? std::string() : place;
    lines += TRY(rows_.line(table.name + " deleted", row.has_rowid ? table.layout : without_id, row.row,
                            file_.encoding(), which));
    lines += row.cut ? " [...]\n" : "\n";
    if (text_.size() + lines.size() > budget_.text_bytes) break;  // what gives the text cuts it and says so
  }
  if (lines.empty()) return {};
  text_ += fmt::format("[{}, {}]\n", table.name, place);
  for (const SqliteColumn& column : table.layout.columns)
    text_ += (&column == &table.layout.columns.front() ? "" : "\t") + one_cell(column.name);
  text_ += "\n" + lines;
  return {};
}

}  // namespace careo
