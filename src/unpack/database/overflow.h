// SPDX-License-Identifier: Apache-2.0
// What deleted rows went on with, in pages that are free now ("Cell Payload Overflow Pages", fileformat2 1.7).
#pragma once

#include <vector>

#include "unpack/database/file.h"

namespace careo {

class FreedOverflow {
 public:
  FreedOverflow(SqliteFile& file, const std::vector<SqliteFile::FreePage>& free);

  struct Rest {
    SqlitePayload payload;
    std::vector<std::uint32_t> pages;  ///< in their order
  };
  /// `length` bytes in the pages from `next` on, as far as these are free and not written over; `whole` where they are
  /// as many as that length takes and the last one names no other. `effort` is taken from.
  Result<Rest> from(std::uint32_t next, std::uint64_t length, std::uint64_t* effort);
  /// Whether a row may go on in that page at all.
  bool may(std::uint32_t next) const;

 private:
  SqliteFile& file_;
  std::vector<bool> untouched_;  // by the page's number
};

}  // namespace careo
