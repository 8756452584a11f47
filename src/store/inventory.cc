// SPDX-License-Identifier: Apache-2.0
// The account of every part. Counted are places: the first place of a part stands for it, each further one is a
// duplicate. What is inside a duplicate has its places inside the part, once, so it is not counted again.
#include <algorithm>
#include <set>

#include "store/case_store.h"

namespace careo {
namespace {

// Places that a source leads to; those of a part that lost its own place do not count.
constexpr std::string_view kLed =
    " FROM places s LEFT JOIN parts p ON p.id=s.parent WHERE (s.parent<0 OR p.depth<1000000)";

std::uint64_t unsigned_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

Result<void> CaseStore::count_places(Inventory* out) {
  Database& db = catalog_->database();
  auto places =
      TRY(db.prepare("SELECT count(*), count(DISTINCT nullif(s.child,0)), sum(s.child=0)" + std::string(kLed)));
  if (!TRY(places.step())) return fail(Fault::Bug, "no count");
  const std::uint64_t unhashed = unsigned_of(places.integer(2));
  out->parts = unsigned_of(places.integer(0));
  out->failed = unhashed;
  out->duplicate = out->parts - unsigned_of(places.integer(1)) - unhashed;
  std::uint64_t* const counts[] = {&out->read, &out->cut, &out->kept, &out->failed};
  auto states = TRY(db.prepare("SELECT ended, count(*) FROM parts WHERE depth<1000000 GROUP BY ended"));
  while (TRY(states.step())) {
    const std::uint64_t count = unsigned_of(states.integer(1));
    if (states.is_null(0)) {
      out->waiting += count;
      continue;
    }
    *counts[std::clamp<std::int64_t>(states.integer(0), 0, 3)] += count;
  }
  // An empty file is no copy of another one: nothing is the same in them. Each counts as its part ended.
  auto empty = TRY(db.prepare(
      "SELECT c.ended, count(*)-count(DISTINCT s.child) FROM parts c JOIN places s ON s.child=c.id LEFT JOIN parts p"
      " ON p.id=s.parent WHERE c.length=0 AND (s.parent<0 OR p.depth<1000000) GROUP BY c.ended"));
  while (TRY(empty.step())) {
    out->duplicate -= unsigned_of(empty.integer(1));
    (empty.is_null(0) ? out->waiting : *counts[std::clamp<std::int64_t>(empty.integer(0), 0, 3)]) +=
        unsigned_of(empty.integer(1));
  }
  auto bytes = TRY(db.prepare("SELECT sum(p.length) FROM places s JOIN parts p ON p.id=s.child WHERE s.parent<0"));
  if (TRY(bytes.step())) out->bytes = unsigned_of(bytes.integer(0));
  auto expected = TRY(db.prepare("SELECT sum(expected), count(expected) FROM parts WHERE depth<1000000"));
  if (TRY(expected.step()) && expected.integer(1) > 0) out->expected = unsigned_of(expected.integer(0));
  return {};
}

// Containers whose account is off: claims that do not sum to the length, a count of their own that is not that of their
// children, a child without a place, a child claimed and not there or the other way round.
Result<std::vector<Row>> CaseStore::rows_off() {
  std::vector<Row> out;
  auto sums =
      TRY(catalog_->database().prepare("SELECT id FROM parts WHERE depth<1000000 AND state IS NOT NULL AND"
                                       " (off<>0 OR (claimed IS NOT NULL AND claimed<>length))"));
  while (TRY(sums.step())) out.push_back(sums.integer(0));
  auto placed = TRY(catalog_->database().prepare(
      "SELECT p.id FROM parts p LEFT JOIN (SELECT parent, count(*) AS n FROM places WHERE parent>0 AND stage=0"
      " GROUP BY parent) c ON c.parent=p.id WHERE p.depth<1000000 AND p.state IS NOT NULL"
      " AND coalesce(c.n, 0)<>p.children"));
  while (TRY(placed.step())) out.push_back(placed.integer(0));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<void> CaseStore::list_rows(const std::vector<Row>& off, Inventory* out) {
  std::vector<Row> rows = off;
  {
    auto query =
        TRY(catalog_->database().prepare("SELECT id FROM parts WHERE depth<1000000 AND (ended IS NULL OR ended<>0)"));
    while (TRY(query.step())) rows.push_back(query.integer(0));
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  for (const Row row : rows) {
    auto query = TRY(catalog_->database().prepare(
        "SELECT ended, why, media_type, length, unread+unseen, (SELECT min(name) FROM places WHERE child=parts.id)"
        " FROM parts WHERE id=?1"));
    query.bind(1, row);
    if (!TRY(query.step())) return fail(Fault::Malformed, "a part went from the catalog");
    Inventory::Row line;
    line.trail = TRY(Trail::parse(printed(TRY(trails_.first(&catalog_->database(), row)))));
    line.outcome =
        query.is_null(0) ? "waiting" : name_of(static_cast<State>(std::clamp<std::int64_t>(query.integer(0), 0, 3)));
    line.reason = query.text(1);
    line.media_type = query.text(2);
    line.bytes = unsigned_of(query.integer(3));
    line.unread = unsigned_of(query.integer(4));
    line.name = query.text(5);
    line.adds_up = !std::binary_search(off.begin(), off.end(), row);
    out->rows.push_back(std::move(line));
  }
  return {};
}

Result<void> CaseStore::list_duplicates(Inventory* out) {
  std::vector<Row> several;
  {
    auto query = TRY(catalog_->database().prepare(
        "SELECT s.child" + std::string(kLed) +
        " AND s.child>0 AND s.child NOT IN (SELECT id FROM parts WHERE length=0) GROUP BY s.child HAVING count(*)>1"));
    while (TRY(query.step())) several.push_back(query.integer(0));
  }
  for (const Row row : several) {
    const TrailWords first = TRY(trails_.first(&catalog_->database(), row));
    auto query = TRY(catalog_->database().prepare(
        "SELECT s.parent, s.step, s.name, c.media_type, c.length FROM places s JOIN parts c ON c.id=s.child"
        " LEFT JOIN parts p ON p.id=s.parent WHERE s.child=?1 AND (s.parent<0 OR p.depth<1000000)"));
    query.bind(1, row);
    while (TRY(query.step())) {
      const TrailWords words =
          TRY(trails_.of_place(&catalog_->database(), query.integer(0), std::string(query.text(1))));
      if (words == first) continue;
      Inventory::Row line;
      line.trail = TRY(Trail::parse(printed(words)));
      line.outcome = "duplicate";
      line.reason = "same as " + printed(first);
      line.name = query.text(2);
      line.media_type = query.text(3);
      line.bytes = unsigned_of(query.integer(4));
      out->rows.push_back(std::move(line));
    }
  }
  return {};
}

Result<void> CaseStore::list_unhashed(Inventory* out) {
  auto query = TRY(catalog_->database().prepare(
      "SELECT o.name, s.step, s.name FROM places s JOIN sources o ON o.id=-s.parent WHERE s.child=0"));
  while (TRY(query.step())) {
    Inventory::Row line;
    line.trail.source = query.text(0);
    line.trail.steps.push_back(TRY(Step::parse(query.text(1))));
    line.name = line.trail.steps[0].name;
    line.outcome = "failed";
    line.reason = query.text(2);
    out->rows.push_back(std::move(line));
  }
  return {};
}

// A source's record says how many files it has; each must stand somewhere, or wait where they are still coming in.
Result<void> CaseStore::count_files(Rows rows, Inventory* out) {
  auto files = TRY(catalog_->database().prepare(
      "SELECT o.name, o.came_as, o.files-(SELECT count(*) FROM places WHERE parent=-o.id) AS rest FROM sources o"
      " WHERE rest<>0"));
  while (TRY(files.step())) {
    const std::int64_t rest = files.integer(2);
    if (rest < 0 || files.text(0) != files.text(1)) {
      out->adds_up = false;
      continue;
    }
    out->parts += unsigned_of(rest);
    out->waiting += unsigned_of(rest);
    if (rows == Rows::None) continue;
    Inventory::Row line;
    line.trail.source = files.text(0);
    line.outcome = "waiting";
    line.reason = rest == 1 ? "1 file has not come in whole: add the same again"
                            : std::to_string(rest) + " files have not come in: add the same folder again";
    out->rows.push_back(std::move(line));
  }
  return {};
}

Result<Inventory> CaseStore::inventory(Rows rows) {
  Inventory out;
  TRY(catalog_->settle());
  TRY(count_places(&out));
  TRY(count_files(rows, &out));
  for (const Tombstone& stone : TRY(tombstones())) out.forgotten += stone.parts;
  const std::vector<Row> off = TRY(rows_off());
  const std::uint64_t sum = out.read + out.cut + out.kept + out.duplicate + out.failed + out.waiting;
  if (!off.empty() || sum != out.parts) out.adds_up = false;
  if (rows == Rows::None) return out;
  TRY(list_rows(off, &out));
  TRY(list_duplicates(&out));
  TRY(list_unhashed(&out));
  for (Source& source : TRY(sources()))
    for (std::string& folder : source.empty_folders) out.empty_folders.push_back({source.id, std::move(folder)});
  std::sort(out.rows.begin(), out.rows.end(),
            [](const Inventory::Row& a, const Inventory::Row& b) { return a.trail < b.trail; });
  return out;
}

}  // namespace careo
