// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_file.h"

#include <algorithm>
#include <optional>
#include <set>

#include "unpack/little_endian.h"
#include "unpack/office/word_format.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint64_t kMostBytes = 256U << 20U;  // of a stream; both are held whole
constexpr std::uint64_t kPage = 512;
constexpr std::size_t kMostPictures = 100'000;
constexpr std::size_t kMostRuns = 1'000'000;

// FibBase ([MS-DOC] 2.5.2).
constexpr std::uint16_t kWord6 = 0xA5DC;
constexpr std::uint16_t kWord8 = 0xA5EC;
constexpr std::uint16_t kLastOldVersion = 105;  // nFib of Word 95's last; Word 97 is 193
constexpr std::uint16_t kEncrypted = 0x0100;
constexpr std::uint16_t kSecondTable = 0x0200;

constexpr std::uint16_t kDeletedMark = 0x0800;
constexpr std::uint16_t kInsertedMark = 0x0801;
constexpr std::uint16_t kInsertedBy = 0x4804;
constexpr std::uint16_t kInsertedWhen = 0x6805;
constexpr std::uint16_t kDeletedBy = 0x4863;
constexpr std::uint16_t kDeletedWhen = 0x6864;
constexpr std::uint16_t kVanish = 0x083C;
constexpr std::uint16_t kSymbolMark = 0x6A09;
constexpr std::uint16_t kPictureAt = 0x6A03;  // or of what a field keeps, or an object's number, which these say
constexpr std::uint16_t kFieldData = 0x0806;
constexpr std::uint16_t kObject = 0x080A;
constexpr std::uint16_t kTableRowEnd = 0x2417;
constexpr std::uint16_t kInnerRowEnd = 0x244C;
constexpr std::uint16_t kMoreInData = 0x6646;  // sprmPHugePapx: too much for a page

constexpr const char* kBrokenFormat = "marks of changes and numbers of lists where formatting is damaged";
constexpr const char* kBrokenPieces = "the table of text pieces is damaged";
constexpr const char* kOutsidePieces = "text pieces lie outside of the file";

void add_change(std::uint16_t code, Bytes operand, TextChange* out) {
  const std::uint8_t value = u8_at(operand, 0);
  if (code == kDeletedMark) out->deleted = value != 0;
  if (code == kInsertedMark) out->inserted = value != 0;
  if (code == kDeletedBy) out->deleted_by = u16_at(operand, 0);
  if (code == kInsertedBy) out->inserted_by = u16_at(operand, 0);
  if (code == kDeletedWhen) out->deleted_when = u32_at(operand, 0);
  if (code == kInsertedWhen) out->inserted_when = u32_at(operand, 0);
  // 0x80 is what the style says, and 0x81 its opposite ([MS-DOC] 2.9.327): no style hides, but for a few.
  if (code == kVanish) out->hidden = value == 1 || value == 0x81;
}

}  // namespace

Result<WordFile> WordFile::open(CompoundFile& file) {
  WordFile out;
  const CompoundEntry* main = file.find(0, "WordDocument");
  if (main == nullptr) return fail(Fault::NotFound, "no stream WordDocument");
  if (main->size > kMostBytes) return fail(Fault::Unsupported, "limit: a Word document of more than 256 MiB");
  out.main_ = TRY(file.read(*main));
  const Bytes fib = out.main_;
  const std::uint16_t magic = u16_at(fib, 0);
  const std::uint16_t flags = u16_at(fib, 10);
  if (magic != kWord6 && magic != kWord8) return fail(Fault::Malformed, "no header of Word");
  if ((flags & kEncrypted) != 0) return fail(Fault::Denied, "a password is needed");
  out.old_ = magic == kWord6 || u16_at(fib, 2) <= kLastOldVersion;
  out.language_ = u16_at(fib, 6);
  for (std::size_t i = 0; i < kWordStories; ++i) out.lengths_[i] = u32_at(fib, (out.old_ ? 52 : 76) + i * 4);
  if (!out.old_) {
    const CompoundEntry* table = file.find(0, (flags & kSecondTable) != 0 ? "1Table" : "0Table");
    if (table == nullptr) table = file.find(0, (flags & kSecondTable) != 0 ? "0Table" : "1Table");
    if (table != nullptr) out.table_ = TRY(file.read(*table, kMostBytes));
  }
  if (const CompoundEntry* data = file.find(0, "Data")) {
    Result<Buffer> bytes = file.read(*data, kMostBytes);
    if (!bytes) out.damage_.insert(bytes.error().text() + ": Data");
    if (bytes) out.data_ = std::move(*bytes);
  }
  out.read_pieces();
  if (out.old_) {
    out.read_old_paragraphs();
  } else {
    out.read_lists();
    out.read_runs();
  }
  return out;
}

std::uint32_t WordFile::begin(WordStory story) const {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(story); ++i) out += lengths_[i];
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(out, UINT32_MAX));
}

Bytes WordFile::table(WordTable which) const {
  constexpr std::uint64_t kList6 = 88;
  constexpr std::uint64_t kList8 = 154;
  const auto number = static_cast<unsigned>(which);
  const Bytes fib = main_;
  if (number >= (old_ ? 38U : unsigned{u16_at(fib, kList8 - 2)})) return {};
  const std::uint64_t at = (old_ ? kList6 : kList8) + number * 8ULL;
  return slice(old_ ? Bytes(main_) : Bytes(table_), u32_at(fib, at), u32_at(fib, at + 4));
}

// [MS-DOC] 2.9.38: lists of modifications, then the table of pieces.
void WordFile::read_pieces() {
  const Bytes clx = table(WordTable::Clx);
  std::vector<PieceFormat> formats;
  std::uint64_t at = 0;
  while (u8_at(clx, at) == 1 && at < clx.size()) {
    const std::uint64_t length = u16_at(clx, at + 1);
    const Bytes list = slice(clx, at + 3, length);
    PieceFormat& out = formats.emplace_back();
    const auto add = [&](std::uint16_t code, Bytes operand) { add_change(code, operand, &out.change); };
    out.whole = each_sprm(list, add) && list.size() == length;
    at += 3 + length;
  }
  constexpr std::uint64_t kPiece = 8;
  const Bytes pieces = u8_at(clx, at) == 2 ? slice(clx, at + 5, u32_at(clx, at + 1)) : Bytes();
  const std::uint64_t count = pieces.size() < 4 ? 0 : (pieces.size() - 4) / (4 + kPiece);
  for (std::uint64_t i = 0; i < count; ++i)
    read_piece(slice(pieces, (count + 1) * 4 + i * kPiece, kPiece), u32_at(pieces, i * 4), u32_at(pieces, i * 4 + 4),
               formats);
  // Behind all stories one more mark may stand.
  const std::uint64_t wanted = std::uint64_t{begin(WordStory::HeaderTextBoxes)} + length(WordStory::HeaderTextBoxes);
  const bool said = damage_.contains(kBrokenPieces) || damage_.contains(kOutsidePieces);
  if (!pieces_.empty() && pieces_.back().end < wanted && !said) damage_.insert("pieces of the text are missing");
  if (!pieces_.empty()) return;
  // Word 6 writes no table where the text stands in one run.
  const std::uint32_t from = u32_at(main_, 24);
  const std::uint32_t to = u32_at(main_, 28);
  if (old_ && to > from) {
    pieces_.push_back({0, to - from, from, false, {}});
  } else {
    damage_.insert(kBrokenPieces);
  }
}

void WordFile::read_piece(Bytes piece, std::uint32_t begin, std::uint32_t end,
                          const std::vector<PieceFormat>& formats) {
  const std::uint32_t last = pieces_.empty() ? 0 : pieces_.back().end;
  if (end <= begin || begin < last) {
    if (end != begin) damage_.insert(kBrokenPieces);
    return;
  }
  constexpr std::uint32_t kOneByte = 0x40000000;
  const std::uint32_t where = u32_at(piece, 2);
  WordPiece out{begin, end, where, false, {}};
  if (!old_) {
    out.wide = (where & kOneByte) == 0;
    out.offset = out.wide ? where & 0x3FFFFFFFU : (where & 0x3FFFFFFFU) / 2;
  }
  if (!old_) out.change = change_of_piece(u16_at(piece, 6), formats);
  const std::uint64_t width = out.wide ? 2 : 1;
  const std::uint64_t there = out.offset >= main_.size() ? 0 : (main_.size() - out.offset) / width;
  if (there < end - begin) {
    damage_.insert(kOutsidePieces);
    out.end = begin + static_cast<std::uint32_t>(there);
  }
  if (out.end > out.begin) pieces_.push_back(out);
}

// Prm ([MS-DOC] 2.9.214): a list of modifications by its number, or one that stands in it (Prm0, 2.9.215).
TextChange WordFile::change_of_piece(std::uint16_t format, const std::vector<PieceFormat>& formats) {
  TextChange out;
  const std::uint8_t value = static_cast<std::uint8_t>(format >> 8U);
  if ((format & 1U) == 0) {
    switch (format >> 1U & 0x7FU) {
      case 0x41: add_change(kDeletedMark, Bytes(&value, 1), &out); break;
      case 0x42: add_change(kInsertedMark, Bytes(&value, 1), &out); break;
      case 0x5C: add_change(kVanish, Bytes(&value, 1), &out); break;
      default: break;
    }
    return out;
  }
  const bool known = format >> 1U < formats.size();
  if (known) out = formats[format >> 1U].change;
  if (!known || !formats[format >> 1U].whole) damage_.insert(kBrokenFormat);
  return out;
}

// The levels stand behind the table that the header tells of ([MS-DOC] 2.9.190).
void WordFile::read_lists() {
  constexpr std::uint64_t kWhere = 154 + static_cast<unsigned>(WordTable::Lists) * 8ULL;
  const Bytes all = table_;
  const bool any = !table(WordTable::Lists).empty();
  lists_ = WordLists(any ? slice(all, u32_at(main_, kWhere), all.size()) : Bytes(), table(WordTable::ListUses),
                     table(WordTable::Styles));
}

// Formatting stands in pages of 512 bytes ([MS-DOC] 2.9.33, 2.9.180), listed by the bytes that they speak of.
void WordFile::read_runs() {
  for (const WordTable which : {WordTable::CharacterPages, WordTable::ParagraphPages}) {
    const Bytes list = table(which);
    const std::uint64_t count = list.size() < 4 ? 0 : (list.size() - 4) / 8;
    std::vector<std::uint32_t> pages;
    for (std::uint64_t i = 0; i < count; ++i) pages.push_back(u32_at(list, (count + 1) * 4 + i * 4) & 0x3FFFFFU);
    std::sort(pages.begin(), pages.end());
    pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
    for (const std::uint32_t number : pages) {
      const Bytes page = slice(main_, number * kPage, kPage);
      if (page.size() != kPage) damage_.insert(kBrokenFormat);
      if (page.size() == kPage) which == WordTable::CharacterPages ? read_letter_page(page) : read_paragraph_page(page);
    }
  }
  for (std::vector<WordRun>* runs : {&letters_, &paragraphs_})
    std::sort(runs->begin(), runs->end(), [](const WordRun& a, const WordRun& b) { return a.begin < b.begin; });
  std::sort(pictures_.begin(), pictures_.end());
  pictures_.erase(std::unique(pictures_.begin(), pictures_.end()), pictures_.end());
}

void WordFile::read_letter_page(Bytes page) {
  const std::uint64_t count = page[kPage - 1];
  if ((count + 1) * 4 + count >= kPage) {
    damage_.insert(kBrokenFormat);
    return;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = page[(count + 1) * 4 + i] * 2ULL;
    if (at == 0) continue;
    WordRun run = read_format(slice(page, at + 1, u8_at(page, at)));
    run.begin = u32_at(page, i * 4);
    run.end = u32_at(page, i * 4 + 4);
    keep(run, &letters_);
  }
}

void WordFile::read_paragraph_page(Bytes page) {
  constexpr std::uint64_t kEntry = 13;
  const std::uint64_t count = page[kPage - 1];
  if ((count + 1) * 4 + count * kEntry >= kPage) {
    damage_.insert(kBrokenFormat);
    return;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = page[(count + 1) * 4 + i * kEntry] * 2ULL;
    // A length in words, less the byte itself; where that is 0, another one behind it. Then two bytes name the style.
    // Without any, the style is the first.
    const bool longer = at != 0 && u8_at(page, at) == 0;
    const std::uint64_t bytes = (longer ? u8_at(page, at + 1) : u8_at(page, at)) * 2ULL;
    const std::uint64_t head = longer ? 2 : 3;
    if (at != 0 && bytes < head) continue;
    WordRun run = at == 0 ? WordRun() : read_format(slice(page, at + (longer ? 4 : 3), bytes - head));
    run.begin = u32_at(page, i * 4);
    run.end = u32_at(page, i * 4 + 4);
    run.place = lists_.place_of(run.place, at == 0 ? 0 : u16_at(page, at + (longer ? 2 : 1)));
    if (run.place.list) run.flags |= WordRun::kListed;
    if (run.place.damaged) damage_.insert(kBrokenFormat);
    keep(run, &paragraphs_);
  }
}

// Of Word 6 and 95 only what numbers paragraphs is read. Pages have two bytes of number, entries seven of a run's
// height.
void WordFile::read_old_paragraphs() {
  const WordOldLists lists(table(WordTable::Styles));
  const Bytes list = table(WordTable::ParagraphPages);
  const std::uint64_t count = list.size() < 4 ? 0 : (list.size() - 4) / 6;
  std::set<std::uint16_t> pages;
  for (std::uint64_t i = 0; i < count; ++i) pages.insert(u16_at(list, (count + 1) * 4 + i * 2));
  for (const std::uint16_t number : pages) {
    const Bytes page = slice(main_, number * kPage, kPage);
    if (page.size() == kPage) read_old_page(lists, page);
    if (page.size() != kPage) damage_.insert(kBrokenFormat);
  }
  std::sort(paragraphs_.begin(), paragraphs_.end(),
            [](const WordRun& a, const WordRun& b) { return a.begin < b.begin; });
}

void WordFile::read_old_page(const WordOldLists& lists, Bytes page) {
  constexpr std::uint64_t kEntry = 7;
  const std::uint64_t count = page[kPage - 1];
  if ((count + 1) * 4 + count * kEntry >= kPage) {
    damage_.insert(kBrokenFormat);
    return;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = page[(count + 1) * 4 + i * kEntry] * 2ULL;
    // A length in words; then two bytes name the style. Without any, the style is the first.
    const Bytes format = at == 0 ? Bytes() : slice(page, at + 1, u8_at(page, at) * 2ULL);
    WordRun run;
    run.begin = u32_at(page, i * 4);
    run.end = u32_at(page, i * 4 + 4);
    const Bytes modifications = format.size() > 2 ? format.subspan(2) : Bytes();
    run.old_place = lists.place_of(modifications, u16_at(format, 0));
    if (run.old_place.level.value_or(0) == 0 && !run.old_place.damaged) continue;
    run.flags = WordRun::kListed;
    keep(run, &paragraphs_);
  }
}

// A hostile page lets many places share one list of modifications.
void WordFile::keep(const WordRun& run, std::vector<WordRun>* runs) {
  if (run.flags == 0) return;
  if (runs->size() < kMostRuns) {
    runs->push_back(run);
  } else {
    damage_.insert("limit: more formatting than is read");
  }
}

WordRun WordFile::read_format(Bytes format) {
  WordRun out;
  const TextChange& change = out.change;
  std::optional<std::uint32_t> more, picture;
  bool no_picture = false;
  const auto take = [&](std::uint16_t code, Bytes operand) {
    const bool on = u8_at(operand, 0) != 0;
    add_change(code, operand, &out.change);
    if ((code == kTableRowEnd || code == kInnerRowEnd) && on) out.flags |= WordRun::kRowEnd;
    add_place(code, operand, &out.place);
    if (code == kSymbolMark) out.flags |= WordRun::kSymbol;
    if (code == kPictureAt) picture = u32_at(operand, 0);
    if (code == kFieldData || code == kObject) no_picture = no_picture || on;
    if (code == kMoreInData) more = u32_at(operand, 0);
  };
  bool whole = each_sprm(format, take);
  if (picture && !no_picture) {
    if (pictures_.size() < kMostPictures)
      pictures_.push_back(*picture);
    else
      damage_.insert("limit: more than " + std::to_string(kMostPictures) + " pictures");
  }
  // PrcData ([MS-DOC] 2.9.211), which leads no further.
  if (more) {
    const Bytes list = slice(data_, std::uint64_t{*more} + 2, u16_at(data_, *more));
    const bool there = !list.empty() && list.size() <= more_room_;
    more_room_ -= there ? list.size() : 0;
    whole = there && each_sprm(list, take) && whole;
  }
  if (!whole) damage_.insert(kBrokenFormat);
  if (change.deleted || change.inserted || change.hidden) out.flags |= WordRun::kChanged;
  return out;
}

}  // namespace careo
