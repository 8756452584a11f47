// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/sqlite.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "unpack/database/file.h"
#include "unpack/database/schema.h"
#include "unpack/member.h"
#include "unpack/text/charset.h"
#include "unpack/text/columns.h"

namespace careo {
namespace {

constexpr std::string_view kName = "sqlite/1";
constexpr std::string_view kType = "application/vnd.sqlite3";
/// Shorter blobs are numbers and keys: they stand in the text, in hexadecimal.
constexpr std::size_t kSmallBlob = 32;

/// A row of the table of all tables (fileformat2 2.6).
struct SchemaRow {
  std::string type, name, sql;
  std::uint32_t root = 0;
};

class Reader {
 public:
  Reader(SqliteFile& file, std::uint64_t size, const Budget& budget, Sink& sink)
      : file_(file), size_(size), budget_(budget), sink_(sink), writer_(&sink, budget, size) {}

  Result<void> read() {
    TRY(file_.rows(1, [this](SqliteRow row) -> Result<void> {
      note_schema(row);
      return {};
    }));
    std::uint32_t number = 0;
    for (const SchemaRow& row : schema_)
      if (row.type == "table" && row.root != 0) TRY(table(row, ++number));
    TRY(sink_.reading(database()));
    if (file_.claimed_pages() > file_.pages())
      account_.unread({}, fmt::format("ends early: {} of {} pages", file_.pages(), file_.claimed_pages()), sink_);
    for (const std::string& damage : file_.damage()) account_.unread({}, damage, sink_);
    if (file_.damaged() > file_.damage().size())
      account_.unread({}, fmt::format("{} more places are damaged", file_.damaged() - file_.damage().size()), sink_);
    if (!over_.empty()) account_.unread({}, over_, sink_);
    account_.settle(size_, sink_);
    return {};
  }

 private:
  std::string text_of_value(const SqliteValue& value) const {
    using Kind = SqliteValue::Kind;
    switch (value.kind) {
      case Kind::Null: return {};
      case Kind::Integer: return std::to_string(value.integer);
      case Kind::Real: return fmt::format("{:.15g}", value.real);
      case Kind::Text: return utf8_of_text(value.bytes);
      case Kind::Blob: break;
    }
    std::string out;
    for (const std::uint8_t byte : value.bytes) out += fmt::format("{:02x}", byte);
    return out;
  }

  std::string utf8_of_text(Bytes bytes) const {
    using Encoding = SqliteFile::Encoding;
    if (file_.encoding() == Encoding::Utf8) return clean_utf8(careo::text_of(bytes)).text;
    std::string out;
    append_decoded(bytes, file_.encoding() == Encoding::Utf16Le ? "utf-16le" : "utf-16be", &out);
    return out;
  }

  void note_schema(const SqliteRow& row) {
    if (row.values.size() < 5) return;
    SchemaRow out;
    out.type = text_of_value(row.values[0]);
    out.name = text_of_value(row.values[1]);
    out.root = static_cast<std::uint32_t>(std::clamp<std::int64_t>(row.values[3].integer, 0, UINT32_MAX));
    out.sql = text_of_value(row.values[4]);
    schema_.push_back(std::move(out));
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
    for (const SqliteColumn& column : layout.columns) heads += (heads.empty() ? "" : "\t") + one_line(column.name);
    if (!heads.empty()) {
      columns.first_row_names();
      end_row(heads);
    }
    TRY(file_.rows(schema.root, [&](SqliteRow row) -> Result<void> {
      ++rows;
      std::string line;
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (i > 0) line += '\t';
        line += TRY(cell(schema.name, layout, row, i));
      }
      if (text.size() <= budget_.text_bytes) end_row(line);
      return {};
    }));
    tables_.emplace_back(schema.name, rows);
    if (columns.rows() > 0) TRY(sink_.reading(columns.of_sheet(kName, number, schema.name, false)));
    return give(std::move(text), number);
  }

  static std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
  }

  Result<std::string> cell(std::string_view table, const SqliteTable& layout, const SqliteRow& row, std::size_t i) {
    const SqliteValue& value = row.values[i];
    if (value.kind == SqliteValue::Kind::Null && i < layout.columns.size() && layout.columns[i].is_rowid)
      return std::to_string(row.rowid);
    if (value.kind != SqliteValue::Kind::Blob || value.bytes.size() < kSmallBlob) return one_line(text_of_value(value));
    const std::string column = i < layout.columns.size() ? layout.columns[i].name : std::to_string(i + 1);
    std::string name = fmt::format("{} {} {}", table, row.rowid, column);
    TRY(blob(value, name));
    return fmt::format("[{} bytes]", value.bytes.size());
  }

  /// What stands in one run is cut out by anyone; what goes on in other pages is named by where it begins.
  Result<void> blob(const SqliteValue& value, std::string name) {
    if (!writer_.over().empty() || value.runs.empty()) return {};
    if (budget_.depth_left == 0) {
      over_ = "limit: too deep";
      return {};
    }
    Child child;
    child.name = std::move(name);
    const bool one = value.runs.size() == 1;
    child.step = one ? Step::range(value.runs[0].offset, value.runs[0].length) : Step::node(value.runs[0].offset);
    const Result<void> given = one ? writer_.plain(std::move(child), value.bytes) : pour(std::move(child), value.bytes);
    if (!given && writer_.over().empty()) return given;
    if (!given) over_ = writer_.over();
    if (given)
      for (const ByteRun& run : value.runs) account_.add(Claim::By::Child, run);
    return {};
  }

  Result<void> pour(Child child, Bytes bytes) {
    TRY(writer_.begin(std::move(child)));
    const Result<void> written = writer_.write(bytes);
    TRY(writer_.end());
    return written;
  }

  Result<void> give(std::string text, std::uint32_t number) {
    Text out;
    out.region.page = number;
    out.reader = kName;
    const std::uint64_t left = budget_.text_bytes - std::min(budget_.text_bytes, text_bytes_);
    if (text.size() > left) {
      sink_.unread({out.region, 0, fmt::format("limit: more than {} bytes of text", budget_.text_bytes)});
      text = clean_utf8(text.substr(0, left)).text;
    }
    text_bytes_ += text.size();
    if (text.empty()) return {};
    out.utf8 = std::move(text);
    return sink_.text(std::move(out));
  }

  Reading database() const {
    JsonWriter json;
    json.object().member("page_size", std::int64_t{file_.page_size()}).member("pages", std::int64_t{file_.pages()});
    if (file_.free_pages() > 0) json.member("free_pages", std::int64_t{file_.free_pages()});
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

  SqliteFile& file_;
  std::uint64_t size_;
  const Budget& budget_;
  Sink& sink_;
  MemberWriter writer_;
  Account account_;
  std::vector<SchemaRow> schema_;
  std::vector<std::pair<std::string, std::uint64_t>> tables_;  // and their rows
  std::string over_;
  std::uint64_t text_bytes_ = 0;
};

class SqliteOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return SqliteFile::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type(kType);
    SqliteFile file = TRY(SqliteFile::open(part));
    return Reader(file, part.size(), budget, sink).read();
  }
};

}  // namespace

const Opener* sqlite_opener() {
  static const SqliteOpener opener;
  return &opener;
}

}  // namespace careo
