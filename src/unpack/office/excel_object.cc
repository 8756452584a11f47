// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/excel_object.h"

namespace careo {
namespace {

/// Kinds of objects that are written on, as LibreOffice reads them (sc/source/filter/excel/xiescher.cxx), and how much
/// stands between their frame and their name: of a box its text's length first. Controls, which came with Excel 5, have
/// that behind their macro and, some, behind a cell they are linked to.
struct Kind {
  std::uint16_t type;
  std::uint64_t bytes;
  bool box;
  bool linked;
};
constexpr Kind kKinds[] = {
    {6, 26, true, false},    // text box
    {7, 26, true, false},    // button
    {11, 32, false, true},   // box to tick
    {12, 44, false, true},   // one of several to choose
    {13, 26, false, false},  // entry of a dialog
    {14, 26, true, false},   // label
    {15, 26, true, false},   // title of a dialog
    {19, 38, false, false},  // frame around a group
};

}  // namespace

std::optional<std::string> text_of_object(const ExcelBook& book, const BiffRecord& record) {
  BiffCursor in(book.stream(), record);
  in.skip(4);
  const std::uint16_t type = in.u16();
  const Kind* kind = nullptr;
  for (const Kind& each : kKinds) {
    if (each.type == type) kind = &each;
  }
  const bool old = book.version() < 5;
  if (kind == nullptr || book.version() < 3 || (old && !kind->box)) return "";
  // A head of 34 bytes, 30 before Excel 5, whose objects have no names; a frame of 10. All is counted, for words begin
  // at even places.
  constexpr std::uint64_t kFrame = 10, kOldBox = 22;
  in.skip(2 + 2 + 16);
  std::uint64_t macro = in.u16();
  in.skip(2);
  const std::uint16_t named = old ? 0 : in.u16();
  in.skip((old ? 0 : 2) + kFrame);
  std::uint64_t at = (old ? 30 : 34) + kFrame + (old ? kOldBox : kind->bytes);
  std::uint64_t length = kind->box ? in.u16() : 0;
  in.skip((old ? kOldBox : kind->bytes) - (kind->box ? 2 : 0));
  const auto even = [&] {
    if (at % 2 != 0) in.skip(1);
    at += at % 2;
  };
  const auto pass = [&](std::uint64_t bytes) {
    in.skip(bytes);
    at += bytes;
  };
  const auto word = [&] {
    at += 2;
    return in.u16();
  };
  if (named > 0) {
    const std::uint8_t name = in.u8();
    ++at;
    pass(name);
    even();
  }
  if (!kind->box) macro = word();
  pass(macro);
  if (book.version() == 3) even();
  if (kind->linked) pass(word());
  if (!kind->box) length = word();
  std::uint64_t all = 0;
  for (const ByteRun& piece : record.pieces) all += piece.length;
  if (length > 0 && at + length > all) return std::nullopt;
  return in.bytes(length, book.charset());
}

}  // namespace careo
