// SPDX-License-Identifier: Apache-2.0
// The first trail of a part: of its places the one with the fewest steps from a source, and of those the smallest, step
// by step as printed. It depends on what the case holds only, never on the order in which it was read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/trail.h"
#include "store/catalog.h"

namespace careo {

/// A trail as its words: "src:...", then each step.
using TrailWords = std::vector<std::string>;
std::string printed(const TrailWords& words);

/// Finds first trails, and remembers those of containers. One thread.
class Trails {
 public:
  /// NotFound where the part has no place that a source leads to.
  Result<TrailWords> first(Database* database, Row row);
  /// The trail of one of a part's places.
  Result<TrailWords> of_place(Database* database, Row parent, const std::string& step);
  /// Places changed: nothing remembered holds.
  void forget() { known_.clear(); }

 private:
  struct Place {
    Row parent;
    std::string step;
  };
  Result<std::vector<Place>> nearest_places(Database* database, Row row);

  std::map<Row, TrailWords> known_;
};

}  // namespace careo
