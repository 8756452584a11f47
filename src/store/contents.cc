// SPDX-License-Identifier: Apache-2.0
// What stands directly inside a part, and how all below it ended: the inventory, one level at a time.
#include <algorithm>

#include "store/case_store.h"

namespace careo {
namespace {

// Each part once: UNION, not UNION ALL, so that a part with two places is counted once and no cycle is walked.
constexpr const char* kBelow =
    "WITH RECURSIVE below(id) AS (SELECT ?1 UNION SELECT s.child FROM places s JOIN below b ON s.parent=b.id"
    " WHERE s.child>0) ";

Result<EndedAs> ended_below(Database& db, Row row) {
  EndedAs out;
  auto query =
      TRY(db.prepare(std::string(kBelow) + "SELECT ended, count(*) FROM parts WHERE id IN below GROUP BY ended"));
  query.bind(1, row);
  while (TRY(query.step())) {
    const auto count = static_cast<std::uint64_t>(query.integer(1));
    std::uint64_t* const counts[] = {&out.read, &out.cut, &out.kept, &out.failed};
    (query.is_null(0) ? out.waiting : *counts[std::clamp<std::int64_t>(query.integer(0), 0, 3)]) += count;
  }
  return out;
}

struct Found {
  std::string step;
  std::string name;
  Row child = 0;
  PartId part;
  std::uint64_t children = 0;
};

Result<std::vector<Found>> level(Database& db, Row parent, std::uint64_t offset, std::uint64_t limit) {
  std::vector<Found> out;
  auto query =
      TRY(db.prepare("SELECT s.step, s.name, s.child, p.hash, p.children FROM places s JOIN parts p"
                     " ON p.id=s.child WHERE s.parent=?1 ORDER BY s.child, s.step LIMIT ?2 OFFSET ?3"));
  query.bind(1, parent).bind(2, limit).bind(3, offset);
  while (TRY(query.step())) {
    Found row{std::string(query.text(0)),
              std::string(query.text(1)),
              query.integer(2),
              {},
              static_cast<std::uint64_t>(query.integer(4))};
    const Bytes hash = query.bytes(3);
    if (hash.size() != row.part.bytes.size()) return fail(Fault::Malformed, "a hash in the catalog is cut");
    std::copy(hash.begin(), hash.end(), row.part.bytes.begin());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

// A part's row, or minus a source's.
Result<Row> CaseStore::row_at(const Trail& trail) {
  if (!trail.steps.empty()) return known_row(TRY(find(trail)));
  const auto source = TRY(catalog_->source_row(trail.source));
  if (!source) return fail(Fault::NotFound, "no such source", trail.print());
  return -*source;
}

Result<std::vector<PartId>> CaseStore::below(const Trail& trail) {
  auto query = TRY(catalog_->database().prepare(
      std::string(kBelow) + "SELECT hash FROM parts WHERE id IN below AND sha IS NOT NULL ORDER BY hash"));
  query.bind(1, TRY(row_at(trail)));
  std::vector<PartId> out;
  while (TRY(query.step())) {
    const Bytes hash = query.bytes(0);
    if (hash.size() != out.emplace_back().bytes.size()) return fail(Fault::Malformed, "a hash in the catalog is cut");
    std::copy(hash.begin(), hash.end(), out.back().bytes.begin());
  }
  return out;
}

Result<Contents> CaseStore::contents(const Trail& trail, std::uint64_t offset, std::uint64_t limit) {
  TRY(catalog_->settle());
  Database& db = catalog_->database();
  const Row parent = TRY(row_at(trail));
  Contents out;
  {
    auto total = TRY(db.prepare("SELECT count(*) FROM places WHERE parent=?1"));
    total.bind(1, parent);
    if (TRY(total.step())) out.total = static_cast<std::uint64_t>(total.integer(0));
  }
  out.below = TRY(ended_below(db, parent));
  SourceId called = trail.source;  // by now: it may have been asked for by what it was called while it came in
  {
    auto name = TRY(db.prepare("SELECT name FROM sources WHERE id=?1"));
    name.bind(1, TRY(catalog_->source_row(trail.source)).value_or(0));
    if (TRY(name.step())) called = name.text(0);
  }
  for (const Found& found : TRY(level(db, parent, offset, limit))) {
    ContentRow row;
    row.trail = {called, trail.steps, {}};
    row.trail.steps.push_back(TRY(Step::parse(found.step)));
    row.name = found.name;
    row.part = TRY(part(found.part));
    row.children = found.children;
    row.below = TRY(ended_below(db, found.child));
    row.first = printed(TRY(trails_.first(&db, found.child))) == row.trail.print();
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace careo
