// SPDX-License-Identifier: Apache-2.0
// The rows of machine output that every face prints alike (docs/formats/json.md): one JSON object each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "desk/find.h"
#include "desk/persons.h"
#include "desk/show.h"
#include "resolve/people_json.h"

namespace careo {

/// A reading's row. `file` and `crop` (the path of its picture) are left out where they are empty.
std::string reading_row(const std::string& file, const Trail& trail, const Reading& reading,
                        const std::string& crop = {});

/// A person's word.
std::string decision_row(const Decision& decision);

/// The account of a case: first the totals. `missing` is left out where it was not counted.
std::string inventory_row(const Inventory& inventory, std::optional<std::uint64_t> missing);
/// A place that was not simply read.
std::string inventory_row(const Inventory::Row& row);
std::string inventory_row(const Inventory::Folder& folder);

/// A hit.
std::string found_row(const FoundPart& found);

/// What stands at a trail, without its readings.
std::string relative_row(const Relative& relative);
std::string shown_row(const Shown& shown, const Trail& trail);

/// A page that seems to be an identity document and was not read as one: the keys of a document, empty, and what it
/// seems to be.
std::string candidate_row(const CandidateDocument& candidate);

/// A record stands for its picture: the first place of it, with the zone. REQUIRES: `persons` outlives the result.
TrailOf trail_of(const CasePersons& persons);

/// The trail of a part with a region of it.
Trail with_region(const Trail& trail, const Region& region);

}  // namespace careo
