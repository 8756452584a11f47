// SPDX-License-Identifier: Apache-2.0
#include "resolve/spelling_distance.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "reference/latinise.h"

namespace careo {
namespace {

// Longer words are compared by their beginning.
constexpr std::size_t kMaxLetters = 64;

/// Doc 9303-3, section 6 A lets a state choose: Ä as AE or A, Ñ as N or NXX, Ü as UE, UXX or U, Å as AA or A.
std::string without_choices(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kPairs = {"ae", "oe", "ue", "aa", "nxx", "uxx", "ss"};
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto* pair = std::find_if(kPairs.begin(), kPairs.end(),
                                    [&](std::string_view each) { return word.substr(at).starts_with(each); });
    out.push_back(word[at]);
    at += pair == kPairs.end() ? 1 : pair->size();
  }
  return out;
}

/// One letter for letters that languages of Latin script use for like sounds: b and v, s and z and soft c, k and c and
/// q, i and y and j; silent h and doubled letters go. Gonzalez and Gonsales, Yousef and Iusef.
std::string sound_of(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const char after = at + 1 < word.size() ? word[at + 1] : ' ';
    char c = word[at];
    if (c == 'c') c = after == 'h' ? 'c' : after == 'e' || after == 'i' || after == 'y' ? 's' : 'k';
    if (c == 'p' && after == 'h') c = 'f';
    if (c == 'z') c = 's';
    if (c == 'q' || (c == 'x' && at == 0)) c = 'k';
    if (c == 'y' || c == 'j') c = 'i';
    if (c == 'o' && after == 'o') c = 'u';
    if (c == 'o' && !out.empty() && at > 0 && word[at - 1] == 'o') continue;
    if (c == 'w' || c == 'v') c = 'b';
    const bool silent = c == 'h' && (out.empty() || (out.back() != 'c' && out.back() != 's'));
    if (!silent && (out.empty() || out.back() != c)) out.push_back(c);
  }
  return out;
}

/// Ivanov and Ivanova, Sadovsky and Sadovskaya: one family's name by sex.
bool differ_by_gender(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() == a.size() + 1 && b.ends_with('a') && b.starts_with(a)) {
    return a.ends_with("ov") || a.ends_with("ev") || a.ends_with("in") || a.ends_with("yn");
  }
  for (const std::string_view end : {"skaya", "skaia", "skaja", "ska"}) {
    if (!b.ends_with(end)) continue;
    const std::string_view stem = b.substr(0, b.size() - end.size());
    if (a.starts_with(stem) && a.substr(stem.size()).starts_with("sk")) return true;
  }
  return false;
}

}  // namespace

int slips(std::string_view a, std::string_view b, int limit) {
  a = a.substr(0, kMaxLetters);
  b = b.substr(0, kMaxLetters);
  const auto n = static_cast<int>(a.size());
  const auto m = static_cast<int>(b.size());
  if (std::abs(n - m) > limit) return limit + 1;
  std::array<std::array<int, kMaxLetters + 1>, 3> rows{};
  for (int k = 0; k <= m; ++k) rows[0][static_cast<std::size_t>(k)] = k;
  for (int i = 1; i <= n; ++i) {
    auto& row = rows[static_cast<std::size_t>(i % 3)];
    const auto& above = rows[static_cast<std::size_t>((i + 2) % 3)];
    const auto& twice = rows[static_cast<std::size_t>((i + 1) % 3)];
    row[0] = i;
    int best = i;
    for (int k = 1; k <= m; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const bool same = a[static_cast<std::size_t>(i - 1)] == b[at - 1];
      int cost = std::min({above[at] + 1, row[at - 1] + 1, above[at - 1] + (same ? 0 : 1)});
      if (i > 1 && k > 1 && a[static_cast<std::size_t>(i - 1)] == b[at - 2] &&
          a[static_cast<std::size_t>(i - 2)] == b[at - 1]) {
        cost = std::min(cost, twice[at - 2] + 1);
      }
      row[at] = cost;
      best = std::min(best, cost);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(limit + 1, rows[static_cast<std::size_t>(n % 3)][static_cast<std::size_t>(m)]);
}

double consonant_likeness(std::string_view a, std::string_view b) {
  const std::string x = consonants_of(a);
  const std::string y = consonants_of(b);
  if (x.empty() || y.empty()) return 0;
  if (x == y) return x.size() >= 3 ? 0.93 : x.size() == 2 ? 0.87 : 0.6;
  const std::size_t shorter = std::min(x.size(), y.size());
  if (shorter >= 4 && slips(x, y, 1) == 1) return 0.78;
  return 0;
}

double spelling_likeness(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (differ_by_gender(a, b)) return 0.7;
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter >= 3 && a.front() == b.front() && without_choices(a) == without_choices(b)) return 0.97;
  const std::string sound_a = sound_of(a);
  const std::string sound_b = sound_of(b);
  if (sound_a == sound_b && sound_a.size() >= 2) return 0.93;
  if (shorter >= 5 && (sound_a == sound_b + 's' || sound_b == sound_a + 's')) return 0.9;  // Lavrovs: Latvian endings
  const int count = std::min(slips(a, b, 3), slips(sound_a, sound_b, 3));
  if (count > 3 || shorter < 3) return 0;
  const bool vowels = (a.front() == 'o' || a.front() == 'u') && (b.front() == 'o' || b.front() == 'u');  // Osama, Usama
  const bool first = vowels || a.front() == b.front();  // readers and typists rarely lose the first letter
  if (count == 1 && shorter >= 5) return first ? 0.87 : 0.78;
  if (count == 1 && shorter >= 4) return first ? 0.8 : 0.6;
  if (count == 1) return first ? 0.6 : 0;
  if (count == 2 && shorter >= 7) return first ? 0.78 : 0.6;
  if (count == 2 && shorter >= 5) return first ? 0.6 : 0;
  if (count == 3 && shorter >= 9) return first ? 0.6 : 0;
  return 0;
}

}  // namespace careo
