// SPDX-License-Identifier: Apache-2.0
// Where the pictures and embedded objects of a document stand (RTF 1.9.1, "Pictures", "Objects").
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "unpack/rtf/object.h"

namespace careo {

/// Told of one object after the other: those in another end where they begin.
class RtfObjects {
 public:
  explicit RtfObjects(std::size_t most) : most_(most) {}

  /// False where there are too many. `at`: of its control word; `depth`: of the group that it fills.
  bool begin(std::size_t at, std::size_t depth, bool ole);
  /// A character of it, of which only hexadecimal digits count.
  void character(std::uint8_t c, std::size_t at);
  /// Bytes as they are, behind \bin.
  void raw(std::size_t begin, std::size_t end);
  /// A control word within it, which may name its format.
  void word(std::string_view word);
  /// A group of this depth ends.
  void end(std::size_t depth);
  std::vector<RtfObject> take() { return std::move(done_); }

 private:
  std::size_t most_;
  std::size_t depth_ = 0;
  std::optional<RtfObject> open_;
  std::vector<RtfObject> done_;
};

}  // namespace careo
