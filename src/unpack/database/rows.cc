// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

/// Shorter blobs are numbers and keys: they stand in the text, in hexadecimal.
constexpr std::size_t kSmallBlob = 32;

std::string utf8_of_text(Bytes bytes, SqliteFile::Encoding encoding) {
  using Encoding = SqliteFile::Encoding;
  if (encoding == Encoding::Utf8) return clean_utf8(text_of(bytes)).text;
  std::string out;
  append_decoded(bytes, encoding == Encoding::Utf16Le ? "utf-16le" : "utf-16be", &out);
  return out;
}

std::string text_of_value(const SqliteValue& value, SqliteFile::Encoding encoding) {
  using Kind = SqliteValue::Kind;
  switch (value.kind) {
    case Kind::Null: return {};
    case Kind::Integer: return std::to_string(value.integer);
    case Kind::Real: return fmt::format("{:.15g}", value.real);
    case Kind::Text: return utf8_of_text(value.bytes, encoding);
    case Kind::Blob: break;
  }
  std::string out;
  for (const std::uint8_t byte : value.bytes) out += fmt::format("{:02x}", byte);
  return out;
}

}  // namespace

std::optional<SchemaRow> schema_row(const SqliteRow& row, SqliteFile::Encoding encoding) {
  if (row.values.size() < 5) return std::nullopt;
  SchemaRow out;
  out.type = text_of_value(row.values[0], encoding);
  out.name = text_of_value(row.values[1], encoding);
  out.root = static_cast<std::uint32_t>(std::clamp<std::int64_t>(row.values[3].integer, 0, UINT32_MAX));
  out.sql = text_of_value(row.values[4], encoding);
  return out;
}

std::string one_cell(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

Result<std::string> RowWriter::line(std::string_view table, const SqliteTable& layout, const SqliteRow& row,
                                    SqliteFile::Encoding encoding, std::string_view which) {
  std::string out;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (i > 0) out += '\t';
    out += TRY(cell(table, layout, row, i, encoding, which));
  }
  return out;
}

Result<std::string> RowWriter::cell(std::string_view table, const SqliteTable& layout, const SqliteRow& row,
                                    std::size_t i, SqliteFile::Encoding encoding, std::string_view which) {
  const SqliteValue& value = row.values[i];
  if (value.kind == SqliteValue::Kind::Null && i < layout.columns.size() && layout.columns[i].is_rowid)
    return std::to_string(row.rowid);
  if (value.kind != SqliteValue::Kind::Blob || value.bytes.size() < kSmallBlob)
    return one_cell(text_of_value(value, encoding));
  const std::string column = i < layout.columns.size() ? layout.columns[i].name : std::to_string(i + 1);
  const bool cut = value.bytes.size() < value.length;
  const std::string id = which.empty() ? std::to_string(row.rowid) : std::string(which);
  TRY(blob(value, fmt::format("{} {} {}{}", table, id, column, cut ? " (its beginning)" : "")));
  return cut ? fmt::format("[{} of {} bytes]", value.bytes.size(), value.length)
             : fmt::format("[{} bytes]", value.length);
}

/// What stands in one run is cut out by anyone; what goes on in other pages is named by where it begins.
Result<void> RowWriter::blob(const SqliteValue& value, std::string name) {
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

Result<void> RowWriter::behind(ByteRun run, Bytes head) {
  Child child;
  child.name = "what stands behind the database";
  child.step = Step::range(run.offset, run.length);
  const Result<void> given = writer_.plain(std::move(child), head);
  if (!given && writer_.over().empty()) return given;
  given ? account_.add(Claim::By::Child, run) : account_.unread(run, writer_.over(), sink_);
  return {};
}

Result<void> RowWriter::pour(Child child, Bytes bytes) {
  TRY(writer_.begin(std::move(child)));
  const Result<void> written = writer_.write(bytes);
  TRY(writer_.end());
  return written;
}

void RowWriter::settle() {
  if (!over_.empty()) account_.unread({}, over_, sink_);
  account_.settle(size_, sink_);
}

}  // namespace careo
