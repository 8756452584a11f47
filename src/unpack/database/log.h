// SPDX-License-Identifier: Apache-2.0
// The frames of a write-ahead log of SQLite 3, the file "-wal" beside a database ("Database File Format",
// sqlite.org/fileformat2.html, section 4).
#pragma once

#include <vector>

#include "evidence/opener.h"

namespace careo {

struct SqliteLog {
  static constexpr std::uint64_t Header = 32;
  static constexpr std::uint64_t FrameHeader = 24;
  /// What SQLite would make of a frame: read it; pass it over since its transaction never ended; pass it over since its
  /// salts or checksum are not those of this log, as those of frames from before the log began anew. Before: what stood
  /// there before a change, in a rollback journal.
  enum class State { Committed, Uncommitted, LeftOver, Before };
  struct Frame {
    std::uint32_t page = 0;
    bool commits = false;      ///< the last of its transaction
    std::uint64_t offset = 0;  ///< of the page
    State state = State::LeftOver;
  };
  std::uint32_t page_size = 0;
  std::vector<Frame> frames;
  std::uint64_t end = 0;  ///< of the last whole frame
  bool journal = false;   ///< of the other kind (unpack/database/journal.h)

  static bool may(Bytes head);
  /// Malformed where the header is none, or tells sizes that cannot be.
  static Result<SqliteLog> read(PartBytes& bytes);
  std::uint64_t frame_size() const { return FrameHeader + page_size; }
};

}  // namespace careo
