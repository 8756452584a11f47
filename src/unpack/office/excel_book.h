// SPDX-License-Identifier: Apache-2.0
// A workbook before 2007 ([MS-XLS] 2.1.7.20; BIFF 2 to 5 by the OpenOffice.org documentation of the format): what its
// sheets have in common, and where they stand.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/office/biff.h"
#include "unpack/office/sheet.h"

namespace careo {

/// Record types that both the workbook and its sheets know.
enum : std::uint16_t {
  kBiffBegin2 = 0x0009,
  kBiffBegin3 = 0x0209,
  kBiffBegin4 = 0x0409,
  kBiffBegin = 0x0809,
  kBiffEnd = 0x000A,
  kBiffLocked = 0x002F,
};

class ExcelBook {
 public:
  struct Sheet {
    std::string name;
    std::uint64_t offset = 0;  ///< of its first record
    bool hidden = false;
  };

  /// Malformed where no workbook begins; Denied where it is encrypted. `stream` is borrowed.
  static Result<ExcelBook> open(Bytes stream);
  /// True for bytes that begin as a workbook does: what Excel up to 4 wrote is no compound file.
  static bool may(Bytes head);

  Bytes stream() const { return stream_; }
  unsigned version() const { return version_; }  ///< of BIFF: 2, 3, 4, 5 (Excel 5 and 95) or 8 (97 to 2003)
  const std::string& charset() const { return charset_; }
  bool from_1904() const { return from_1904_; }
  const std::vector<Sheet>& sheets() const { return sheets_; }
  /// What is broken before the sheets.
  const std::set<std::string>& damage() const { return damage_; }
  /// Nothing where it is missing.
  std::optional<std::string_view> shared_text(std::uint32_t index) const;
  /// What a cell of that style shows of a number.
  NumberForm form(unsigned style) const { return style < forms_.size() ? forms_[style] : NumberForm::Plain; }
  /// A text with its length in one or two bytes before it, as this version writes it.
  std::string text(BiffCursor* in, unsigned width) const;

  const std::string& last_user() const { return last_user_; }
  const std::vector<std::string>& other_books() const { return other_books_; }  ///< paths of files it refers to
  /// Where the store of pictures stands, in its order ([MS-XLS] 2.4.171).
  const std::vector<ByteRun>& pictures() const { return pictures_; }

 private:
  explicit ExcelBook(Bytes stream) : stream_(stream) {}
  Result<void> read();
  void take(const BiffRecord& record);
  void take_format(BiffCursor* in, std::uint16_t type);
  void take_style(BiffCursor* in, std::uint16_t type);
  void take_shared_texts(BiffCursor* in);
  void take_other_book(BiffCursor* in);

  Bytes stream_;
  unsigned version_ = 8;
  std::string charset_ = "windows-1252";
  bool from_1904_ = false;
  std::vector<Sheet> sheets_;
  std::string shared_;                      // the texts that cells share, behind each other
  std::vector<std::uint32_t> shared_ends_;  // where each ends
  std::vector<std::string> formats_;        // by number
  std::vector<NumberForm> forms_;           // by style
  unsigned next_format_ = 0;
  std::string last_user_;
  std::vector<std::string> other_books_;
  std::vector<ByteRun> pictures_;
  std::set<std::string> damage_;
};

}  // namespace careo
