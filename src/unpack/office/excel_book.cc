// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/excel_book.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/office/sheet.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostFormats = 4096;  // Excel stops at some 200 of them
constexpr std::size_t kMostBooks = 200;
constexpr std::size_t kMostRuns = 100'000;  // of the store of pictures: 800 MB as Excel cuts it

enum : std::uint16_t {
  kDateMode = 0x22,
  kFormat3 = 0x1E,
  kCodePage = 0x42,
  kStyle3 = 0x243,
  kStyle4 = 0x443,
  kUser = 0x5C,
  kSheet = 0x85,
  kStyle = 0xE0,
  kPictures = 0xEB,
  kSharedTexts = 0xFC,
  kOtherBook = 0x1AE,
  kFormat = 0x41E,
};

unsigned version_of(Bytes stream) {
  switch (u16_at(stream, 0)) {
    case kBiffBegin2: return 2;
    case kBiffBegin3: return 3;
    case kBiffBegin4: return 4;
    case kBiffBegin: return u16_at(stream, 4) >= 0x0600 ? 8 : 5;  // Graph is 0x680
    default: return 0;
  }
}

/// An encoded path ([MS-XLS] 2.5.277): marks below a blank stand for drives and folders.
std::string path_of(std::string_view encoded) {
  std::string out;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const char c = encoded[i];
    if (c == 1 && i + 1 < encoded.size() && encoded[i + 1] != '@') {
      out.append({encoded[++i], ':', '\\'});
    } else if (c == 1) {
      out += "\\\\";
      ++i;
    } else if (c == 3) {
      out += '\\';
    } else if (c == 4) {
      out += "..\\";
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

}  // namespace

bool ExcelBook::may(Bytes head) {
  const std::uint16_t length = u16_at(head, 2);
  return head.size() >= 8 && version_of(head) != 0 && length >= 4 && length <= 16;
}

Result<ExcelBook> ExcelBook::open(Bytes stream) {
  ExcelBook out(stream);
  out.version_ = version_of(stream);
  if (out.version_ == 0) return fail(Fault::Malformed, "no workbook begins here");
  TRY(out.read());
  return out;
}

Result<void> ExcelBook::read() {
  BiffRecords records(stream_, 0);
  BiffRecord record;
  records.next(&record);
  // A sheet alone, as Excel up to 4 writes it: what the workbook would say stands in it.
  constexpr std::uint16_t kGlobals = 5;
  const bool alone = version_ < 5 || u16_at(stream_, record.pieces[0].offset + 2) != kGlobals;
  if (alone) sheets_.push_back({"", 0, false});
  bool ended = false;
  while (!ended && records.next(&record)) {
    if (record.type == kBiffLocked) return fail(Fault::Denied, "a password is needed");
    ended = record.type == kBiffEnd;
    if (!ended) take(record);
  }
  // A sheet alone says so itself.
  if (!ended && !alone) damage_.insert("the list of sheets ends early");
  return {};
}

std::optional<std::string_view> ExcelBook::shared_text(std::uint32_t index) const {
  if (index >= shared_ends_.size()) return std::nullopt;
  const std::uint32_t begin = index == 0 ? 0 : shared_ends_[index - 1];
  return std::string_view(shared_).substr(begin, shared_ends_[index] - begin);
}

std::string ExcelBook::text(BiffCursor* in, unsigned width) const {
  const std::uint64_t count = width == 1 ? in->u8() : in->u16();
  return version_ == 8 ? in->unicode(count) : in->bytes(count, charset_);
}

void ExcelBook::take(const BiffRecord& record) {
  BiffCursor in(stream_, record);
  switch (record.type) {
    case kDateMode: from_1904_ = in.u16() == 1; return;
    // Excel 2 to 4 of Windows and Macintosh have numbers of their own beside the code pages'.
    case kCodePage: {
      const std::uint16_t page = in.u16();
      charset_ = page == 0x8000 ? "macintosh" : page == 0x8001 ? "windows-1252" : charset_of_code_page(page);
      return;
    }
    case kFormat:
    case kFormat3: take_format(&in, record.type); return;
    case kStyle:
    case kStyle3:
    case kStyle4: take_style(&in, record.type); return;
    case kUser: last_user_ = std::string(trim(text(&in, version_ == 8 ? 2 : 1))); return;
    case kSharedTexts: take_shared_texts(&in); return;
    case kOtherBook: take_other_book(&in); return;
    case kPictures:
      if (pictures_.size() < kMostRuns) pictures_.insert(pictures_.end(), record.pieces.begin(), record.pieces.end());
      return;
    case kSheet: {
      Sheet sheet;
      sheet.offset = in.u32();
      sheet.hidden = (in.u8() & 3U) != 0;
      in.u8();
      sheet.name = text(&in, 1);
      sheets_.push_back(std::move(sheet));
      return;
    }
    default: return;
  }
}

// Before Excel 5 a format's number is its place in the list.
void ExcelBook::take_format(BiffCursor* in, std::uint16_t type) {
  unsigned number = next_format_++;
  if (type == kFormat) {
    const std::uint16_t stated = in->u16();
    if (version_ >= 5) number = stated;
  }
  if (number >= kMostFormats) return;
  if (formats_.size() <= number) formats_.resize(number + 1);
  formats_[number] = text(in, version_ == 8 ? 2 : 1);
}

void ExcelBook::take_style(BiffCursor* in, std::uint16_t type) {
  unsigned number = 0;
  if (type == kStyle) {
    in->u16();
    number = in->u16();
  } else {
    in->u8();
    number = in->u8();
  }
  const std::string_view code = number < formats_.size() ? std::string_view(formats_[number]) : std::string_view();
  // Where numbers are places, none of them means a date by itself: only the code tells.
  constexpr unsigned kByCode = 164;
  forms_.push_back(version_ >= 5       ? form_of_number(number, code)
                   : code == "General" ? NumberForm::Plain
                                       : form_of_number(kByCode, code));
}

void ExcelBook::take_shared_texts(BiffCursor* in) {
  in->u32();  // how often they are used
  const std::uint32_t count = in->u32();
  for (std::uint32_t i = 0; i < count && !in->done(); ++i) {
    shared_ += in->unicode(in->u16());
    if (shared_.size() > UINT32_MAX) return;
    shared_ends_.push_back(static_cast<std::uint32_t>(shared_.size()));
  }
}

void ExcelBook::take_other_book(BiffCursor* in) {
  in->u16();
  const std::uint16_t length = in->u16();
  constexpr std::uint16_t kItself = 0x0401;
  constexpr std::uint16_t kAddIn = 0x3A01;
  if (length == kItself || length == kAddIn) return;
  std::string path = path_of(in->unicode(length));
  if (path.empty()) return;
  if (other_books_.size() < kMostBooks) {
    other_books_.push_back(std::move(path));
  } else {
    damage_.insert("limit: more addresses than are given");
  }
}

}  // namespace careo
