// SPDX-License-Identifier: Apache-2.0
// A set of row numbers as bits: 10 million parts are 1.2 MB, and AND, OR, NOT are words at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace careo {

class DocSet {
 public:
  void add(std::uint64_t id) {
    const std::size_t word = id / 64;
    if (word >= words_.size()) words_.resize(word + 1 + word / 2, 0);
    words_[word] |= 1ULL << (id % 64);
  }
  /// The bits of `bits`, lowest of each byte first, stand for the ids from `first` on, a multiple of 64.
  void add_bits(std::uint64_t first, Bytes bits) {
    const std::size_t begin = first / 64;
    if (begin + (bits.size() + 7) / 8 > words_.size()) words_.resize(begin + (bits.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < bits.size(); ++i)
      words_[begin + i / 8] |= static_cast<std::uint64_t>(bits[i]) << (i % 8 * 8);
  }
  bool contains(std::uint64_t id) const {
    return id / 64 < words_.size() && ((words_[id / 64] >> (id % 64)) & 1U) != 0;
  }
  std::uint64_t count() const {
    std::uint64_t out = 0;
    for (const std::uint64_t word : words_) out += static_cast<std::uint64_t>(std::popcount(word));
    return out;
  }
  DocSet& operator|=(const DocSet& other) {
    if (other.words_.size() > words_.size()) words_.resize(other.words_.size(), 0);
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  DocSet& operator&=(const DocSet& other) {
    if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  DocSet& operator-=(const DocSet& other) {
    const std::size_t both = words_.size() < other.words_.size() ? words_.size() : other.words_.size();
    for (std::size_t i = 0; i < both; ++i) words_[i] &= ~other.words_[i];
    return *this;
  }
  /// Calls `each` for every id, ascending.
  template <typename Each>
  void visit(Each&& each) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
        each(static_cast<std::uint64_t>(i) * 64 + static_cast<std::uint64_t>(std::countr_zero(rest)));
      }
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace careo
