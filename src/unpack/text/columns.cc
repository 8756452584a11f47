// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/columns.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::uint64_t kHeadLetters = 80;  // of a name: longer ones are prose

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What stands around a number: signs and currencies, and the space that parts them.
std::string_view without_signs(std::string_view cell) {
  constexpr auto kSigns =
      std::to_array<std::string_view>({"+", "-", "−", "$", "€", "£", "₽", "₴", "%", " ", "\u00A0"});
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view sign : kSigns) {
      const bool before = cell.starts_with(sign);
      if (!before && !cell.ends_with(sign)) continue;
      before ? cell.remove_prefix(sign.size()) : cell.remove_suffix(sign.size());
      again = true;
    }
  }
  return cell;
}

/// Digits; groups of three behind points, commas, spaces or apostrophes; decimals; an exponent.
bool is_number(std::string_view cell) {
  if (cell.starts_with('(') && cell.ends_with(')'))
    cell = cell.substr(1, cell.size() - 2);  // as accountants write less
  cell = without_signs(cell);
  if (cell.empty() || cell.size() > 40 || !is_digit(cell.back())) return false;
  if (const std::size_t exponent = cell.find_first_of("eE"); exponent != cell.npos && exponent > 0) {
    std::string_view power = cell.substr(exponent + 1);
    if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
    if (power.empty() || power.size() > 3 || !std::all_of(power.begin(), power.end(), is_digit)) return false;
    cell = cell.substr(0, exponent);
  }
  std::size_t marks = 0;
  std::size_t run = 0;
  char first = 0;
  char last = 0;
  for (const char c : cell) {
    if (is_digit(c)) {
      ++run;
      continue;
    }
    if (c != '.' && c != ',' && c != ' ' && c != '\'') return false;
    // A second mark of another kind is the decimal point; of the same kind it parts groups of three.
    if (marks > 0 && run != 3) return false;
    if (marks == 0) first = c;
    ++marks;
    last = c;
    run = 0;
    if (marks > 1 && c != first && c != '.' && c != ',') return false;
  }
  return run == 3 || (last != ' ' && last != '\'');
}

/// Reads up to `most` digits; 0 where there is none.
std::size_t digits(std::string_view* text, std::size_t most) {
  std::size_t count = 0;
  while (count < most && count < text->size() && is_digit((*text)[count])) ++count;
  text->remove_prefix(count);
  return count;
}

bool is_time(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  if (digits(&text, 2) == 0 || !text.starts_with(':')) return false;
  text.remove_prefix(1);
  if (digits(&text, 2) != 2) return false;
  if (text.empty()) return true;
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  if (digits(&text, 2) != 2) return false;
  if (!text.starts_with('.')) return text.empty() || text.starts_with('+') || text.starts_with('-');
  return std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool is_date(std::string_view cell) {
  if (is_time(cell)) return true;
  const std::size_t first = digits(&cell, 4);
  if (first == 0 || first == 3 || cell.empty()) return false;
  const char mark = cell.front();
  if (mark != '-' && mark != '.' && mark != '/') return false;
  cell.remove_prefix(1);
  const std::size_t second = digits(&cell, 2);
  if (second == 0 || !cell.starts_with(mark)) return false;
  cell.remove_prefix(1);
  const std::size_t third = digits(&cell, 4);
  if (first == 4 ? third == 0 || third > 2 : third != 2 && third != 4) return false;
  if (cell.empty()) return true;
  return (cell.front() == ' ' || cell.front() == 'T') && is_time(cell.substr(1));
}

}  // namespace

std::string_view name_of(CellType type) {
  constexpr auto kNames = std::to_array<std::string_view>({"empty", "number", "date", "truth", "text"});
  return kNames[static_cast<std::size_t>(type)];
}

CellType type_of_cell(std::string_view cell) {
  cell = trim(cell);
  if (cell.empty()) return CellType::Empty;
  if (equal_ignoring_case(cell, "true") || equal_ignoring_case(cell, "false")) return CellType::Truth;
  if (is_date(cell)) return CellType::Date;
  return is_number(cell) ? CellType::Number : CellType::Text;
}

void Columns::cell(std::string_view text) {
  if (in_row_++ >= Most) {
    filled_ = filled_ || !trim(text).empty();
    return;
  }
  const CellType type = type_of_cell(text);
  filled_ = filled_ || type != CellType::Empty;
  std::string_view head = rows_ == 0 ? trim(text) : std::string_view{};
  head = head.substr(0, offset_of_code_point(head, kHeadLetters));
  row_.emplace_back(head, type);
}

void Columns::end_row() {
  if (filled_) {
    even_ = even_ && (rows_ == 0 || in_row_ == width_);
    width_ = std::max(width_, in_row_);
    if (columns_.size() < row_.size()) columns_.resize(row_.size());
    for (std::size_t i = 0; i < row_.size(); ++i) {
      Column& column = columns_[i];
      if (rows_ == 0) {
        column.head = std::move(row_[i].first);
        column.head_type = row_[i].second;
      } else {
        ++column.cells[static_cast<std::size_t>(row_[i].second)];
      }
    }
    ++rows_;
  }
  row_.clear();
  in_row_ = 0;
  filled_ = false;
}

// The type that nearly all of its filled cells have: a stray note in a column of numbers leaves it one.
CellType Columns::Column::type() const {
  if (filled() == 0) return CellType::Empty;
  const auto most = std::max_element(cells.begin() + 1, cells.end());
  return *most * 10 >= filled() * 9 ? static_cast<CellType>(most - cells.begin()) : CellType::Text;
}

// Names are text, and there are at least two rows of what they name.
bool Columns::has_heads() const {
  if (named_ || rows_ < 3) return named_;
  const auto is_name = [](const Column& column) {
    return column.head_type == CellType::Text || column.head_type == CellType::Empty;
  };
  const auto named = std::count_if(columns_.begin(), columns_.end(), [](const Column& c) { return !c.head.empty(); });
  return static_cast<std::size_t>(named) * 2 > columns_.size() &&
         std::all_of(columns_.begin(), columns_.end(), is_name);
}

Reading Columns::reading(std::string_view reader, JsonWriter* json) const {
  const bool heads = has_heads();
  json->member("rows", static_cast<std::int64_t>(rows_)).member("width", static_cast<std::int64_t>(width_));
  json->key("heads").boolean(heads).key("columns").array();
  for (Column column : columns_) {
    if (!heads) ++column.cells[static_cast<std::size_t>(column.head_type)];
    const CellType type = column.type();
    const std::uint64_t filled = column.filled();
    json->object();
    if (heads && !column.head.empty()) json->member("name", column.head);
    json->member("type", name_of(type)).member("filled", static_cast<std::int64_t>(filled));
    const std::uint64_t other = filled - (filled == 0 ? 0 : column.cells[static_cast<std::size_t>(type)]);
    if (other > 0) json->member("other", static_cast<std::int64_t>(other));
    json->end();
  }
  json->end().end();
  Reading out;
  out.kind = "table";
  out.value = json->take();
  out.reader = reader;
  return out;
}

Reading Columns::of_text(std::string_view reader, char separator) const {
  JsonWriter json;
  json.object().member("separator", std::string_view(&separator, 1));
  Reading out = reading(reader, &json);
  out.grade = even_ ? Grade::Checked : Grade::Unconfirmed;
  return out;
}

Reading Columns::of_sheet(std::string_view reader, std::uint32_t number, std::string_view name, bool hidden) const {
  JsonWriter json;
  json.object().member("sheet", name);
  if (hidden) json.key("hidden").boolean(true);
  Reading out = reading(reader, &json);
  out.region.page = number;
  out.grade = Grade::Checked;
  return out;
}

Columns columns_of_lines(std::string_view text) {
  Columns out;
  for (std::string_view line : split(text, '\n')) {
    while (line.ends_with('\t')) line.remove_suffix(1);
    for (const std::string_view cell : split(line, '\t')) out.cell(cell);
    out.end_row();
  }
  return out;
}

}  // namespace careo
