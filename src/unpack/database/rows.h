// SPDX-License-Identifier: Apache-2.0
// Rows of a database as lines of text, their blobs as children. One writer a part, one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unpack/account.h"
#include "unpack/database/file.h"
#include "unpack/database/schema.h"
#include "unpack/member.h"
#include "unpack/text_writer.h"

namespace careo {

/// A row of the table of all tables (fileformat2 2.6).
struct SchemaRow {
  std::string type, name, sql;
  std::uint32_t root = 0;
};
std::optional<SchemaRow> schema_row(const SqliteRow& row, SqliteFile::Encoding encoding);

/// Without what would end a cell or a line.
std::string one_cell(std::string text);

class RowWriter {
 public:
  RowWriter(std::string_view reader, std::uint64_t size, const Budget& budget, Sink& sink)
      : size_(size), budget_(budget), sink_(sink), texts_(reader, budget, sink), writer_(&sink, budget, size) {}

  /// Its cells between tabs. Blobs of 32 bytes and more become children called "<table> <rowid> <column>", with `which`
  /// instead of the id where that is not known.
  Result<std::string> line(std::string_view table, const SqliteTable& layout, const SqliteRow& row,
                           SqliteFile::Encoding encoding, std::string_view which = {});
  /// What stands behind the database, as a child.
  Result<void> behind(ByteRun run, Bytes head);
  /// A text of this part, cut where all of them are more than the budget allows.
  Result<void> give(std::string text, std::uint32_t number, Grade grade) {
    return texts_.give(std::move(text), number, grade);
  }
  Account& account() { return account_; }
  /// Tells what limits left out, and whose the bytes are.
  void settle();

 private:
  Result<std::string> cell(std::string_view table, const SqliteTable& layout, const SqliteRow& row, std::size_t i,
                           SqliteFile::Encoding encoding, std::string_view which);
  Result<void> blob(const SqliteValue& value, std::string name);
  Result<void> pour(Child child, Bytes bytes);

  std::uint64_t size_;
  const Budget& budget_;
  Sink& sink_;
  TextWriter texts_;
  MemberWriter writer_;
  Account account_;
  std::string over_;
};

}  // namespace careo
