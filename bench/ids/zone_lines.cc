// SPDX-License-Identifier: Apache-2.0
#include "zone_lines.h"

#include <algorithm>

#include "base/text.h"
#include "reference/icao9303.h"

namespace careo::bench {

namespace {

constexpr std::size_t Shortest = 26, Longest = 48;  // of a line that may still be one of 30, 36 or 44

std::string stripped(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (icao::value_of(c) >= 0) out += c;
  }
  return out;
}

std::size_t width_of(const std::vector<std::string>& lines) {
  if (lines.size() == 3) return 30;
  std::size_t longest = 0;
  for (const std::string& line : lines) longest = std::max(longest, line.size());
  return longest < 40 ? 36 : 44;
}

std::size_t fillers(const std::vector<std::string>& lines) {
  std::size_t out = 0;
  for (const std::string& line : lines) out += static_cast<std::size_t>(std::ranges::count(line, '<'));
  return out;
}

bool likely(const std::string& line) {
  return line.size() >= Shortest && line.size() <= Longest;
}

}  // namespace

std::optional<std::vector<std::string>> zone_lines(std::string_view text) {
  std::vector<std::string> all;
  for (const std::string_view line : split(text, '\n')) {
    std::string kept = stripped(line);
    if (!kept.empty()) all.push_back(std::move(kept));
  }
  // The run of neighbours with the most fillers; three lines only where all are about 30 long.
  std::optional<std::vector<std::string>> best;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    if (!likely(all[i]) || !likely(all[i + 1])) continue;
    std::vector<std::string> run = {all[i], all[i + 1]};
    const bool cards = all[i].size() < 34 && all[i + 1].size() < 34;
    if (cards && i + 2 < all.size() && likely(all[i + 2]) && all[i + 2].size() < 34) run.push_back(all[i + 2]);
    if (fillers(run) < 3) continue;
    if (!best || fillers(run) > fillers(*best)) best = run;
  }
  if (!best) return best;
  const std::size_t width = width_of(*best);
  for (std::string& line : *best) line.resize(width, '<');
  return best;
}

}  // namespace careo::bench
