// SPDX-License-Identifier: Apache-2.0
#include "desk/find.h"

#include <map>

#include "base/text.h"
#include "search/origins.h"
#include "search/scan.h"

namespace careo {
namespace {

Result<Query> parse(const std::string& text) {
  auto query = Query::parse(text);
  if (!query) query.error().fault = Fault::Refused;  // what was typed is wrong, not the case
  return query;
}

Result<std::vector<Text>> texts_of(Case& store, const PartId& part) {
  std::vector<Text> out;
  for (const Stage stage : {Stage::Open, Stage::Ocr}) {
    if (!store.has(part, stage)) continue;
    Outcome outcome = TRY(store.outcome(part, stage));
    std::move(outcome.texts.begin(), outcome.texts.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace

Result<Findings> find(Session& session, const std::string& query_text, std::uint64_t limit, std::uint64_t offset) {
  const Query query = TRY(parse(query_text));
  SearchOptions options;
  options.limit = limit;
  options.offset = offset;
  if (query.asks(QueryField::Source) && session.index->origins() == nullptr)
    session.index->know(std::make_shared<const Origins>(TRY(Origins::of(*session.store))));
  const Hits hits = TRY(session.index->search(query, options));
  Findings out{hits.total, hits.ranked, {}};
  for (const Hit& hit : hits.rows) {
    FoundPart row{TRY(session.store->trail(hit.part)), hit.label, hit.date, hit.kind, hit.sender, hit.score, {}};
    row.snippet = snippet_of(query, TRY(texts_of(*session.store, hit.part)));
    row.trail.region = row.snippet.region;
    out.rows.push_back(std::move(row));
  }
  return out;
}

// Whatever was done to a part, it was opened first.
Result<void> scan_entries(Case& store, const std::function<Result<void>(const Entry&)>& each) {
  return store.outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    if (outcome.stage != Stage::Open) return {};
    std::vector<Outcome> outcomes{outcome};
    for (const Stage later : {Stage::Look, Stage::Ocr, Stage::Mine})
      if (store.has(outcome.part, later)) outcomes.push_back(TRY(store.outcome(outcome.part, later)));
    std::vector<std::string> names;
    for (const PlaceRow& place : TRY(store.places(outcome.part))) names.push_back(place.name);
    return each(entry_of(outcomes, std::move(names)));
  });
}

Result<std::uint64_t> count_by_scan(Session& session, const std::string& query_text) {
  const Query query = TRY(parse(query_text));
  std::map<PartId, std::vector<std::string>> sources;
  if (query.asks(QueryField::Source))
    for (const Source& source : TRY(session.store->sources()))
      for (const PartId& part : TRY(session.store->below({source.id, {}, {}})))
        for (const std::string& word : {source.id, lower_ascii(name_of(source))}) sources[part].push_back(word);
  std::uint64_t total = 0;
  TRY(scan_entries(*session.store, [&](const Entry& found) -> Result<void> {
    Entry entry = found;
    if (const auto from = sources.find(entry.part); from != sources.end()) entry.sources = from->second;
    total += Scanned(entry).matches(query) ? 1U : 0U;
    return {};
  }));
  return total;
}

}  // namespace careo
