// SPDX-License-Identifier: Apache-2.0
#include "resolve/table.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

char separator_of(std::string_view first_line) {
  char best = ',';
  for (const char each : {',', ';', '\t'}) {
    if (std::count(first_line.begin(), first_line.end(), each) >
        std::count(first_line.begin(), first_line.end(), best)) {
      best = each;
    }
  }
  return best;
}

/// Reads cell by cell; `at` stands behind the cell's separator or line end afterwards.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text), separator_(separator_of(text.substr(0, text.find('\n')))) {}
  bool done() const { return at_ >= text_.size(); }
  bool closed() const { return closed_; }
  std::vector<std::string> line();

 private:
  std::string cell(bool* last);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  bool closed_ = true;
};

std::string CsvReader::cell(bool* last) {
  std::string out;
  const bool quoted = at_ < text_.size() && text_[at_] == '"';
  if (quoted) {
    ++at_;
    closed_ = false;
    while (at_ < text_.size() && !closed_) {
      if (text_[at_] != '"') {
        out.push_back(text_[at_++]);
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        out.push_back('"');
        at_ += 2;
      } else {
        closed_ = true;
        ++at_;
      }
    }
  }
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
    if (text_[at_] != '\r') out.push_back(text_[at_]);
    ++at_;
  }
  *last = at_ >= text_.size() || text_[at_] == '\n';
  if (at_ < text_.size()) ++at_;
  return out;
}

std::vector<std::string> CsvReader::line() {
  std::vector<std::string> out;
  for (bool last = false; !last;) out.push_back(cell(&last));
  return out;
}

bool is_blank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return trim(cell).empty(); });
}

/// All lines; false where a quoted cell was never closed.
bool read_lines(std::string_view text, std::vector<std::vector<std::string>>* out) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvReader reader(text);
  while (!reader.done()) {
    std::vector<std::string> cells = reader.line();
    if (!is_blank(cells)) out->push_back(std::move(cells));
  }
  return reader.closed();
}

}  // namespace

std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  read_lines(text, &out);
  return out;
}

Result<std::vector<IdentityRecord>> records_of_table(std::string_view csv) {
  if (!is_utf8(csv)) return fail(Fault::Malformed, "the table is not UTF-8");
  std::vector<std::vector<std::string>> rows;
  if (!read_lines(csv, &rows)) return fail(Fault::Malformed, "the table ends inside a quoted cell");
  if (rows.empty()) return fail(Fault::Malformed, "the table is empty");
  std::vector<IdentityRecord> out;
  bool known = false;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    out.push_back(record_of_row(rows[0], rows[row], row));
    known = known || !out.back().fields.empty();
  }
  if (!out.empty() && !known)
    return fail(Fault::Malformed, "no column of the table is known; see docs/formats/persons.md");
  return out;
}

}  // namespace careo
