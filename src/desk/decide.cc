// SPDX-License-Identifier: Apache-2.0
#include "desk/decide.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "desk/persons.h"

namespace careo {
namespace {

using Verdict = Decision::Verdict;

std::string quoted(const std::string& thing) {
  return printable(thing);
}

/// A document or person stands for its first picture: what is decided of pictures is decided of what they are of.
Result<Anchor> anchor_of_id(const CasePersons& persons, const std::string& id) {
  const Resolution& all = persons.resolution;
  for (const Person& person : all.persons) {
    const IdentityDocument& first = all.documents[person.documents.front()];
    if (person.id == id) return *persons.records[first.records.front()].anchor;
  }
  for (const IdentityDocument& document : all.documents)
    if (document.id == id) return *persons.records[document.records.front()].anchor;
  return fail(Fault::Refused, fmt::format("no document and no person is called {}", quoted(id)));
}

bool stands_in(const Anchor& anchor, const PartId& part, const Region& region) {
  if (anchor.part != part) return false;
  if (region.page && anchor.region.page && *region.page != *anchor.region.page) return false;
  return !region.box || meet(anchor, {part, region, anchor.kind});
}

Result<Anchor> anchor_at(Case& store, const CasePersons& persons, const std::string& thing) {
  if (thing.starts_with("d-") || thing.starts_with("p-")) return anchor_of_id(persons, thing);
  const auto parsed = Trail::parse(thing);
  if (!parsed) return fail(Fault::Refused, "not a trail: " + parsed.error().text());
  const Trail& trail = *parsed;
  const PartId part = TRY(store.find(trail));
  std::vector<const Anchor*> found;
  for (const IdentityRecord& record : persons.records)
    if (record.anchor && stands_in(*record.anchor, part, trail.region)) found.push_back(&*record.anchor);
  if (found.empty()) return fail(Fault::Refused, "no identity document was read at " + quoted(thing));
  if (found.size() > 1)
    return fail(Fault::Refused,
                fmt::format("{} documents stand there: give the trail with its box, as careo ids does", found.size()));
  return *found.front();
}

Result<void> expect_things(const DecideRequest& request) {
  const bool pair = request.verdict == Verdict::Same || request.verdict == Verdict::Different;
  const bool either = request.verdict == Verdict::Unsure;
  const std::size_t count = request.things.size();
  if (pair ? count == 2 : either ? count == 1 || count == 2 : count == 1) return {};
  return fail(Fault::Refused, fmt::format("{} is decided of {}", name_of(request.verdict),
                                          pair     ? "two documents or persons"
                                          : either ? "two documents or persons, or one to take a review back"
                                                   : "one document"));
}

}  // namespace

Result<Decided> decide(Session& session, const DecideRequest& request) {
  TRY(expect_things(request));
  if (trim(request.by).empty()) return fail(Fault::Refused, "a decision needs the name of who decides");
  const CasePersons before = TRY(persons_of(*session.store));
  Decided out;
  out.before = before.resolution.count;
  out.decision.verdict = request.verdict;
  out.decision.first = TRY(anchor_at(*session.store, before, request.things.front()));
  out.decision.second = TRY(anchor_at(*session.store, before, request.things.back()));
  if (request.things.size() == 2 && out.decision.first == out.decision.second)
    return fail(Fault::Refused, "both are the same picture");
  if (request.verdict == Verdict::Corrected) out.decision.value = TRY(correction_json(request.corrections));
  out.decision.by = trim(request.by);
  out.decision.at = request.at;
  TRY(session.store->put(out.decision));
  TRY(session.store->commit());
  out.after = TRY(persons_of(*session.store)).resolution.count;
  return out;
}

}  // namespace careo
