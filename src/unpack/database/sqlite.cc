// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/sqlite.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "unpack/database/file.h"
#include "unpack/database/recovery.h"
#include "unpack/database/rows.h"
#include "unpack/database/schema.h"
#include "unpack/text/columns.h"

namespace careo {
namespace {

constexpr std::string_view kName = "sqlite/4";
constexpr std::string_view kType = "application/vnd.sqlite3";
class Reader {
 public:
  Reader(PartBytes& part, SqliteFile& file, const Budget& budget, Sink& sink)
      : part_(part),
        file_(file),
        budget_(budget),
        sink_(sink),
        rows_(kName, part.size(), budget, sink),
        recovery_(file, rows_, budget) {}

  Result<void> read() {
    TRY(file_.rows(1, [this](SqliteRow row) -> Result<void> {
      recovery_.live(row);
      if (auto known = schema_row(row, file_.encoding())) schema_.push_back(std::move(*known));
      return {};
    }));
    recovery_.schema(file_.leaves());
    std::uint32_t number = 0;
    for (const SchemaRow& row : schema_)
      if (row.type == "table" && row.root != 0) TRY(table(row, ++number));
    TRY(rows_.give(TRY(recovery_.text()), number + 1, Grade::Unconfirmed));
    TRY(sink_.reading(database()));
    if (recovery_.spent()) rows_.account().unread({}, "limit: deleted rows are not all looked for", sink_);
    for (const std::string& damage : file_.damage()) rows_.account().unread({}, damage, sink_);
    if (file_.damaged() > file_.damage().size())
      rows_.account().unread({}, fmt::format("{} more places are damaged", file_.damaged() - file_.damage().size()),
                             sink_);
    TRY(behind());
    rows_.settle();
    return {};
  }

 private:
  /// Room that SQLite took for later, and does not count, is of zeros.
  Result<void> behind() {
    const std::uint64_t begin = std::uint64_t{file_.last_page()} * file_.page_size();
    if (file_.claimed_pages() > file_.pages()) {
      rows_.account().unread({begin, part_.size() - begin},
                             fmt::format("ends early: {} of {} pages", file_.pages(), file_.claimed_pages()), sink_);
      return {};
    }
    for (std::uint64_t at = begin; at < part_.size();) {
      const Bytes piece = TRY(part_.at(at, 1U << 20U));
      const bool zeros = std::all_of(piece.begin(), piece.end(), [](std::uint8_t byte) { return byte == 0; });
      if (piece.empty()) break;
      at += piece.size();
      if (zeros) continue;
      const Bytes head = TRY(part_.at(begin, 4096));
      return rows_.behind({begin, part_.size() - begin}, Buffer(head.begin(), head.end()));
    }
    return {};
  }

  Result<void> table(const SchemaRow& schema, std::uint32_t number) {
    const SqliteTable layout = sqlite_table(schema.sql);
    Columns columns;
    std::string text = schema.name + "\n";
    std::uint64_t rows = 0;
    const auto end_row = [&](std::string_view line) {
      for (const std::string_view cell : split(line, '\t')) columns.cell(cell);
      columns.end_row();
      text.append(line).append("\n");
    };
    std::string heads;
    for (const SqliteColumn& column : layout.columns) heads += (heads.empty() ? "" : "\t") + one_cell(column.name);
    if (!heads.empty()) {
      columns.first_row_names();
      end_row(heads);
    }
    TRY(file_.rows(schema.root, [&](SqliteRow row) -> Result<void> {
      ++rows;
      recovery_.live(row);
      const std::string line = TRY(rows_.line(schema.name, layout, row, file_.encoding()));
      if (text.size() <= budget_.text_bytes) end_row(line);
      return {};
    }));
    tables_.emplace_back(schema.name, rows);
    recovery_.table(schema.name, layout, file_.leaves());
    if (columns.rows() > 0) TRY(sink_.reading(columns.of_sheet(kName, number, schema.name, false)));
    return rows_.give(std::move(text), number, Grade::Checked);
  }

  Reading database() const {
    JsonWriter json;
    json.object().member("page_size", std::int64_t{file_.page_size()}).member("pages", std::int64_t{file_.pages()});
    if (file_.free_pages() > 0) json.member("free_pages", std::int64_t{file_.free_pages()});
    if (recovery_.unread_pages() > 0)
      json.member("free_pages_not_read", static_cast<std::int64_t>(recovery_.unread_pages()));
    if (recovery_.told() > 0) json.member("deleted_rows", static_cast<std::int64_t>(recovery_.told()));
    if (file_.has_log()) json.key("has_log").boolean(true);
    json.key("tables").array();
    for (const auto& [name, rows] : tables_)
      json.object().member("name", name).member("rows", static_cast<std::int64_t>(rows)).end();
    json.end();
    for (const char* type : {"view", "trigger"}) {
      json.key(std::string(type) + "s").array();
      for (const SchemaRow& row : schema_)
        if (row.type == type) json.text(row.name);
      json.end();
    }
    json.end();
    Reading out;
    out.kind = "database";
    out.value = json.take();
    out.grade = file_.damaged() == 0 ? Grade::Checked : Grade::Unconfirmed;
    out.reader = kName;
    return out;
  }

  PartBytes& part_;
  SqliteFile& file_;
  const Budget& budget_;
  Sink& sink_;
  RowWriter rows_;
  RowRecovery recovery_;
  std::vector<SchemaRow> schema_;
  std::vector<std::pair<std::string, std::uint64_t>> tables_;  // and their rows
};

class SqliteOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return SqliteFile::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type(kType);
    SqliteFile file = TRY(SqliteFile::open(part));
    return Reader(part, file, budget, sink).read();
  }
};

}  // namespace

const Opener* sqlite_opener() {
  static const SqliteOpener opener;
  return &opener;
}

}  // namespace careo
