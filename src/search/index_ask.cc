// SPDX-License-Identifier: Apache-2.0
// What a query finds in the index, in which order, and how it divides.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "search/index_state.h"

namespace careo {
namespace {

// BM25 weighs a word in a subject eight times, in names and addresses four times as much as one in the text. It is
// worked out for hits only: the expression may match far more rows than the properties of a query leave.
constexpr std::string_view kRank =
    "SELECT rowid, -bm25(words, 8.0, 4.0, 4.0, 2.0, 1.0) FROM words WHERE words MATCH ?1 AND careo_hit(rowid)";

constexpr std::size_t kMaxFacetValues = 50;

}  // namespace

Result<Hit> SearchIndex::State::hit(const Scored& scored) {
  Statement find = TRY(database.prepare("SELECT part, label, date, kind, sender FROM docs WHERE id = ?1"));
  find.bind(1, scored.id);
  if (!TRY(find.step())) return fail(Fault::Malformed, "search index: a hit without its part; rebuild the index");
  Hit out;
  out.part = TRY(indexed_part(find.bytes(0)));
  out.label = find.text(1);
  out.date = find.text(2);
  out.kind = find.text(3);
  out.sender = find.text(4);
  out.score = scored.score;
  return out;
}

/// All rows, newest first, without a date last, by part where dates are equal.
Result<std::vector<Scored>> SearchIndex::State::by_date(const DocSet& rows) {
  struct Dated {
    std::string date;
    std::string part;
    std::uint64_t id;
  };
  std::vector<std::uint64_t> ids;
  rows.visit([&](std::uint64_t id) { ids.push_back(id); });
  std::vector<Dated> dated;
  Statement find = TRY(database.prepare("SELECT date, part FROM docs WHERE id = ?1"));
  for (const std::uint64_t id : ids) {
    find.bind(1, id);
    if (TRY(find.step())) dated.push_back({std::string(find.text(0)), std::string(find.text(1)), id});
    find.reset();
  }
  std::sort(dated.begin(), dated.end(),
            [](const Dated& a, const Dated& b) { return a.date != b.date ? a.date > b.date : a.part < b.part; });
  std::vector<Scored> out;
  for (const Dated& each : dated) out.push_back({each.id, 0});
  return out;
}

/// All rows, best first; equal scores by date and part, never by the order of indexing.
Result<std::vector<Scored>> SearchIndex::State::by_score(const Query& query, const DocSet& rows) {
  std::vector<Scored> out = TRY(by_date(rows));
  const std::string expression = TRY(evaluator().rank_expression(query));
  if (expression.empty()) return out;
  Statement rank = TRY(database.prepare(kRank));
  rank.bind(1, expression);
  vocabulary->hits = &rows;
  std::unordered_map<std::uint64_t, double> scores;
  Result<bool> more = rank.step();
  for (; more && *more; more = rank.step()) scores[static_cast<std::uint64_t>(rank.integer(0))] = rank.real(1);
  vocabulary->hits = nullptr;
  if (!more) return wrap(std::move(more).error(), "rank hits");
  for (Scored& row : out) {
    if (const auto found = scores.find(row.id); found != scores.end()) row.score = found->second;
  }
  std::stable_sort(out.begin(), out.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
  return out;
}

/// The first `wanted` rows by date, met on a walk through all parts by date: soon, where there are many. By the day's
/// index, and sorted within each day: an index of dates and parts would be a tenth of what is known of a mail.
Result<std::vector<Scored>> SearchIndex::State::first_by_date(const DocSet& rows, std::uint64_t wanted) {
  Statement walk = TRY(database.prepare("SELECT id FROM docs ORDER BY day DESC, date DESC, part"));
  std::vector<Scored> out;
  while (out.size() < wanted && TRY(walk.step())) {
    const auto id = static_cast<std::uint64_t>(walk.integer(0));
    if (rows.contains(id)) out.push_back({id, 0});
  }
  return out;
}

Result<Hits> SearchIndex::search(const Query& query, const SearchOptions& options) {
  const DocSet rows = TRY(state_->evaluator().rows(query));
  Hits out;
  out.total = rows.count();
  const std::uint64_t begin = std::min(options.offset, out.total);
  const std::uint64_t end = begin + std::min(options.limit, out.total - begin);
  if (begin == end) return out;
  const bool few = out.total <= kRankedHits;
  out.ranked = few && options.order == SearchOptions::Order::Auto;
  const std::vector<Scored> order = out.ranked ? TRY(state_->by_score(query, rows))
                                    : few      ? TRY(state_->by_date(rows))
                                               : TRY(state_->first_by_date(rows, end));
  for (std::uint64_t i = begin; i < std::min<std::uint64_t>(end, order.size()); ++i) {
    out.rows.push_back(TRY(state_->hit(order[i])));
  }
  return out;
}

Result<std::vector<PartId>> SearchIndex::all(const Query& query) {
  const DocSet rows = TRY(state_->evaluator().rows(query));
  std::vector<PartId> out;
  Statement walk = TRY(state_->database.prepare("SELECT id, part FROM docs ORDER BY part"));
  while (TRY(walk.step())) {
    if (rows.contains(static_cast<std::uint64_t>(walk.integer(0)))) out.push_back(TRY(indexed_part(walk.bytes(1))));
  }
  return out;
}

Result<std::uint64_t> SearchIndex::senders(const std::set<PartId>& without) {
  std::unordered_set<std::string> out;
  Statement walk = TRY(state_->database.prepare("SELECT sender, part FROM docs WHERE kind = 'mail' AND sender <> ''"));
  while (TRY(walk.step()))
    if (without.empty() || !without.contains(TRY(indexed_part(walk.bytes(1))))) out.emplace(walk.text(0));
  return out.size();
}

Result<FacetCounts> SearchIndex::facets(const Query& query) {
  const DocSet rows = TRY(state_->evaluator().rows(query));
  std::map<std::string, std::uint64_t> kinds, months, languages, senders, forms;
  Statement docs = TRY(state_->database.prepare("SELECT id, kind, substr(date, 1, 7), sender FROM docs"));
  while (TRY(docs.step())) {
    if (!rows.contains(static_cast<std::uint64_t>(docs.integer(0)))) continue;
    ++kinds[std::string(docs.text(1))];
    ++months[std::string(docs.text(2))];
    ++senders[std::string(docs.text(3))];
  }
  Statement spoken = TRY(state_->database.prepare("SELECT id, language FROM languages"));
  while (TRY(spoken.step())) {
    if (rows.contains(static_cast<std::uint64_t>(spoken.integer(0)))) ++languages[std::string(spoken.text(1))];
  }
  Statement known = TRY(state_->database.prepare("SELECT id, form FROM forms"));
  while (TRY(known.step())) {
    if (rows.contains(static_cast<std::uint64_t>(known.integer(0)))) ++forms[std::string(known.text(1))];
  }
  const auto top = [](const std::map<std::string, std::uint64_t>& counts) {
    std::vector<FacetCounts::Row> out;
    for (const auto& [text, hits] : counts) {
      if (!text.empty()) out.push_back({text, hits});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.hits > b.hits; });
    if (out.size() > kMaxFacetValues) out.resize(kMaxFacetValues);
    return out;
  };
  std::map<std::string, std::uint64_t> sources;
  if (state_->origins)
    for (const Origins::From& from : state_->origins->all()) {
      DocSet both = from.rows;
      sources[from.word] += (both &= rows).count();
    }
  std::erase_if(sources, [](const auto& source) { return source.second == 0; });
  return FacetCounts{top(kinds), top(months), top(languages), top(senders), top(forms), top(sources)};
}

}  // namespace careo
