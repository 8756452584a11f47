// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "base/json.h"
#include "unpack/database/file.h"
#include "unpack/database/journal.h"
#include "unpack/database/log.h"
#include "unpack/database/log_remains.h"
#include "unpack/database/rows.h"
#include "unpack/database/schema.h"
#include "unpack/database/sqlite.h"

namespace careo {
namespace {

constexpr std::string_view kName = "sqlite-log/3";
constexpr std::string_view kType = "application/x-sqlite3-wal";
constexpr std::string_view kJournalType = "application/x-sqlite3-journal";
using State = SqliteLog::State;
using Kind = SqliteFile::PageKind;

/// The same row in two states of its page is told once.
Sha256 identity_of(const SqliteRow& row) {
  Hasher hasher;
  hasher.update(bytes_of(std::to_string(row.rowid)));
  for (const SqliteValue& value : row.values) {
    hasher.update(bytes_of(
        fmt::format("|{} {} {} {}|", static_cast<int>(value.kind), value.integer, value.real, value.bytes.size())));
    hasher.update(value.bytes);
  }
  return hasher.finish();
}

/// What tables and indexes the pages of the log belong to, as far as the log itself says.
class Owners {
 public:
  Result<void> learn(SqliteFile& file) {
    file.again();
    for (const std::uint32_t page : TRY(tree(file, 1)))
      TRY(file.rows_in(page, [&](SqliteRow row) -> Result<void> {
        auto known = schema_row(row, file.encoding());
        if (known && known->root != 0 && schema_.size() < kMostTables) schema_.push_back(std::move(*known));
        return {};
      }));
    for (std::size_t i = 0; i < schema_.size(); ++i)
      for (const std::uint32_t page : TRY(tree(file, schema_[i].root))) owner_.emplace(page, i);
    return {};
  }
  /// Null where the log does not say.
  const SchemaRow* of(std::uint32_t page) const {
    const auto found = owner_.find(page);
    return found == owner_.end() ? nullptr : &schema_[found->second];
  }

 private:
  static constexpr std::size_t kMostTables = 10'000;

  /// The pages of a tree that the log holds. Pages that a tree before had are left out, so that all of them end.
  Result<std::vector<std::uint32_t>> tree(SqliteFile& file, std::uint32_t root) {
    std::vector<std::uint32_t> out;
    if (file.has(root) && reached_.insert(root).second) out.push_back(root);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const Result<std::vector<std::uint32_t>> below = file.below(out[i]);
      if (!below && below.error().fault == Fault::Io) return tl::unexpected(below.error());
      if (!below) continue;
      for (const std::uint32_t page : *below)
        if (file.has(page) && reached_.insert(page).second) out.push_back(page);
    }
    file.again();
    return out;
  }

  std::vector<SchemaRow> schema_;
  std::map<std::uint32_t, std::size_t> owner_;
  std::unordered_set<std::uint32_t> reached_;
};

class LogReader {
 public:
  LogReader(PartBytes& part, const SqliteLog& log, const Budget& budget, Sink& sink)
      : part_(part),
        log_(log),
        budget_(budget),
        sink_(sink),
        rows_(kName, part.size(), budget, sink),
        remains_(rows_, budget) {}

  Result<void> read() {
    TRY(newest());
    TRY(others());
    TRY(remains());
    TRY(sink_.reading(summary()));
    if (log_.end < part_.size())
      rows_.account().unread({log_.end, part_.size() - log_.end}, "a frame without its end", sink_);
    if (spent_) rows_.account().unread({}, "limit: pages that lead to each other too often", sink_);
    if (remains_.spent()) rows_.account().unread({}, "limit: deleted rows are not all looked for", sink_);
    for (const std::string& damage : damage_) rows_.account().unread({}, damage, sink_);
    if (damaged_ > damage_.size())
      rows_.account().unread({}, fmt::format("{} more places are damaged", damaged_ - damage_.size()), sink_);
    rows_.settle();
    return {};
  }

 private:
  /// What SQLite would read: of each page its last committed state. A journal has nothing of it, but says whose its
  /// pages are.
  Result<void> newest() {
    SqliteFile file = SqliteFile::of_log(part_, log_.page_size);
    std::map<std::uint32_t, std::size_t> pages;
    for (std::size_t i = 0; i < log_.frames.size(); ++i) {
      if (log_.frames[i].state != (log_.journal ? State::Before : State::Committed)) continue;
      pages[log_.frames[i].page] = i;
      TRY(file.put(log_.frames[i].page, log_.frames[i].offset));
    }
    TRY(owners_.learn(file));
    if (log_.journal) return {};
    std::string text;
    for (const auto& [page, frame] : pages) {
      newest_.insert(frame);
      TRY(add(file, frame, "", &text));
    }
    if (!text.empty()) text = "[write-ahead log: newer than the database beside it]\n" + text;
    note_damage(file);
    return rows_.give(std::move(text), 1, file.has(1) ? Grade::Checked : Grade::Unconfirmed);
  }

  /// Transaction by transaction what stood in a page before, what was never committed, what the log held before it
  /// began anew. Rows that were told already are left out.
  Result<void> others() {
    SqliteFile file = SqliteFile::of_log(part_, log_.page_size);
    std::string text;
    std::size_t first = 0;
    for (std::size_t i = 0; i < log_.frames.size(); ++i) {
      const SqliteLog::Frame& frame = log_.frames[i];
      TRY(file.put(frame.page, frame.offset));
      const bool ends = frame.commits || i + 1 == log_.frames.size() || log_.frames[i + 1].state != frame.state;
      if (!ends) continue;
      for (file.again(); first <= i; ++first)
        if (!newest_.contains(first)) TRY(add(file, first, word_of(log_.frames[first].state), &text));
    }
    const std::string_view why = log_.journal ? "[rollback journal: as it was before a change]\n"
                                              : "[write-ahead log: no longer, or not yet, in the database]\n";
    if (!text.empty()) text.insert(0, why);
    note_damage(file);
    return rows_.give(std::move(text), 2, Grade::Unconfirmed);
  }

  /// State by state what was deleted from a page before it came here.
  Result<void> remains() {
    SqliteFile file = SqliteFile::of_log(part_, log_.page_size);
    for (std::size_t i = 0; i < log_.frames.size() && !remains_.spent(); ++i) {
      const std::uint32_t page = log_.frames[i].page;
      TRY(file.put(page, log_.frames[i].offset));
      const SchemaRow* owner = owners_.of(page);
      if (owner != nullptr && owner->type != "table") continue;
      const SqliteTable layout = owner == nullptr ? SqliteTable{} : sqlite_table(owner->sql);
      if (TRY(file.kind(page)) != (layout.has_rowid ? Kind::TableLeaf : Kind::IndexLeaf)) continue;
      const std::string table = table_of(page);
      TRY(remains_.page(file, page, owner == nullptr ? nullptr : &layout, table,
                        fmt::format("[{}, frame {}]\n", table, i + 1) + heads_of(layout)));
    }
    std::string text = remains_.take();
    if (!text.empty()) text.insert(0, "[deleted, or changed since: rows that still stand in the room of pages]\n");
    return rows_.give(std::move(text), 3, Grade::Unconfirmed);
  }

  std::string table_of(std::uint32_t page) const {
    const SchemaRow* owner = owners_.of(page);
    return owner == nullptr ? "page " + std::to_string(page) : owner->name;
  }

  static std::string heads_of(const SqliteTable& layout) {
    std::string out;
    for (const SqliteColumn& column : layout.columns) {
      if (&column != &layout.columns.front()) out += '\t';
      out += one_cell(column.name);
    }
    return out.empty() ? out : out + "\n";
  }

  static std::string_view word_of(State state) {
    switch (state) {
      case State::Committed:
      case State::Before: return ": before it was changed";
      case State::Uncommitted: return ": not committed";
      case State::LeftOver: break;
    }
    return ": left over from an earlier log";
  }

  Result<void> add(SqliteFile& file, std::size_t number, std::string_view word, std::string* text) {
    const std::uint32_t page = log_.frames[number].page;
    const Kind kind = TRY(file.kind(page));
    const SchemaRow* owner = owners_.of(page);
    // An index says again what its table says; of a page that nobody owns it cannot be told.
    if (kind == Kind::Other || kind == Kind::TableInside || (owner != nullptr && owner->type != "table")) return {};
    if (page == 1 && owner == nullptr && kind == Kind::IndexLeaf) return {};
    spent_ = spent_ || file.pages_read() > 8 * log_.frames.size() + 1000;
    if (spent_) return {};
    const SqliteTable layout = owner == nullptr ? SqliteTable{} : sqlite_table(owner->sql);
    const std::string table = table_of(page);
    std::string lines;
    Result<void> read = file.rows_in(page, [&](SqliteRow row) -> Result<void> {
      remains_.live(row);
      if (!told_.insert(identity_of(row)).second || text->size() + lines.size() > budget_.text_bytes) return {};
      ++told_rows_;
      if (owner == nullptr && kind == Kind::TableLeaf) lines += std::to_string(row.rowid) + "\t";
      lines += TRY(rows_.line(table, layout, row, file.encoding())) + "\n";
      return {};
    });
    if (!read && read.error().fault == Fault::Malformed) return {};  // read as the rest of a row
    if (!read) return read;
    if (lines.empty()) return {};
    *text += fmt::format("[{}, frame {}{}]\n", table, number + 1, word);
    *text += heads_of(layout) + lines;
    return {};
  }

  void note_damage(const SqliteFile& file) {
    damaged_ += file.damaged();
    damage_.insert(damage_.end(), file.damage().begin(), file.damage().end());
  }

  Reading summary() const {
    const auto count = [&](State state) {
      return static_cast<std::int64_t>(std::count_if(log_.frames.begin(), log_.frames.end(),
                                                     [&](const auto& frame) { return frame.state == state; }));
    };
    JsonWriter json;
    json.object().member("page_size", std::int64_t{log_.page_size});
    json.member("frames", static_cast<std::int64_t>(log_.frames.size()));
    if (log_.journal) json.key("journal").boolean(true).member("before", count(State::Before));
    if (!log_.journal)
      json.member("committed", count(State::Committed)).member("uncommitted", count(State::Uncommitted));
    json.member("left_over", count(State::LeftOver)).member("rows", static_cast<std::int64_t>(told_rows_));
    if (remains_.told() > 0) json.member("deleted_rows", static_cast<std::int64_t>(remains_.told()));
    json.end();
    Reading out;
    out.kind = "database_log";
    out.value = json.take();
    out.grade = damaged_ == 0 ? Grade::Checked : Grade::Unconfirmed;
    out.reader = kName;
    return out;
  }

  PartBytes& part_;
  const SqliteLog& log_;
  const Budget& budget_;
  Sink& sink_;
  RowWriter rows_;
  LogRemains remains_;
  Owners owners_;
  std::unordered_set<std::size_t> newest_;  // frames
  std::unordered_set<Sha256> told_;         // rows
  std::uint64_t told_rows_ = 0;
  std::vector<std::string> damage_;
  std::uint64_t damaged_ = 0;
  bool spent_ = false;
};

class SqliteLogOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return SqliteLog::may(head) || SqliteJournal::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const bool log_ahead = SqliteLog::may(TRY(part.at(0, SqliteLog::Header)));
    sink.media_type(log_ahead ? kType : kJournalType);
    const SqliteLog log = TRY(log_ahead ? SqliteLog::read(part) : SqliteJournal::read(part));
    return LogReader(part, log, budget, sink).read();
  }
};

}  // namespace

const Opener* sqlite_log_opener() {
  static const SqliteLogOpener opener;
  return &opener;
}

}  // namespace careo
