// SPDX-License-Identifier: Apache-2.0
#include "search/likeness.h"

#include <algorithm>
#include <cstring>

namespace careo {
namespace {

constexpr std::size_t kRun = 3;         // words: two are phrases that everybody writes, four break at each edit
constexpr std::size_t kMost = 200'000;  // words of one text: a book; what comes behind makes no other document of it

// A byte of a word: everything above ASCII is, so that no table of letters is needed to tell words apart.
bool is_word(unsigned char c) {
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::uint32_t mixed(std::uint32_t x) {
  x = (x ^ x >> 16) * 0x7feb352dU;
  x = (x ^ x >> 15) * 0x846ca68bU;
  return x ^ x >> 16;
}

std::vector<std::uint32_t> words_of(std::string_view text) {
  std::vector<std::uint32_t> out;
  std::uint32_t hash = 0;
  bool inside = false;
  for (const char one : text) {
    auto c = static_cast<unsigned char>(one);
    if (is_word(c)) {
      if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
      hash = (inside ? hash : 2166136261U) * 16777619U ^ c;
      inside = true;
      continue;
    }
    if (inside) out.push_back(mixed(hash));
    inside = false;
    if (out.size() == kMost) return out;
  }
  if (inside) out.push_back(mixed(hash));
  return out;
}

// Multipliers and addends of the permutations: any fixed numbers do, as long as they never change.
struct Permutations {
  std::array<std::uint32_t, 64> times{}, plus{};
};

constexpr Permutations kPermutations = [] {
  Permutations out;
  std::uint64_t state = 0x9e3779b97f4a7c15ULL;
  const auto next = [&state] {  // splitmix64
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return static_cast<std::uint32_t>((z ^ z >> 31) >> 32);
  };
  for (std::size_t i = 0; i < out.times.size(); ++i) {
    out.times[i] = next() | 1U;
    out.plus[i] = next();
  }
  return out;
}();

}  // namespace

std::vector<std::uint32_t> shingles_of(std::string_view text) {
  const std::vector<std::uint32_t> words = words_of(text);
  std::vector<std::uint32_t> out;
  if (words.size() < kFewestWords) return out;
  out.reserve(words.size());
  for (std::size_t i = 0; i + kRun <= words.size(); ++i)
    out.push_back(mixed(words[i] + 0x9e3779b9U * mixed(words[i + 1] + 0x9e3779b9U * words[i + 2])));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

double alike(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t both = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) ++both;
    const bool left = *x <= *y;
    if (*y <= *x) ++y;
    if (left) ++x;
  }
  const std::size_t all = a.size() + b.size() - both;
  return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

Sketch sketch_of(const std::vector<std::uint32_t>& shingles) {
  std::array<std::uint32_t, 64> least;
  least.fill(UINT32_MAX);
  // The inner loop has no branch, so that compilers make it four or eight at a time.
  for (const std::uint32_t shingle : shingles)
    for (std::size_t i = 0; i < least.size(); ++i) {
      const std::uint32_t value = shingle * kPermutations.times[i] + kPermutations.plus[i];
      least[i] = value < least[i] ? value : least[i];
    }
  Sketch out;
  // The low bytes of small numbers of a linear permutation are no chance: they are mixed once more.
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(mixed(least[i]));
  return out;
}

double estimate(const Sketch& a, const Sketch& b) {
  int equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  // One byte in 256 is equal by chance.
  return std::max(0.0, (equal / 64.0 - 1 / 256.0) / (1 - 1 / 256.0));
}

bool share_a_band(const Sketch& a, const Sketch& b) {
  bool any = false;
  for (std::size_t i = 0; i < a.size(); i += 4) any |= std::memcmp(&a[i], &b[i], 4) == 0;
  return any;
}

}  // namespace careo
