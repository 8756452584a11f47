// SPDX-License-Identifier: Apache-2.0
// Sets that grow together, and never where a wall stands between two of their members.
#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace careo {

class Groups {
 public:
  explicit Groups(std::size_t count) : leader_(count), members_(count) {
    std::iota(leader_.begin(), leader_.end(), std::size_t{0});
    for (std::size_t i = 0; i < count; ++i) members_[i] = {i};
  }
  std::size_t leader(std::size_t of) const { return leader_[of]; }
  const std::vector<std::size_t>& members(std::size_t of) const { return members_[leader_[of]]; }
  /// Joins the groups of a and b. The smaller is relabelled, so n joins cost n log n.
  void join(std::size_t a, std::size_t b) {
    a = leader_[a];
    b = leader_[b];
    if (a == b) return;
    if (members_[a].size() < members_[b].size()) std::swap(a, b);
    for (const std::size_t member : members_[b]) leader_[member] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
    members_[b].shrink_to_fit();
  }
  std::size_t count() const {
    std::size_t out = 0;
    for (std::size_t i = 0; i < leader_.size(); ++i) out += leader_[i] == i ? 1 : 0;
    return out;
  }

 private:
  std::vector<std::size_t> leader_;
  std::vector<std::vector<std::size_t>> members_;
};

}  // namespace careo
