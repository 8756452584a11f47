// SPDX-License-Identifier: Apache-2.0
#include "desk/decide.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

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
  const Trail trail = TRY(Trail::given(thing));
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

bool about_two(const Decision& decision) {
  using enum Decision::Verdict;
  return (decision.verdict == Same || decision.verdict == Different || decision.verdict == Unsure) &&
         !(decision.first == decision.second);
}

}  // namespace

Result<Verdict> verdict_of(std::string_view word) {
  for (const Verdict each : {Verdict::Same, Verdict::Different, Verdict::Unsure, Verdict::Corrected, Verdict::Reviewed})
    if (name_of(each) == word) return each;
  return fail(Fault::Refused,
              fmt::format("{} cannot be decided: same, different, unsure, corrected, reviewed", printable(word)));
}

Result<Decision> decide(Session& session, const CasePersons& persons, const DecideRequest& request) {
  TRY(expect_things(request));
  Decision out;
  out.verdict = request.verdict;
  out.by = trim(request.by);
  out.at = request.at;
  if (out.by.empty()) return fail(Fault::Refused, "a decision needs the name of who decides");
  out.first = TRY(anchor_at(*session.store, persons, request.things.front()));
  out.second = TRY(anchor_at(*session.store, persons, request.things.back()));
  if (request.things.size() == 2 && out.first == out.second) return fail(Fault::Refused, "both are the same picture");
  if (request.verdict == Verdict::Corrected) out.value = TRY(correction_json(request.corrections));
  TRY(session.store->put(out));
  TRY(session.store->publish());
  return out;
}

std::vector<PairWord> pair_words(const std::vector<Decision>& decisions, const CasePersons& persons,
                                 std::size_t document) {
  const std::vector<IdentityDocument>& documents = persons.resolution.documents;
  std::vector<std::size_t> document_of(persons.records.size());
  for (std::size_t i = 0; i < documents.size(); ++i)
    for (const std::size_t record : documents[i].records) document_of[record] = i;
  const auto record_at = [&](const Anchor& anchor) {
    const auto found = std::ranges::find_if(
        persons.records, [&](const IdentityRecord& record) { return record.anchor && meet(*record.anchor, anchor); });
    return static_cast<std::size_t>(found - persons.records.begin());
  };
  std::vector<PairWord> out;
  for (const Decision& decision : decisions) {
    if (!about_two(decision)) continue;
    std::size_t here = record_at(decision.first);
    std::size_t there = record_at(decision.second);
    if (std::max(here, there) >= persons.records.size()) continue;
    if (document_of[here] != document) std::swap(here, there);
    if (document_of[here] != document) continue;
    for (PairWord& earlier : out)
      if (earlier.other == document_of[there]) earlier.stands = false;
    out.push_back({decision, document_of[there], persons.trails[here].front(), persons.trails[there].front(), true});
  }
  return out;
}

}  // namespace careo
