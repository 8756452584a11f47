// SPDX-License-Identifier: Apache-2.0
#include "desk/persons.h"

#include <algorithm>
#include <set>

#include "resolve/corrections.h"

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

// Bytes. Icons and bullets are smaller; a thumbnail of a document, which nobody could read either, is larger.
constexpr std::uint64_t kLeastPicture = 2'000;

bool has_words(const Outcome& outcome) {
  return std::any_of(outcome.texts.begin(), outcome.texts.end(),
                     [](const Text& text) { return text.utf8.find_first_not_of(" \t\r\n\f") != std::string::npos; });
}

bool may_show_a_document(const Outcome& outcome) {
  if (outcome.stage != Stage::Open) return false;
  const bool picture = outcome.media_type.starts_with("image/");
  const bool scan = outcome.media_type == "application/pdf" && !has_words(outcome);
  if (!picture && !scan) return false;
  return std::none_of(outcome.readings.begin(), outcome.readings.end(),
                      [](const Reading& reading) { return reading.kind == "mrz"; });
}

// A picture in which no zone was read may show a document that nobody could read, or a cat. It raises the upper bound
// by one and is counted aloud; the lower bound, which is what may be printed, knows nothing of it.
Result<void> gather_unread(Case& store, std::vector<Trail>* out) {
  std::set<PartId> seen;
  return store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (!may_show_a_document(outcome) || !seen.insert(outcome.part).second) return {};
    if (TRY(store.part(outcome.part)).part.length < kLeastPicture) return {};
    out->push_back(TRY(store.trail(outcome.part)));
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
  const std::vector<Decision> decisions = TRY(store.decisions());
  apply_corrections(decisions, &out.records);
  out.resolution = resolve_persons(out.records, decisions, options);
  return out;
}

}  // namespace careo
