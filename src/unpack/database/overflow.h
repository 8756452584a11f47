// SPDX-License-Identifier: Apache-2.0
// What deleted rows went on with, in pages that are free now ("Cell Payload Overflow Pages", fileformat2 1.7).
#pragma once

#include <vector>

#include "unpack/database/file.h"

namespace careo {

class FreedOverflow {
 public:
  static constexpr std::uint64_t kMostRest = 256U << 20U;  // as of a row that a table has

  /// `most`: bytes that the rows of one page go on with and that are held at once, since many may name the same pages.
  FreedOverflow(SqliteFile& file, const std::vector<SqliteFile::FreePage>& free, std::uint64_t most = kMostRest);

  struct Rest {
    SqlitePayload payload;
    std::vector<std::uint32_t> pages;  ///< in their order
  };
  /// `length` bytes in the pages from `next` on, as far as these are free and not written over; `whole` where they are
  /// as many as that length takes and the last one names no other. `effort` is taken from.
  Result<Rest> from(std::uint32_t next, std::uint64_t length, std::uint64_t* effort);
  /// Rows of another page follow.
  void begin_page() { left_ = most_; }
  /// Whether a row may go on in that page at all.
  bool may(std::uint32_t next) const;

 private:
  SqliteFile& file_;
  std::vector<bool> untouched_;  // by the page's number
  const std::uint64_t most_;
  std::uint64_t left_;  // for the rows of this page
};

}  // namespace careo
