// SPDX-License-Identifier: Apache-2.0
// The records that Excel's files before 2007 are made of ([MS-XLS] 2.1.4; "BIFF" 2 to 8), and the texts in them.
#pragma once

#include <string>
#include <vector>

#include "unpack/account.h"

namespace careo {

/// A record and the CONTINUE records behind it; views into the stream.
struct BiffRecord {
  std::uint16_t type = 0;
  std::uint64_t offset = 0;     ///< of its header, in the stream
  std::vector<ByteRun> pieces;  ///< its data, then that of each continuation; never empty
};

class BiffRecords {
 public:
  BiffRecords(Bytes stream, std::uint64_t offset) : stream_(stream), at_(offset) {}
  /// False at the end, or where no whole record follows.
  bool next(BiffRecord* out);
  std::uint64_t position() const { return at_; }

 private:
  bool header(std::uint16_t* type, ByteRun* data);

  Bytes stream_;
  std::uint64_t at_;
};

/// Reads a record's data over its pieces. Behind the end all is 0 and empty.
class BiffCursor {
 public:
  BiffCursor(Bytes stream, const BiffRecord& record) : stream_(stream), pieces_(record.pieces) {}

  bool done() const { return piece_ >= pieces_.size(); }
  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  std::uint64_t u64();
  void skip(std::uint64_t count);
  /// Moves to the begin of the next continuation.
  void next_piece();

  /// Unicode as Excel 97 and later write it ([MS-XLS] 2.5.293): `count` letters behind a byte of flags, which stands
  /// anew at each continuation; runs of format and phonetic marks behind the text are passed over.
  std::string unicode(std::uint64_t count);
  /// `count` bytes in a charset.
  std::string bytes(std::uint64_t count, const std::string& charset);

 private:
  void settle();
  std::uint32_t little(unsigned width);

  Bytes stream_;
  const std::vector<ByteRun>& pieces_;
  std::size_t piece_ = 0;
  std::uint64_t at_ = 0;  // in the piece
};

}  // namespace careo
