// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/excel_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/office/excel_object.h"
#include "unpack/office/hidden_ranges.h"
#include "unpack/office/sheet.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

// [MS-XLS] 2.3.2. The second number of a pair is what Excel 2 calls the record.
enum : std::uint16_t {
  kInteger2 = 0x02,
  kNumber2 = 0x03,
  kLabel2 = 0x04,
  kBoolean2 = 0x05,
  kFormula = 0x06,
  kFormula3 = 0x206,
  kFormula4 = 0x406,
  kResult2 = 0x07,
  kHeader = 0x14,
  kFooter = 0x15,
  kNote = 0x1C,
  kObject = 0x5D,
  kMulRk = 0xBD,
  kRichLabel = 0xD6,
  kSharedLabel = 0xFD,
  kColumns = 0x7D,
  kRow = 0x208,
  kTextBox = 0x1B6,
  kLink = 0x1B8,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolean = 0x205,
  kResult = 0x207,
  kRk = 0x27E,
  kSeriesText = 0x100D,
};

/// A number that only some of its bits are kept of ([MS-XLS] 2.5.218).
double number_of_rk(std::uint32_t rk) {
  const bool whole = (rk & 2U) != 0;
  const double value = whole ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                             : std::bit_cast<double>(std::uint64_t{rk & 0xFFFFFFFCU} << 32U);
  return (rk & 1U) != 0 ? value / 100 : value;
}

std::string_view name_of_error(std::uint8_t code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    case 0x2A: return "#N/A";
    default: return "#ERROR";
  }
}

/// The address of a hyperlink ([MS-OSHARED] 2.3.7.1), "" where it leads inside the workbook.
std::string address_of(Bytes link) {
  constexpr std::uint64_t kPlaces = 8;  // the cells it stands on
  constexpr std::uint32_t kMoniker = 1;
  constexpr std::uint32_t kShown = 0x10;
  constexpr std::uint32_t kFrame = 0x80;
  constexpr std::uint32_t kText = 0x100;
  std::uint64_t at = kPlaces + 16 + 4;
  const std::uint32_t flags = u32_at(link, at);
  at += 4;
  const auto utf8 = [](std::u16string_view units) {
    std::string out;
    for (const char16_t unit : units) {
      if (unit == 0) break;
      append_utf8(&out, unit);
    }
    return clean_utf8(out).text;
  };
  for (const std::uint32_t flag : {kShown, kFrame})
    if ((flags & flag) != 0) at += 4 + std::uint64_t{u32_at(link, at)} * 2;
  if ((flags & kMoniker) == 0) return {};
  if ((flags & kText) != 0) return utf8(units_at(link, at + 4, u32_at(link, at)));
  const std::uint32_t kind = u32_at(link, at);
  at += 16;
  constexpr std::uint32_t kUrl = 0x79EAC9E0;
  constexpr std::uint32_t kFile = 0x00000303;
  if (kind == kUrl) return utf8(units_at(link, at + 4, u32_at(link, at) / 2));
  if (kind != kFile) return {};
  const Bytes path = slice(link, at + 6, u32_at(link, at + 2));
  return clean_utf8(text_of(path).substr(0, text_of(path).find('\0'))).text;
}

}  // namespace

class ExcelSheetReader {
 public:
  ExcelSheetReader(const ExcelBook& book, std::uint64_t most) : book_(book), most_(most) {}

  ExcelSheetText read(const ExcelBook::Sheet& sheet) {
    records(sheet.offset);
    std::string title = clean_utf8(sheet.name).text;
    if (sheet.hidden) title += " [hidden]";
    std::string text = title.empty() ? "" : title + "\n";
    const std::size_t begin = text.size();
    add_rows(&text);
    out_.columns = columns_of_lines(std::string_view(text).substr(begin));
    for (const std::string& line : lines_) text += line + "\n";
    add_notes(&text);
    for (const auto& [object, box] : boxes_) text += box + "\n";
    const std::string columns = hidden_columns_.text(), rows = hidden_rows_.text();
    if (!columns.empty()) text += "[hidden columns: " + columns + "]\n";
    if (!rows.empty()) text += "[hidden rows: " + rows + "]\n";
    out_.utf8 = tidy(text);
    return std::move(out_);
  }

 private:
  struct Cell {
    std::uint32_t place = 0;  // row, then column
    std::uint32_t begin = 0;  // in cells_text_
    std::uint32_t length = 0;
  };
  struct Note {
    std::uint16_t object = 0;
    std::string author;
    std::string text;
  };

  // Charts stand in a sheet as sheets of their own, from their begin to their end.
  void records(std::uint64_t offset) {
    BiffRecords records(book_.stream(), offset);
    BiffRecord record;
    unsigned depth = 0;
    bool ended = false;
    while (!ended && !out_.cut && records.next(&record)) {
      const bool begins = record.type == kBiffBegin || record.type == kBiffBegin2 || record.type == kBiffBegin3 ||
                          record.type == kBiffBegin4;
      if (!begins && depth == 0) break;
      if (begins) {
        ++depth;
      } else if (record.type == kBiffEnd) {
        ended = --depth == 0;
      } else {
        take(record, depth > 1);
      }
    }
    out_.end = records.position();
    if (!ended && !out_.cut) out_.damage.insert(depth == 0 ? "no sheet begins here" : "ends early");
  }

  void take(const BiffRecord& record, bool chart) {
    BiffCursor in(book_.stream(), record);
    switch (record.type) {
      case kHeader:
      case kFooter:
        if (record.pieces[0].length > 0) add_line(book_.text(&in, book_.version() == 8 ? 2 : 1));
        return;
      case kNote: take_note(&in); return;
      case kObject:
        in.skip(6);
        object_ = in.u16();
        if (book_.version() < 8) take_object(record);
        return;
      case kTextBox: take_box(&in); return;
      case kSeriesText:
        in.u16();
        add_line(book_.text(&in, 1));
        return;
      case kLink: take_link(record); return;
      case kColumns:
      case kRow:
        if (!chart) take_hidden(record.type, &in);
        return;
      case kResult:
      case kResult2:
        // Behind the formula that it is of.
        if (!chart) add(formula_, book_.text(&in, record.type == kResult2 && book_.version() == 2 ? 1 : 2));
        return;
      default:
        // A chart repeats in its cells what the sheet has.
        if (!chart) take_cell(record.type, record.pieces[0].length, &in);
    }
  }

  // [MS-XLS] 2.4.53: first and last column, width, style, flags. 2.4.221: row, six fields of two bytes, flags.
  void take_hidden(std::uint16_t type, BiffCursor* in) {
    constexpr std::uint32_t kMostColumns = 256;
    const std::uint32_t first = in->u16();
    const std::uint32_t last = type == kRow ? first : in->u16();
    in->skip(type == kRow ? 10 : 4);
    const bool hidden = (in->u16() & (type == kRow ? 0x20U : 1U)) != 0;
    if (hidden && type == kRow) hidden_rows_.add(first + 1, last + 1);
    if (hidden && type != kRow) hidden_columns_.add(first + 1, std::min(last + 1, kMostColumns));
  }

  void take_cell(std::uint16_t type, std::uint64_t length, BiffCursor* in) {
    const std::uint32_t row = in->u16();
    const std::uint32_t column = in->u16();
    const std::uint32_t place = row << 16U | column;
    // Excel 2 has three bytes of attributes in place of a style's number.
    unsigned style = in->u16();
    if (book_.version() == 2) {
      in->u8();
      style = UINT32_MAX;
    }
    switch (type) {
      case kInteger2: add(place, std::to_string(in->u16())); return;
      case kNumber:
      case kNumber2: add(place, number(std::bit_cast<double>(in->u64()), style)); return;
      case kRk: add(place, number(number_of_rk(in->u32()), style)); return;
      case kMulRk:
        // Style and number in turn, the last column behind them; the first style is read.
        for (std::uint32_t i = 0; 6 + i * 6 + 4 <= length && column + i <= UINT16_MAX; ++i) {
          if (i > 0) style = in->u16();
          add(place + i, number(number_of_rk(in->u32()), style));
        }
        return;
      case kSharedLabel: {
        const std::optional<std::string_view> text = book_.shared_text(in->u32());
        if (!text) out_.damage.insert("texts of cells are missing");
        return add(place, text.value_or(""));
      }
      case kLabel:
      case kRichLabel: add(place, book_.text(in, book_.version() == 2 ? 1 : 2)); return;
      case kLabel2:
        if (book_.version() == 2) add(place, book_.text(in, 1));
        return;
      case kBoolean:
      case kBoolean2: {
        const std::uint8_t value = in->u8();
        add(place, in->u8() != 0 ? name_of_error(value) : value != 0 ? "TRUE" : "FALSE");
        return;
      }
      case kFormula:
      case kFormula3:
      case kFormula4: take_formula(place, style, in->u64()); return;
      default: return;
    }
  }

  // [MS-XLS] 2.5.133: a number, or by its last two bytes something else.
  void take_formula(std::uint32_t place, unsigned style, std::uint64_t value) {
    formula_ = place;
    if (value >> 48U != 0xFFFF) return add(place, number(std::bit_cast<double>(value), style));
    const auto kind = static_cast<std::uint8_t>(value);
    const auto content = static_cast<std::uint8_t>(value >> 16U);
    if (kind == 1) add(place, content != 0 ? "TRUE" : "FALSE");
    if (kind == 2) add(place, name_of_error(content));
  }

  std::string number(double value, unsigned style) const {
    std::string date = text_of_serial(value, book_.form(style), book_.from_1904());
    if (!date.empty()) return date;
    return fmt::format("{:.15g}", value);  // as many digits as Excel keeps
  }

  void add(std::uint32_t place, std::string_view text) {
    if (text.empty() || out_.cut) return;
    out_.cut = cells_text_.size() + text.size() > most_;
    if (out_.cut) return;
    cells_.push_back({place, static_cast<std::uint32_t>(cells_text_.size()), static_cast<std::uint32_t>(text.size())});
    cells_text_ += text;
  }

  void add_line(std::string line) {
    lines_bytes_ += line.size();
    out_.cut = out_.cut || lines_bytes_ > most_;
    if (!out_.cut && !trim(line).empty()) lines_.push_back(std::move(line));
  }

  void take_note(BiffCursor* in) {
    const std::uint16_t row = in->u16();
    in->u16();
    if (book_.version() == 8) {
      in->u16();
      Note note;
      note.object = in->u16();
      note.author = book_.text(in, 2);
      add_note(std::move(note));
      return;
    }
    // Long ones go on in further records, at a row that does not exist.
    in->u16();
    const std::string text = in->bytes(2048, book_.charset());
    if (row == 0xFFFF && !notes_.empty()) {
      notes_.back().text += text;
    } else {
      add_note({0, "", text});
    }
  }

  void add_note(Note note) {
    lines_bytes_ += note.author.size() + note.text.size();
    out_.cut = out_.cut || lines_bytes_ > most_;
    if (!out_.cut) notes_.push_back(std::move(note));
  }

  // [MS-XLS] 2.4.329: the text stands in the continuations.
  void take_box(BiffCursor* in) {
    in->skip(10);
    const std::uint16_t length = in->u16();
    in->next_piece();
    if (length == 0) return;
    add_box(in->unicode(length));
  }

  void take_object(const BiffRecord& record) {
    const std::optional<std::string> text = text_of_object(book_, record);
    if (!text) out_.damage.insert("texts of boxes are missing");
    add_box(text.value_or(""));
  }

  void add_box(const std::string& text) {
    lines_bytes_ += text.size();
    out_.cut = out_.cut || lines_bytes_ > most_;
    if (out_.cut || trim(text).empty()) return;
    std::string& box = boxes_[object_];
    if (!box.empty()) box += '\n';
    box += text;
  }

  void take_link(const BiffRecord& record) {
    constexpr std::size_t kMostLinks = 200;
    const std::string link = address_of(slice(book_.stream(), record.pieces[0].offset, record.pieces[0].length));
    const bool known = std::find(out_.links.begin(), out_.links.end(), link) != out_.links.end();
    if (link.empty() || known) return;
    if (out_.links.size() < kMostLinks) {
      out_.links.push_back(link);
    } else {
      out_.damage.insert("limit: more addresses than are given");
    }
  }

  void add_rows(std::string* text) {
    const auto before = [](const Cell& a, const Cell& b) { return a.place < b.place; };
    if (!std::is_sorted(cells_.begin(), cells_.end(), before)) std::stable_sort(cells_.begin(), cells_.end(), before);
    std::uint32_t row = UINT32_MAX;
    std::uint32_t column = 0;
    for (const Cell& cell : cells_) {
      if (cell.place >> 16U != row) {
        if (row != UINT32_MAX) *text += '\n';
        row = cell.place >> 16U;
        column = 0;
      }
      constexpr std::uint32_t kMostGap = 64;  // beyond, a gap is a gap
      const std::uint32_t wanted = cell.place & 0xFFFFU;
      text->append(std::min(wanted - column, kMostGap), '\t');
      column = wanted;
      std::string value(std::string_view(cells_text_).substr(cell.begin, cell.length));
      std::replace(value.begin(), value.end(), '\n', ' ');
      *text += value;
    }
    if (!cells_.empty()) *text += '\n';
  }

  void add_notes(std::string* text) {
    for (const Note& note : notes_) {
      *text += "[comment";
      if (!note.author.empty()) *text += " by " + note.author;
      *text += ": ";
      // Before Excel 97 it has its text itself.
      const auto box = book_.version() == 8 ? boxes_.find(note.object) : boxes_.end();
      *text += box != boxes_.end() ? box->second : note.text;
      *text += "]\n";
      if (box != boxes_.end()) boxes_.erase(box);
    }
  }

  const ExcelBook& book_;
  std::uint64_t most_;
  ExcelSheetText out_;
  std::string cells_text_;
  std::vector<Cell> cells_;
  std::vector<std::string> lines_;
  std::vector<Note> notes_;
  HiddenRanges hidden_rows_{HiddenRanges::Of::Rows};
  HiddenRanges hidden_columns_{HiddenRanges::Of::Columns};
  std::map<std::uint16_t, std::string> boxes_;  // by their object
  std::uint64_t lines_bytes_ = 0;
  std::uint16_t object_ = 0;
  std::uint32_t formula_ = 0;
};

ExcelSheetText excel_sheet_text(const ExcelBook& book, const ExcelBook::Sheet& sheet, std::uint64_t most) {
  return ExcelSheetReader(book, most).read(sheet);
}

}  // namespace careo
