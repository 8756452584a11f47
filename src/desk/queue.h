// SPDX-License-Identifier: Apache-2.0
// What is to be read, in the order of reading: named parts, or all that waits in the catalog, a page at a time
// (docs/decisions/0022-memory-does-not-grow.md). The case's lock is held by whoever calls.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "desk/progress.h"
#include "store/case.h"

namespace careo {

class Queue {
 public:
  /// Counts what it holds in `tally`. REQUIRES: both outlive this object.
  Queue(Case& store, Tally& tally) : store_(store), tally_(tally) {}

  struct Next {
    Part part;
    std::uint32_t depth = 0;  ///< steps from a source
  };

  /// A part is never given out twice at a time.
  void add(const Part& part, std::uint32_t depth);
  /// All that waits for `stage` in the catalog.
  Result<void> begin(Stage stage);
  /// What was found in a part that is being read.
  void add_child(const Part& part, std::uint32_t depth);
  /// More of what waits may stand in the catalog.
  void look_again() { more_ = paged_.has_value(); }
  void clear();

  bool may_have() const { return !items_.empty() || more_; }
  /// Takes in the next page where none is left. `alone`: nothing is being read just now.
  Result<void> fill(bool alone);
  /// Null: none left.
  std::optional<Next> next() const;
  void take();  ///< what next() said; it is being read until done()
  void pass();  ///< what next() said; there is nothing to read in it
  std::uint32_t depth(const PartId& running) const;
  void done(const PartId& part);

 private:
  // What waits, in 56 bytes. Hints repeat, so they are numbered.
  struct Item {
    Sha256 sha256;
    std::uint64_t length = 0;
    std::uint32_t hints = 0;
    std::uint32_t depth = 0;
  };
  std::uint32_t number_of(const Hints& hints);

  Case& store_;
  Tally& tally_;
  std::deque<Item> items_;
  std::unordered_set<PartId> known_;                  // waiting or running, of those that were named
  std::unordered_map<PartId, std::uint32_t> depths_;  // of what is running
  std::map<Hints, std::uint32_t> numbers_;
  std::vector<const Hints*> hints_;  // by number; they stand in the map
  std::optional<Stage> paged_;       // what waits for it stands in the catalog
  bool more_ = false;                // may wait there, behind place_
  std::uint64_t place_ = 0;          // of the last page
};

}  // namespace careo
