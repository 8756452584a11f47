// SPDX-License-Identifier: Apache-2.0
#include "desk/persons.h"

#include <algorithm>

namespace careo {
namespace {

Result<std::vector<Trail>> trails_of(Case& store, const PartId& part, const Region& region) {
  std::vector<Trail> out;
  for (const PlaceRow& place : TRY(store.places(part))) {
    Trail trail = place.parent ? TRY(store.trail(*place.parent)) : Trail{place.source, {}, {}};
    trail.steps.push_back(place.step);
    trail.region = region;
    out.push_back(std::move(trail));
  }
  std::sort(out.begin(), out.end(), [](const Trail& a, const Trail& b) { return a.print() < b.print(); });
  return out;
}

// A picture that was cut or failed may hold a document that nobody saw; a zone that was found and could not be read
// surely does.
Result<void> gather_unread(Case& store, std::vector<Trail>* out) {
  TRY(store.readings("mrz_unread", [&](const PartId& part, const Reading& reading) -> Result<void> {
    Trail trail = TRY(store.trail(part));
    trail.region = reading.region;
    out->push_back(std::move(trail));
    return {};
  }));
  return store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    const bool picture = outcome.media_type.starts_with("image/");
    if (outcome.stage != Stage::Open || !picture || outcome.state == State::Read) return {};
    const bool found = std::any_of(outcome.readings.begin(), outcome.readings.end(),
                                   [](const Reading& reading) { return reading.kind.starts_with("mrz"); });
    if (!found) out->push_back(TRY(store.trail(outcome.part)));
    return {};
  });
}

}  // namespace

std::vector<Trail> CasePersons::images_of(const IdentityDocument& document) const {
  std::vector<Trail> out;
  for (const std::size_t record : document.records) out.insert(out.end(), trails[record].begin(), trails[record].end());
  return out;
}

Result<CasePersons> persons_of(Case& store) {
  CasePersons out;
  TRY(store.readings("mrz", [&](const PartId& part, const Reading& reading) -> Result<void> {
    out.records.push_back(TRY(record_of(part, reading)));
    out.trails.push_back(TRY(trails_of(store, part, reading.region)));
    return {};
  }));
  TRY(gather_unread(store, &out.unread));
  ResolveOptions options;
  options.unread_images = out.unread.size();
  out.resolution = resolve_persons(out.records, TRY(store.decisions()), options);
  return out;
}

}  // namespace careo
