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
/// Two numbers of nine bytes at most (section 1.6), of which four are written over.
constexpr std::size_t kLongestCellHead = 17;

/// The serial types of a record and where its values begin.
struct Shape {
  std::vector<std::uint64_t> types;
  std::size_t record = 0;    ///< where it begins, in the page
  std::size_t values = 0;    ///< where they begin
  std::uint64_t length = 0;  ///< of all of them
  std::uint64_t size() const { return values - record + length; }
  std::uint64_t end() const { return values + length; }
};

/// Types from `at` to `end`, or, where that is not known (0), `count` of them, of a record that begins at `record`.
std::optional<Shape> shape_at(Bytes page, std::size_t record, std::size_t at, std::size_t end, std::size_t count,
                              std::size_t limit) {
  Shape out;
  out.record = record;
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
  Carver(const SqliteFile& file, std::uint32_t number, Bytes page, const SqliteTable& layout, FreedOverflow& overflow,
         std::uint64_t* effort)
      : file_(file),
        offset_(file.offset_of(number).value_or(0)),
        page_(page),
        columns_(layout.columns.size()),
        overflow_(overflow),
        effort_(effort) {
    rowid_first_ = columns_ > 0 && layout.columns[0].is_rowid;
    index_ = !layout.has_rowid;
  }

  Result<std::vector<DeletedRow>> carve(const SqliteRoom& room) {
    std::vector<DeletedRow> out;
    if (columns_ == 0 || columns_ > kMostColumns) return out;
    bool headless = room.freed;
    for (std::size_t at = room.begin; at + 4 < room.end && *effort_ > 0; --*effort_) {
      std::optional<Found> found = whole(at, room.end);
      const std::size_t end = headless ? room.end : was_freed_to(at, room.end);
      if (!found && end > at && (headless || !whole_behind(at, room.end))) found = without_head(at, end);
      headless = found && room.freed;
      at = found ? found->behind : at + 1;
      if (found) out.push_back(TRY(row_of(*found)));
    }
    return out;
  }

 private:
  struct Found {
    Shape shape;
    std::optional<std::int64_t> rowid;
    std::size_t lost = 0;    // columns before those of the shape
    std::size_t unsure = 0;  // values, the first ones, that are not told
    std::size_t behind = 0;  // where it ends in the page
  };

  /// Room that was freed, and then given back as a whole, keeps the four bytes that were written into it: the next such
  /// place, and a length. Where it ends, 0 where these bytes are none.
  std::size_t was_freed_to(std::size_t at, std::size_t end) const {
    const std::uint64_t next = sqlite_number(page_, at, 2);
    const std::uint64_t size = sqlite_number(page_, at + 2, 2);
    const bool fits = size > 4 && size <= end - at && (next == 0 || (next > at && next + 4 <= page_.size()));
    return fits ? at + size : 0;
  }

  /// Zeros and the length of a cell behind them look like the four bytes that were written into a freed one.
  bool whole_behind(std::size_t at, std::size_t end) const {
    return whole(at + 1, end) || whole(at + 2, end) || whole(at + 3, end);
  }

  /// A cell that nothing was written over: its length, the row's id, a record.
  std::optional<Found> whole(std::size_t at, std::size_t end) const {
    const std::uint64_t size = sqlite_varint(page_, &at);
    Found out;
    if (!index_) out.rowid = static_cast<std::int64_t>(sqlite_varint(page_, &at));
    const std::size_t record = at;
    const std::uint64_t head = sqlite_varint(page_, &at);
    if (size < 2 || size > UINT32_MAX || head < 2 || head > size || head > end - std::min(end, record))
      return std::nullopt;
    *effort_ -= std::min<std::uint64_t>({*effort_ - 1, head, columns_});
    std::optional<Shape> shape = shape_at(page_, record, at, record + head, columns_, end);
    if (!shape || shape->types.empty() || shape->size() != size) return std::nullopt;
    // A column that was added later is not in rows that are older.
    if (shape->types.size() < columns_ && columns_ - shape->types.size() > shape->types.size()) return std::nullopt;
    out.shape = std::move(*shape);
    if (!ends_before(&out, end)) return std::nullopt;
    return out;
  }

  /// Four bytes are lost: the length and the id, and as much of the record's head as they took with them.
  std::optional<Found> without_head(std::size_t at, std::size_t end) const {
    *effort_ -= std::min<std::uint64_t>(*effort_ - 1, 4 * columns_);
    if (index_) return without_head_of_index(at, end);
    if (auto found = from(with_length(at + 4, end), end)) return found;
    // Of a long id, or one behind a long length, the last bytes are left (section 1.6: all but the last have their
    // first bit set).
    std::size_t id = at + 4;
    while (id < end && id < at + kLongestCellHead && page_[id] >= 0x80) ++id;
    if (auto shape = with_length(id + 1, end); shape && shape->types.size() == columns_)
      if (auto found = from(std::move(shape), end)) return found;
    // Then the head's length is among them, and perhaps the first column's type: of a row's own id that is a NULL.
    if (auto found = from(shape_at(page_, at + 3, at + 4, 0, columns_, end), end)) return found;
    std::optional<Shape> others = shape_at(page_, at + 2, at + 4, 0, columns_ - 1, end);
    return rowid_first_ ? from(std::move(others), end, 1) : with_first(std::move(others), end);
  }

  /// Without a row's id the cell's length alone stands before its record. Of one byte, it took the record's head and
  /// the first two types with it; what these columns held is not told, since nothing parts it. Of two bytes the second
  /// type is left, of three both are.
  std::optional<Found> without_head_of_index(std::size_t at, std::size_t end) const {
    constexpr std::size_t kTwoBytes = 1U << 7U;  // from that length on
    constexpr std::size_t kThreeBytes = 1U << 14U;
    if (end - at - 1 >= kTwoBytes) {
      std::optional<Shape> all = shape_at(page_, at + 3, at + 4, 0, columns_, end);
      if (all && all->size() >= kThreeBytes) return from(std::move(all), end);
      std::optional<Found> out = with_first(shape_at(page_, at + 2, at + 4, 0, columns_ - 1, end), end);
      return out && out->shape.size() >= kTwoBytes ? out : std::nullopt;
    }
    if (columns_ < kFewColumns) return std::nullopt;
    std::optional<Shape> others = shape_at(page_, at + 1, at + 4, 0, columns_ - 2, end);
    if (!others || others->end() > end) return std::nullopt;
    others->values = end - others->length;
    return from(std::move(others), end, 2);
  }

  /// A record that begins with the length of its head.
  std::optional<Shape> with_length(std::size_t record, std::size_t end) const {
    std::size_t types = record;
    const std::uint64_t head = sqlite_varint(page_, &types);
    if (record >= end || head < 2 || head > end - record) return std::nullopt;
    return shape_at(page_, record, types, record + head, columns_, end);
  }

  /// The first value is what the others leave of the freed bytes: a text where it reads as one. Of a number its bytes
  /// alone do not tell whether it is whole, so it is left out.
  std::optional<Found> with_first(std::optional<Shape> others, std::size_t end) const {
    if (!others || others->end() > end) return std::nullopt;
    const std::uint64_t left = end - others->end();
    const Bytes first = slice(page_, others->values, left);
    const bool text = left > 0 && reads_as_text(first, false) &&
                      std::none_of(first.begin(), first.end(), [](std::uint8_t byte) { return byte < 9; });
    if (!text && left > 8) return std::nullopt;
    others->types.insert(others->types.begin(), text ? 13 + 2 * left : 12 + 2 * left);
    others->length += left;
    std::optional<Found> out = from(std::move(others), end);
    if (out && !text) out->unsure = 1;
    return out;
  }

  std::optional<Found> from(std::optional<Shape> shape, std::size_t end, std::size_t lost = 0) const {
    if (!shape || shape->types.empty() || !has_word(*shape)) return std::nullopt;
    if (lost == 0 && rowid_first_ && shape->types[0] != 0) return std::nullopt;  // the id itself is never in a record
    // Bytes that no text speaks for make a row of anything: then only one that fills what was freed is believed.
    const bool blob = std::any_of(shape->types.begin(), shape->types.end(),
                                  [](std::uint64_t type) { return type >= 14 && type % 2 == 0; });
    Found out;
    out.lost = lost;
    out.shape = std::move(*shape);
    if (!ends_before(&out, end) || (blob && out.behind != end)) return std::nullopt;
    return out;
  }

  /// Where what stands of it in this page ends.
  std::size_t here(const Shape& shape) const { return shape.record + file_.local_length(shape.size(), index_); }

  /// Before `end`, with the number of the page in which it goes on; and its texts are texts.
  bool ends_before(Found* found, std::size_t end) const {
    const Shape& shape = found->shape;
    const std::size_t here = this->here(shape);
    const bool goes_on = here < shape.end();
    found->behind = here + (goes_on ? 4 : 0);
    if (found->behind > end || here < shape.values || (goes_on && !overflow_.may(next_page(here)))) return false;
    return believed(shape.types, slice(page_, shape.values, here - shape.values));
  }

  std::uint32_t next_page(std::size_t at) const { return static_cast<std::uint32_t>(sqlite_number(page_, at, 4)); }

  bool has_word(const Shape& shape) const {
    return std::any_of(shape.types.begin(), shape.types.end(), [](std::uint64_t type) {
      return type >= 13 && type % 2 == 1 && sqlite_length_of(type) >= kWord;
    });
  }

  /// Texts are texts, as far as they stand in `values`.
  bool believed(const std::vector<std::uint64_t>& types, Bytes values) const {
    std::size_t at = 0;
    bool any = false;
    bool word = false;
    for (const std::uint64_t type : types) {
      const std::uint64_t length = sqlite_length_of(type);
      const Bytes there = slice(values, at, length);
      const bool text = type >= 13 && type % 2 == 1;
      any = any || type != 0;
      word = word || (text && length >= kWord);
      if (text && !reads_as_text(there, there.size() < length)) return false;
      at += there.size();
    }
    return any && (word || columns_ >= kFewColumns);
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

  Result<DeletedRow> row_of(const Found& found) {
    const Shape& shape = found.shape;
    const std::size_t end = std::min<std::uint64_t>(here(shape), shape.end());
    const Bytes first = slice(page_, shape.values, end - shape.values);
    SqlitePayload payload{{first.begin(), first.end()}, {{offset_ + shape.values, first.size()}}, true};
    DeletedRow out;
    if (end < shape.end()) {
      FreedOverflow::Rest rest = TRY(overflow_.from(next_page(end), shape.end() - end, effort_));
      out.row.beginning = sqlite_beginning(first, shape.size());
      payload.bytes.insert(payload.bytes.end(), rest.payload.bytes.begin(), rest.payload.bytes.end());
      payload.runs.insert(payload.runs.end(), rest.payload.runs.begin(), rest.payload.runs.end());
      const bool fits =
          (rest.payload.whole || payload.bytes.size() < shape.length) && believed(shape.types, payload.bytes);
      out.pages = std::move(rest.pages);
      if (!fits) {
        out.pages.clear();
        payload.bytes.resize(first.size());
        payload.runs.resize(1);
      }
      out.cut = payload.bytes.size() < shape.length;
    }
    out.has_rowid = found.rowid.has_value();
    out.row.rowid = found.rowid.value_or(0);
    out.row.values = values(found, payload);
    return out;
  }

  static std::vector<SqliteValue> values(const Found& found, const SqlitePayload& payload) {
    std::vector<SqliteValue> out(found.lost);
    std::uint64_t at = 0;
    for (const std::uint64_t type : found.shape.types) {
      const std::uint64_t length = sqlite_length_of(type);
      // A number that stands in another page is not known; of a text its beginning is.
      const bool known = out.size() >= found.unsure && (type >= 12 || at + length <= payload.bytes.size());
      out.push_back(known ? sqlite_value_of(type, payload.bytes, payload.runs, at) : SqliteValue{});
      at += length;
    }
    return out;
  }

  const SqliteFile& file_;
  std::uint64_t offset_;  // of the page, in the file
  Bytes page_;
  std::size_t columns_;
  FreedOverflow& overflow_;
  std::uint64_t* effort_;
  bool rowid_first_ = false;
  bool index_ = false;  // a table without rowids is kept as an index is (section 2.4)
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

Result<std::vector<DeletedRow>> deleted_rows(const SqliteFile& file, std::uint32_t number, Bytes page,
                                             const SqliteRoom& room, const SqliteTable& layout, FreedOverflow& overflow,
                                             std::uint64_t* effort) {
  const Bytes usable = page.first(std::min<std::size_t>(page.size(), file.usable()));
  if (room.end > usable.size()) return std::vector<DeletedRow>{};
  return Carver(file, number, usable, layout, overflow, effort).carve(room);
}

}  // namespace careo
