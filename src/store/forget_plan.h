// SPDX-License-Identifier: Apache-2.0
// What a forgetting touches, in rows of the catalog (docs/formats/log.md, "Forgetting").
#pragma once

#include <set>
#include <unordered_map>
#include <unordered_set>

#include "store/case_store.h"

namespace careo {

struct CaseStore::ForgetPlan {
  using Place = std::pair<Row, std::string>;  ///< parent and step
  Row source = 0;                             ///< of a source that goes as a whole
  std::unordered_set<Row> named;              ///< all parts of the same bytes as the one named
  std::set<Place> places;                     ///< that go
  std::unordered_set<Row> gone;               ///< parts that no source leads to any more
  std::unordered_map<Row, Row> above;         ///< of each part that stays: by whom it is reached in the fewest steps
  std::unordered_set<Row> inside;             ///< what was found inside those named, or is the same bytes
  std::unordered_set<Row> hollow;             ///< containers of them that stay
  std::set<Sha256> lost;                      ///< kept bytes that go
  std::set<PartId> gone_ids;                  ///< theirs, and those of the same bytes that stood once
  std::unordered_set<Row> anew;               ///< parts that stay, and whose records are written anew under another key
  std::uint64_t decisions = 0;                ///< that go
};

}  // namespace careo
