// SPDX-License-Identifier: Apache-2.0
#include "resolve/bounds.h"

#include <algorithm>
#include <numeric>

namespace careo {

// A greedy independent set of the graph "could be one": those with the fewest doubles first. Greedy is not the largest
// set, so the floor may lie lower than it must; it never lies higher.
std::uint64_t surely_different(const std::vector<Facts>& facts, const std::vector<PairIndex>& may_be) {
  std::vector<std::vector<std::size_t>> near(facts.size());
  for (const auto& [a, b] : may_be) {
    near[a].push_back(b);
    near[b].push_back(a);
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const bool anyone = facts[i].name.empty() && facts[i].birth_date.empty();
    if (!anyone) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return near[x].size() < near[y].size(); });
  std::vector<bool> taken(facts.size(), false);
  std::uint64_t out = 0;
  for (const std::size_t each : order) {
    if (taken[each]) continue;
    ++out;
    for (const std::size_t other : near[each]) taken[other] = true;
  }
  return out == 0 && !facts.empty() ? 1 : out;
}

}  // namespace careo
