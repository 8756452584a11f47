// SPDX-License-Identifier: Apache-2.0
// Chance that is the same on every machine: xoshiro256** (Blackman and Vigna, 2018) seeded by splitmix64. One stream a
// purpose, so that a change in one corner of the generator does not move every other.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace careo::sample {

class Chance {
 public:
  Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  std::uint64_t next();
  /// 0 .. count-1. REQUIRES: count > 0.
  std::uint64_t below(std::uint64_t count);
  int between(int low, int high);  ///< both ends may come
  bool percent(int p) { return below(100) < static_cast<std::uint64_t>(p); }
  double unit();  ///< [0, 1)
  double real(double low, double high) { return low + (high - low) * unit(); }
  double bell();  ///< about normal, mean 0, deviation 1, within +-6

  template <typename T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(from.size()))];
  }
  template <typename T>
  void shuffle(std::vector<T>* items) {
    for (std::size_t i = items->size(); i > 1; --i) {
      std::swap((*items)[i - 1], (*items)[static_cast<std::size_t>(below(i))]);
    }
  }

 private:
  std::array<std::uint64_t, 4> state_;
};

/// Sine to about 1e-9 by a polynomial of our own: the C library's may differ in the last bit between processors.
double sine(double radians);
inline double cosine(double radians) {
  return sine(radians + 1.5707963267948966);
}

}  // namespace careo::sample
