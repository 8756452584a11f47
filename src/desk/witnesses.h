// SPDX-License-Identifier: Apache-2.0
// The second witnesses of a case: what the printed faces and barcodes of its pictures say, brought before the records
// of the documents they show.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "resolve/witness.h"
#include "store/case.h"

namespace careo {

/// A page of a part; 0 where the part is one picture.
using PageOf = std::pair<PartId, std::uint32_t>;
PageOf page_of(const PartId& part, const Region& region);

class Witnesses {
 public:
  static Result<Witnesses> of(Case& store);

  /// Lets each record hear the face of its own picture, the barcodes there that hold its number, and the faces of
  /// pictures without a zone that print its number: the front of a card whose back was read. Returns those pages.
  std::set<PageOf> speak(std::vector<IdentityRecord>* records) const;

 private:
  std::map<PageOf, std::vector<Testimony>> by_page_;
};

}  // namespace careo
