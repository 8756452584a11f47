// SPDX-License-Identifier: Apache-2.0
#include "desk/relatives.h"

#include <algorithm>

#include "search/entry.h"
#include "search/likeness.h"

namespace careo {
namespace {

constexpr double kAlike = 0.6;       // below it texts share phrases, not their making
constexpr double kLikely = 0.5;      // an estimate errs by 0.06 mostly
constexpr std::size_t kLooked = 40;  // texts read again to be sure
constexpr std::size_t kMost = 20;

Result<std::vector<std::uint32_t>> shingles_of_part(Case& store, const PartId& part) {
  std::vector<Outcome> outcomes;
  for (const Stage stage : {Stage::Open, Stage::Ocr})
    if (store.has(part, stage)) outcomes.push_back(TRY(store.outcome(part, stage)));
  if (outcomes.empty()) return std::vector<std::uint32_t>{};
  return shingles_of(compared_text(entry_of(outcomes, {})));
}

}  // namespace

Result<std::vector<Relative>> relatives_of(Session& session, const PartId& part) {
  Case& store = *session.store;
  std::vector<Relative> out;
  const std::vector<Near> likely = TRY(session.index->near(part, kLikely, kLooked));
  if (likely.empty()) return out;
  const std::vector<std::uint32_t> own = TRY(shingles_of_part(store, part));
  for (const Near& near : likely) {
    if (!TRY(store.stands(near.part))) continue;  // the index is a little behind
    const double truth = alike(own, TRY(shingles_of_part(store, near.part)));
    if (truth < kAlike) continue;
    out.push_back({TRY(store.trail(near.part)), TRY(store.part(near.part)).title, truth, "text"});
  }
  std::stable_sort(out.begin(), out.end(), [](const Relative& a, const Relative& b) {
    return a.alike != b.alike ? a.alike > b.alike : a.trail.print() < b.trail.print();
  });
  if (out.size() > kMost) out.resize(kMost);
  return out;
}

}  // namespace careo
