// SPDX-License-Identifier: Apache-2.0
#include "unpack/database/deleted.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kMostColumns = 2000;  // SQLite's own limit, unless built otherwise
/// A table of one or two columns leaves little to be held against each other: then only words are believed.
constexpr std::size_t kFewColumns = 3;
constexpr std::size_t kWord = 4;

/// The serial types of a record and where its values begin.
struct Shape {
  std::vector<std::uint64_t> types;
  std::size_t values = 0;    ///< where they begin, in the page
  std::uint64_t length = 0;  ///< of all of them
  std::size_t end() const { return values + length; }
};

/// Types from `at` to `end`, or, where that is not known (0), `count` of them.
std::optional<Shape> shape_at(Bytes page, std::size_t at, std::size_t end, std::size_t count, std::size_t limit) {
  Shape out;
  while (end != 0 ? at < end : out.types.size() < count) {
    if (at >= limit || out.types.size() == count) return std::nullopt;
    const std::uint64_t type = sqlite_varint(page, &at);
    if (type == 10 || type == 11) return std::nullopt;  // kept for the program itself
    out.types.push_back(type);
    const std::uint64_t length = sqlite_length_of(type);
    if (length > UINT32_MAX) return std::nullopt;
    out.length += length;
  }
  if (end != 0 && at != end) return std::nullopt;
  out.values = at;
  return out;
}

class Carver {
 public:
  Carver(const SqliteFile& file, Bytes page, const SqliteTable& layout, std::uint64_t* effort)
      : file_(file), page_(page), columns_(layout.columns.size()), effort_(effort) {
    rowid_first_ = columns_ > 0 && layout.columns[0].is_rowid;
  }

  std::vector<DeletedRow> carve(const SqliteRoom& room) {
    std::vector<DeletedRow> out;
    if (columns_ == 0 || columns_ > kMostColumns) return out;
    bool headless = room.freed;
    for (std::size_t at = room.begin; at + 4 < room.end && *effort_ > 0; --*effort_) {
      std::size_t behind = 0;
      std::optional<DeletedRow> row = whole(at, room.end, &behind);
      const std::size_t end = headless ? room.end : was_freed_to(at, room.end);
      if (!row && end > at) row = without_head(at, end, &behind);
      headless = row && room.freed;
      at = row ? behind : at + 1;
      if (row) out.push_back(std::move(*row));
    }
    return out;
  }

 private:
  /// Room that was freed, and then given back as a whole, keeps the four bytes that were written into it: the next such
  /// place, and a length. Where it ends, 0 where these bytes are none.
  std::size_t was_freed_to(std::size_t at, std::size_t end) const {
    const std::uint64_t next = sqlite_number(page_, at, 2);
    const std::uint64_t size = sqlite_number(page_, at + 2, 2);
    const bool fits = size > 4 && size <= end - at && (next == 0 || (next > at && next + 4 <= page_.size()));
    return fits ? at + size : 0;
  }

  /// A cell that nothing was written over: its length, the row's id, a record.
  std::optional<DeletedRow> whole(std::size_t at, std::size_t end, std::size_t* behind) const {
    const std::uint64_t size = sqlite_varint(page_, &at);
    DeletedRow out;
    out.has_rowid = true;
    out.row.rowid = static_cast<std::int64_t>(sqlite_varint(page_, &at));
    const std::size_t record = at;
    const std::uint64_t head = sqlite_varint(page_, &at);
    if (size < 2 || size > UINT32_MAX || head < 2 || head > size || head > end - std::min(end, record))
      return std::nullopt;
    *effort_ -= std::min<std::uint64_t>({*effort_ - 1, head, columns_});
    const std::optional<Shape> shape = shape_at(page_, at, record + head, columns_, end);
    if (!shape || shape->types.empty() || shape->end() != record + size) return std::nullopt;
    // A column that was added later is not in rows that are older.
    if (shape->types.size() < columns_ && columns_ - shape->types.size() > shape->types.size()) return std::nullopt;
    const std::size_t local = record + file_.local_length(size, false);
    if (local > end || !believed(*shape, local)) return std::nullopt;
    *behind = local + (local < record + size ? 4 : 0);
    out.cut = local < record + size;
    out.row.values = values(*shape, local, 0);
    return out;
  }

  /// Four bytes are lost: the length and the id, and as much of the record's head as they took with them.
  std::optional<DeletedRow> without_head(std::size_t at, std::size_t end, std::size_t* behind) const {
    *effort_ -= std::min<std::uint64_t>(*effort_ - 1, 3 * columns_);
    std::size_t types = at + 4;
    const std::size_t head_at = types;
    const std::uint64_t head = sqlite_varint(page_, &types);
    if (head >= 2 && head <= end - head_at)
      if (auto row = from(shape_at(page_, types, head_at + head, columns_, end), 0, end, behind)) return row;
    // Then the head's length is among them, and perhaps the first column's type: of a row's own id that is a NULL.
    if (auto row = from(shape_at(page_, at + 4, 0, columns_, end), 0, end, behind)) return row;
    const std::optional<Shape> others = shape_at(page_, at + 4, 0, columns_ - 1, end);
    return rowid_first_ ? from(others, 1, end, behind) : with_first(others, end, behind);
  }

  /// The first value is what the others leave of the freed bytes: a text where it reads as one. Of a number its bytes
  /// alone do not tell whether it is whole, so it is left out.
  std::optional<DeletedRow> with_first(std::optional<Shape> others, std::size_t end, std::size_t* behind) const {
    if (!others || others->end() > end) return std::nullopt;
    const std::uint64_t left = end - others->end();
    const Bytes first = slice(page_, others->values, left);
    const bool text = left > 0 && reads_as_text(first, false) &&
                      std::none_of(first.begin(), first.end(), [](std::uint8_t byte) { return byte < 9; });
    if (!text && left > 8) return std::nullopt;
    others->types.insert(others->types.begin(), text ? 13 + 2 * left : 12 + 2 * left);
    others->length += left;
    std::optional<DeletedRow> out = from(others, 0, end, behind);
    if (out && !text) out->row.values[0] = {};
    return out;
  }

  std::optional<DeletedRow> from(const std::optional<Shape>& shape, std::size_t lost, std::size_t end,
                                 std::size_t* behind) const {
    if (!shape || shape->types.empty() || shape->end() > end || !has_word(*shape) || !believed(*shape, shape->end()))
      return std::nullopt;
    if (lost == 0 && rowid_first_ && shape->types[0] != 0) return std::nullopt;  // the id itself is never in a record
    // Bytes that no text speaks for make a row of anything: then only one that fills what was freed is believed.
    const bool blob = std::any_of(shape->types.begin(), shape->types.end(),
                                  [](std::uint64_t type) { return type >= 14 && type % 2 == 0; });
    if (blob && shape->end() != end) return std::nullopt;
    *behind = shape->end();
    DeletedRow out;
    out.row.values = values(*shape, shape->end(), lost);
    return out;
  }

  bool has_word(const Shape& shape) const {
    return std::any_of(shape.types.begin(), shape.types.end(), [](std::uint64_t type) {
      return type >= 13 && type % 2 == 1 && sqlite_length_of(type) >= kWord;
    });
  }

  /// Texts are texts, as far as they stand before `end`.
  bool believed(const Shape& shape, std::size_t end) const {
    if (columns_ < kFewColumns && !has_word(shape)) return false;
    std::size_t at = shape.values;
    bool any = false;
    for (const std::uint64_t type : shape.types) {
      const std::size_t there = std::min<std::size_t>(sqlite_length_of(type), end - std::min(end, at));
      const bool text = type >= 13 && type % 2 == 1;
      any = any || type != 0;
      if (text && !reads_as_text(slice(page_, at, there), there < sqlite_length_of(type))) return false;
      at += there;
    }
    return any;
  }

  bool reads_as_text(Bytes bytes, bool cut) const {
    if (file_.encoding() != SqliteFile::Encoding::Utf8) return bytes.size() % 2 == 0 || cut;
    const std::string_view text = text_of(bytes);
    if (text.find('\0') != text.npos) return false;
    // Where it is cut, a letter may be.
    for (std::size_t less = 0; less <= (cut ? 3U : 0U) && less <= text.size(); ++less)
      if (is_utf8(text.substr(0, text.size() - less))) return true;
    return false;
  }

  std::vector<SqliteValue> values(const Shape& shape, std::size_t end, std::size_t lost) const {
    std::vector<SqliteValue> out(lost);
    std::size_t at = shape.values;
    for (const std::uint64_t type : shape.types) {
      const std::uint64_t length = sqlite_length_of(type);
      // A number that stands in another page is not known; of a text its beginning is.
      const bool known = type >= 12 || at + length <= end;
      out.push_back(known ? sqlite_value_of(type, page_.first(end), {}, std::min(at, end)) : SqliteValue{});
      at += length;
    }
    return out;
  }

  const SqliteFile& file_;
  Bytes page_;
  std::size_t columns_;
  std::uint64_t* effort_;
  bool rowid_first_ = false;
};

}  // namespace

std::vector<SqliteRoom> sqlite_rooms(Bytes page, std::size_t begin, std::uint32_t usable) {
  std::vector<SqliteRoom> out;
  const std::uint64_t end = std::min<std::uint64_t>(usable, page.size());
  const std::uint64_t pointers = begin + 8 + 2 * sqlite_number(page, begin + 3, 2);
  std::uint64_t content = sqlite_number(page, begin + 5, 2);
  if (content == 0) content = 65536;
  if (pointers < content && content <= end) out.push_back({pointers, content, false});
  std::uint64_t last = begin;
  for (std::uint64_t at = sqlite_number(page, begin + 1, 2); at > last && at + 4 <= end;) {
    const std::uint64_t size = sqlite_number(page, at + 2, 2);
    if (size >= 4 && at + size <= end) out.push_back({at, at + size, true});
    last = at;
    at = sqlite_number(page, at, 2);
  }
  return out;
}

std::vector<DeletedRow> deleted_rows(const SqliteFile& file, Bytes page, const SqliteRoom& room,
                                     const SqliteTable& layout, std::uint64_t* effort) {
  const Bytes usable = page.first(std::min<std::size_t>(page.size(), file.usable()));
  return room.end > usable.size() ? std::vector<DeletedRow>{} : Carver(file, usable, layout, effort).carve(room);
}

}  // namespace careo
