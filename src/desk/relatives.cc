// SPDX-License-Identifier: Apache-2.0
#include "desk/relatives.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "search/entry.h"
#include "search/likeness.h"
#include "search/picture_likeness.h"

namespace careo {
namespace {

constexpr double kAlike = 0.6;                 // below it texts share phrases, not their making
constexpr double kLikely = 0.5;                // an estimate errs by 0.06 mostly
constexpr std::size_t kLooked = 40;            // texts read again to be sure
constexpr std::size_t kLookedPictures = 2000;  // sketches read again to be sure
constexpr std::size_t kMost = 20;

Result<std::vector<std::uint32_t>> shingles_of_part(Case& store, const PartId& part) {
  std::vector<Outcome> outcomes;
  for (const Stage stage : {Stage::Open, Stage::Ocr})
    if (store.has(part, stage)) outcomes.push_back(TRY(store.outcome(part, stage)));
  if (outcomes.empty()) return std::vector<std::uint32_t>{};
  return shingles_of(compared_text(entry_of(outcomes, {})));
}

Result<std::vector<Relative>> near_texts(Session& session, const PartId& part) {
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
  return out;
}

/// The pictures of a part by page, 0 where the part is one.
using Sketches = std::map<std::uint32_t, PictureSketch>;

Result<Sketches> sketches_of(Case& store, const PartId& part) {
  Sketches out;
  for (const Stage stage : {Stage::Open, Stage::Look}) {
    if (!store.has(part, stage)) continue;
    const Outcome outcome = TRY(store.outcome(part, stage));
    for (const Reading& reading : outcome.readings) {
      if (reading.kind != "picture") continue;
      if (const auto sketch = picture_sketch(reading.value)) out.emplace(reading.region.page.value_or(0), *sketch);
    }
  }
  return out;
}

/// Of each part the page that is nearest.
Result<std::vector<Relative>> near_pictures(Session& session, const PartId& part) {
  Case& store = *session.store;
  std::map<PartId, std::vector<NearPicture>> likely;
  for (const NearPicture& near : TRY(session.index->near_pictures(part, kLookedPictures)))
    likely[near.part].push_back(near);
  std::vector<Relative> out;
  if (likely.empty()) return out;
  const Sketches own = TRY(sketches_of(store, part));
  for (const auto& [other, pairs] : likely) {
    if (!TRY(store.stands(other))) continue;
    const Sketches all = TRY(sketches_of(store, other));
    PictureMatch best;
    Relative found;
    std::uint32_t page = 0;
    for (const NearPicture& pair : pairs) {
      const auto a = all.find(pair.page);
      const auto b = own.find(pair.own_page);
      if (a == all.end() || b == own.end()) continue;
      const PictureMatch match = careo::match(a->second, b->second);
      if (match.apart >= best.apart) continue;
      best = match;
      found.alike = match.alike;
      found.turned = match.quarters * 90;
      found.scale =
          static_cast<double>(a->second.width) / (match.quarters % 2 == 0 ? b->second.width : b->second.height);
      page = pair.page;
    }
    if (best.apart > kMostApart) continue;
    found.trail = TRY(store.trail(other));
    if (page != 0) found.trail.region.page = page;
    found.title = TRY(store.part(other)).title;
    found.by = "picture";
    out.push_back(std::move(found));
  }
  return out;
}

Trail whole(const Trail& trail) {
  return {trail.source, trail.steps, {}};
}

}  // namespace

Result<std::vector<Relative>> relatives_of(Session& session, const PartId& part) {
  std::vector<Relative> out = TRY(near_pictures(session, part));
  std::set<std::string> pictured;
  for (const Relative& relative : out) pictured.insert(whole(relative.trail).print());
  for (Relative& relative : TRY(near_texts(session, part)))  // what was recognised in them says nothing more
    if (!pictured.contains(relative.trail.print())) out.push_back(std::move(relative));
  std::stable_sort(out.begin(), out.end(), [](const Relative& a, const Relative& b) {
    return a.alike != b.alike ? a.alike > b.alike : a.trail.print() < b.trail.print();
  });
  if (out.size() > kMost) out.resize(kMost);
  return out;
}

std::string change_between(const Relative& relative) {
  constexpr double kAsLarge = 0.01;
  std::string out;
  if (std::abs(relative.scale - 1) > kAsLarge)
    out = (relative.scale < 1 ? "smaller (" : "larger (") + std::to_string(std::lround(relative.scale * 100)) + " %)";
  if (relative.turned != 0) out += out.empty() ? "turned" : ", turned";
  return out;
}

}  // namespace careo
