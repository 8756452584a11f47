// SPDX-License-Identifier: Apache-2.0
// For tuning grades: how often characters of a margin are wrong, and what a grade that asked for more would show.
#pragma once

#include <array>

#include "read/mrz/grade.h"
#include "specimen.h"

namespace careo::bench {

class Margins {
 public:
  void count(const mrz::ReadZone& read, const Specimen& printed);
  void print() const;

 private:
  void count_characters(const mrz::ReadZone& read, const mrz::GradedZone& graded, const Specimen& printed);
  void count_rows(const mrz::GradedZone& graded, const Specimen& printed);

  static constexpr std::size_t Most = 17;            // nats
  std::array<std::array<long, 2>, Most> checked_{};  // seen, wrong: under a check digit that holds
  std::array<std::array<long, 2>, Most> other_{};
  std::array<long, Most> rows_{};   // whose number and dates all reach that margin
  std::array<long, Most> wrong_{};  // fields among them
  long zones_ = 0;
};

}  // namespace careo::bench
