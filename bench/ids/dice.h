// SPDX-License-Identifier: Apache-2.0
// Seeded chance for the pictures that measure: the same throws on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace careo::bench {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  /// `low` to `high`, both included.
  int whole(int low, int high) { return low + static_cast<int>(unit() * (high - low + 1)); }
  bool coin(double chance) { return unit() < chance; }
  /// Mean 0, deviation 1, at most 6 away from it.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  }
  template <typename Row>
  const auto& one_of(const Row& row) {
    return row[static_cast<std::size_t>(whole(0, static_cast<int>(std::size(row)) - 1))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace careo::bench
