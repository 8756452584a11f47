// SPDX-License-Identifier: Apache-2.0
// How far a folder is that comes in in rounds: each of its bytes is hashed, kept and read.
#pragma once

#include <algorithm>

#include "desk/progress.h"

namespace careo {

class Course {
 public:
  explicit Course(std::uint64_t all) : all_(all) {}

  /// So many bytes more were hashed, or kept.
  void move(std::uint64_t bytes) { moved_ += bytes; }
  /// What has come in is read from here on; the tally counts the parts.
  void begin_reading(const Tally& tally) {
    read_ = to_read_;
    to_read_ = moved_ / 2;
    first_ = tally.done;
  }
  /// A third for each. Never goes back: while containers open there is more to do than it seemed.
  void put(Tally* tally) {
    const std::uint64_t parts = tally->total - std::min(tally->total, first_);
    const std::uint64_t done = std::min(parts, tally->done - std::min(tally->done, first_));
    const double share = parts > 0 ? static_cast<double>(done) / static_cast<double>(parts) : 0;
    const auto read = read_ + static_cast<std::uint64_t>(share * static_cast<double>(to_read_ - read_));
    shown_ = std::max(shown_, std::min(all_, (moved_ + read) / 3));
    tally->bytes = shown_;
    tally->total_bytes = all_;
  }

 private:
  std::uint64_t all_, moved_ = 0, read_ = 0, to_read_ = 0, first_ = 0, shown_ = 0;
};

}  // namespace careo
