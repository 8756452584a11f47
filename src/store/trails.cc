// SPDX-License-Identifier: Apache-2.0
#include "store/trails.h"

#include <algorithm>
#include <set>

namespace careo {
namespace {

constexpr std::size_t kRemembered = 20'000;

Result<std::string> source_word(Database* database, Row parent) {
  auto query = TRY(database->prepare("SELECT name FROM sources WHERE id=?1"));
  query.bind(1, -parent);
  if (!TRY(query.step())) return fail(Fault::Malformed, "a place of a source that is not there");
  return "src:" + std::string(query.text(0));
}

}  // namespace

std::string printed(const TrailWords& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : "/").append(word);
  return out;
}

Result<std::vector<Trails::Place>> Trails::nearest_places(Database* database, Row row) {
  auto query = TRY(database->prepare(
      "SELECT s.parent, s.step FROM places s JOIN parts c ON c.id=s.child LEFT JOIN parts p ON p.id=s.parent"
      " WHERE s.child=?1 AND (s.parent<0 AND c.depth=1 OR p.depth=c.depth-1)"));
  query.bind(1, row);
  std::vector<Place> out;
  while (TRY(query.step())) out.push_back({query.integer(0), std::string(query.text(1))});
  if (out.empty()) return fail(Fault::NotFound, "no source leads to this part");
  return out;
}

// Upwards level by level, since each place that counts is one step nearer to a source; then down again, so that every
// part's trail is chosen after those of all its parents.
Result<TrailWords> Trails::first(Database* database, Row row) {
  if (const auto found = known_.find(row); found != known_.end()) return found->second;
  if (known_.size() > kRemembered) known_.clear();
  std::vector<std::pair<Row, std::vector<Place>>> open;
  std::set<Row> seen = {row};
  for (std::vector<Row> level = {row}; !level.empty();) {
    std::vector<Row> above;
    for (const Row at : level) {
      open.emplace_back(at, TRY(nearest_places(database, at)));
      for (const Place& place : open.back().second)
        if (place.parent > 0 && !known_.contains(place.parent) && seen.insert(place.parent).second)
          above.push_back(place.parent);
    }
    level = std::move(above);
  }
  for (auto entry = open.rbegin(); entry != open.rend(); ++entry) {
    TrailWords best;
    for (const Place& place : entry->second) {
      TrailWords words = place.parent < 0 ? TrailWords{TRY(source_word(database, place.parent))} : known_[place.parent];
      words.push_back(place.step);
      if (best.empty() || words < best) best = std::move(words);
    }
    known_[entry->first] = std::move(best);
  }
  return known_[row];
}

Result<TrailWords> Trails::of_place(Database* database, Row parent, const std::string& step) {
  TrailWords out = parent < 0 ? TrailWords{TRY(source_word(database, parent))} : TRY(first(database, parent));
  out.push_back(step);
  return out;
}

}  // namespace careo
