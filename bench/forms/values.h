// SPDX-License-Identifier: Apache-2.0
// Made-up persons, firms, numbers and dates for bench/forms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo::bench {

/// The same throws on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 0x1234567) {}
  std::uint64_t next() {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    return state_ ^= state_ << 17U;
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>((next() >> 11U) % bound); }
  bool chance(double share) { return static_cast<double>(next() >> 11U) * 0x1p-53 < share; }

 private:
  std::uint64_t state_;
};

/// The rows of a value of that kind ("person", "date", ...) in language 0..3: en, es, ru, uk.
std::vector<std::string> value_of(std::string_view kind, std::size_t language, Dice* dice);

/// Small letters for capital ones, Latin and Cyrillic.
std::string fold_case(std::string_view text);

}  // namespace careo::bench
