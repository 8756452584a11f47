// SPDX-License-Identifier: Apache-2.0
// Rows or columns that a sheet hides, as a line names them: "2-4, 7", "B, D-F".
#pragma once

#include <cstdint>
#include <string>

namespace careo {

class HiddenRanges {
 public:
  enum class Of { Rows, Columns };
  explicit HiddenRanges(Of of) : of_(of) {}

  /// From `first` to `last`, counted from 1, in the order of the sheet; those that touch are one.
  void add(std::uint64_t first, std::uint64_t last);
  /// "" where nothing is hidden. Ends in ", and more" behind some thousand bytes: a filter hides every second row.
  std::string text();

 private:
  void give();

  Of of_;
  std::uint64_t first_ = 0;  // 0: none is open
  std::uint64_t last_ = 0;
  std::string out_;
  bool full_ = false;
};

}  // namespace careo
