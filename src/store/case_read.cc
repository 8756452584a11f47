// SPDX-License-Identifier: Apache-2.0
// Reading: the catalog says where, the log says what.
#include <algorithm>

#include "store/case_store.h"

namespace careo {
namespace {

constexpr int kBatch = 1024;

Result<std::vector<std::uint64_t>> numbers_of(Statement* query) {
  std::vector<std::uint64_t> out;
  while (TRY(query->step())) out.push_back(static_cast<std::uint64_t>(query->integer(0)));
  return out;
}

Result<std::vector<PartId>> ids_of(Statement* query) {
  std::vector<PartId> out;
  while (TRY(query->step())) out.push_back(TRY(sha_from(query->bytes(0))));
  return out;
}

}  // namespace

Result<Record> CaseStore::record_at(Address address, RecordKind expected) {
  // Only what is not committed can still be in the writer's memory.
  if (writer_ && address >= mark_.end) reader_.set_unwritten(writer_->unwritten());
  auto record = reader_.record(address);
  reader_.set_unwritten(nullptr);
  if (!record) return record;
  if (record->kind != expected) return fail(Fault::Malformed, "another kind of record stands there");
  return record;
}

Result<Buffer> CaseStore::opened_record(Address address, RecordKind expected) {
  Record record = TRY(record_at(address, expected));
  const std::uint64_t number = TRY(sealed_body(record.body)).key;
  const Secret key = expected == RecordKind::Keys ? keys_.parts : TRY(catalog_->key(number));
  auto out = open_in_place(expected, std::move(record.body), key, 0);
  if (!out) return fail(Fault::Malformed, "the seal of a record does not hold");
  return out;
}

Result<Outcome> CaseStore::outcome_at(Address address) {
  return unpack_outcome(TRY(opened_record(address, RecordKind::Outcome)));
}

Result<Row> CaseStore::known_row(const PartId& id) {
  const auto row = TRY(catalog_->row_of(id));
  if (!row) return fail(Fault::NotFound, "no such part: " + id.hex());
  return *row;
}

Result<std::vector<Source>> CaseStore::sources() {
  std::vector<std::uint64_t> addresses;
  {
    auto query = TRY(catalog_->database().prepare("SELECT address FROM sources ORDER BY address"));
    addresses = TRY(numbers_of(&query));
  }
  std::vector<Source> out;
  for (const std::uint64_t address : addresses)
    out.push_back(TRY(unpack_source(TRY(opened_record(Address::of(address), RecordKind::Source)), keys_.compartment)));
  return out;
}

bool CaseStore::has(const PartId& part, Stage stage) {
  auto query = catalog_->database().prepare("SELECT stages FROM parts WHERE hash=?1");
  if (!query) return false;
  query->bind(1, Bytes(part.bytes));
  const auto row = query->step();
  return row && *row && (query->integer(0) >> static_cast<int>(stage) & 1) != 0;
}

bool CaseStore::keeps(const PartId& part) {
  auto query = catalog_->database().prepare("SELECT 1 FROM parts p JOIN kept k ON k.sha=p.sha WHERE p.hash=?1");
  if (!query) return false;
  query->bind(1, Bytes(part.bytes));
  const auto row = query->step();
  return row && *row;
}

Result<bool> CaseStore::stands(const PartId& part) {
  TRY(catalog_->settle());
  auto query = TRY(catalog_->database().prepare("SELECT 1 FROM parts WHERE hash=?1 AND depth<1000000"));
  query.bind(1, Bytes(part.bytes));
  return query.step();
}

Result<PartRow> CaseStore::part(const PartId& id) {
  auto query = TRY(
      catalog_->database().prepare("SELECT sha, length, hints, media_type, ended, why, title, date,"
                                   " (SELECT min(name) FROM places WHERE child=parts.id) FROM parts WHERE hash=?1"));
  query.bind(1, Bytes(id.bytes));
  if (!TRY(query.step()) || query.is_null(0)) return fail(Fault::NotFound, "no such part: " + id.hex());
  PartRow out;
  out.id = id;
  out.part.sha256 = TRY(sha_from(query.bytes(0)));
  out.part.length = static_cast<std::uint64_t>(query.integer(1));
  out.part.hints = TRY(Hints::parse(query.text(2)));
  out.media_type = query.text(3);
  if (!query.is_null(4)) out.state = static_cast<State>(std::clamp<std::int64_t>(query.integer(4), 0, 3));
  out.reason = query.text(5);
  out.title = query.text(6);
  out.date = query.text(7);
  if (out.title.empty()) out.title = query.text(8);
  return out;
}

Result<std::optional<Address>> CaseStore::outcome_address(Row row, Stage stage) {
  auto query = TRY(catalog_->database().prepare("SELECT address FROM outcomes WHERE part=?1 AND stage=?2"));
  query.bind(1, row).bind(2, static_cast<int>(stage));
  if (!TRY(query.step())) return std::nullopt;
  return Address::of(static_cast<std::uint64_t>(query.integer(0)));
}

Result<Outcome> CaseStore::outcome(const PartId& part, Stage stage) {
  const auto address = TRY(outcome_address(TRY(known_row(part)), stage));
  if (!address) return fail(Fault::NotFound, "no outcome of stage " + std::string(name_of(stage)) + " yet");
  return outcome_at(*address);
}

Result<std::vector<PlaceRow>> CaseStore::places(const PartId& part) {
  const Row row = TRY(known_row(part));
  auto query = TRY(catalog_->database().prepare(
      "SELECT s.parent, s.step, s.name, p.hash, o.name FROM places s LEFT JOIN parts p ON p.id=s.parent"
      " LEFT JOIN sources o ON o.id=-s.parent WHERE s.child=?1"));
  query.bind(1, row);
  std::vector<PlaceRow> out;
  while (TRY(query.step())) {
    PlaceRow place;
    place.part = part;
    place.step = TRY(Step::parse(query.text(1)));
    place.name = query.text(2);
    if (query.integer(0) > 0) {
      place.parent = TRY(sha_from(query.bytes(3)));
    } else {
      place.source = query.text(4);
    }
    out.push_back(std::move(place));
  }
  std::sort(out.begin(), out.end(), [](const PlaceRow& a, const PlaceRow& b) {
    return std::tie(a.source, a.parent, a.step) < std::tie(b.source, b.parent, b.step);
  });
  return out;
}

Result<Trail> CaseStore::trail(const PartId& part) {
  TRY(catalog_->settle());
  return Trail::parse(printed(TRY(trails_.first(&catalog_->database(), TRY(known_row(part))))));
}

Result<PartId> CaseStore::find(const Trail& trail) {
  Database& db = catalog_->database();
  const auto source = TRY(catalog_->source_row(trail.source));
  if (!source) return fail(Fault::NotFound, "no such source", trail.print());
  Row at = -*source;
  if (trail.steps.empty()) return fail(Fault::NotFound, "a source is no part; name a file of it", trail.print());
  for (const Step& step : trail.steps) {
    auto place = TRY(db.prepare("SELECT child FROM places WHERE parent=?1 AND step=?2"));
    const std::string words = step.print();
    place.bind(1, at).bind(2, words);
    if (!TRY(place.step()) || place.integer(0) == 0)
      return fail(Fault::NotFound, "nothing stands at " + words, trail.print());
    at = place.integer(0);
  }
  auto part = TRY(db.prepare("SELECT hash FROM parts WHERE id=?1"));
  part.bind(1, at);
  if (!TRY(part.step())) return fail(Fault::Malformed, "a place without its part");
  return sha_from(part.bytes(0));
}

Result<std::vector<PartId>> CaseStore::waiting(Stage stage) {
  TRY(catalog_->settle());
  auto query = TRY(catalog_->database().prepare(
      "SELECT hash FROM parts WHERE depth<1000000 AND sha IS NOT NULL AND ((stages>>?1 & 1)=0 OR (?1=?2 AND state=?3"
      " AND reason GLOB 'vanished:*' AND sha IN (SELECT sha FROM kept))) AND (?1<>?4 OR drawn=1) ORDER BY hash"));
  query.bind(1, static_cast<int>(stage))
      .bind(2, static_cast<int>(Stage::Open))
      .bind(3, static_cast<int>(State::Failed))
      .bind(4, static_cast<int>(Stage::Look));
  return ids_of(&query);
}

namespace {

// What waits to be opened or looked at has an index of its own; what waits for another stage is met on a walk through
// all parts.
constexpr std::string_view waits_for(Stage stage) {
  switch (stage) {
    case Stage::Open: return "INDEXED BY parts_unopened WHERE stages&1=0";
    case Stage::Look: return "INDEXED BY parts_drawn WHERE drawn=1 AND stages&8=0";
    case Stage::Mine: return "NOT INDEXED WHERE stages&3=1";
    case Stage::Ocr: break;
  }
  return "NOT INDEXED WHERE stages&5=1";
}

// Columns: sha, length, hints, depth.
Result<Case::Waiting> waiting_in(const Statement& row) {
  Case::Waiting out;
  out.part.sha256 = TRY(sha_from(row.bytes(0)));
  out.part.length = static_cast<std::uint64_t>(row.integer(1));
  out.part.hints = TRY(Hints::parse(row.text(2)));
  out.depth = static_cast<std::uint32_t>(row.integer(3));
  return out;
}

}  // namespace

Result<std::vector<Case::Waiting>> CaseStore::waiting(Stage stage, std::uint64_t* place, std::uint64_t limit) {
  TRY(catalog_->settle());
  auto query = TRY(
      catalog_->database().prepare("SELECT sha, length, hints, depth, id FROM parts " + std::string(waits_for(stage)) +
                                   " AND id>?1 AND depth<1000000 AND sha IS NOT NULL ORDER BY id LIMIT ?2"));
  query.bind(1, *place).bind(2, limit);
  std::vector<Waiting> out;
  while (TRY(query.step())) {
    out.push_back(TRY(waiting_in(query)));
    *place = static_cast<std::uint64_t>(query.integer(4));
  }
  return out;
}

Result<std::uint64_t> CaseStore::count_waiting(Stage stage) {
  TRY(catalog_->settle());
  auto query = TRY(catalog_->database().prepare("SELECT count(*) FROM parts " + std::string(waits_for(stage)) +
                                                (stage == Stage::Open ? "" : " AND depth<1000000")));
  return TRY(query.step()) ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

Result<std::vector<Case::Waiting>> CaseStore::returned() {
  TRY(catalog_->settle());
  auto query =
      TRY(catalog_->database().prepare("SELECT sha, length, hints, depth FROM parts INDEXED BY parts_failed WHERE "
                                       "state=3 AND depth<1000000 AND reason GLOB 'vanished:*' AND"
                                       " sha IN (SELECT sha FROM kept) ORDER BY id"));
  std::vector<Waiting> out;
  while (TRY(query.step())) out.push_back(TRY(waiting_in(query)));
  return out;
}

Result<std::vector<PartId>> CaseStore::opened_without(Stage stage, const std::vector<std::string>& types) {
  TRY(catalog_->settle());
  auto query = TRY(catalog_->database().prepare(
      "SELECT hash, media_type FROM parts WHERE depth<1000000 AND stages&1=1 AND (stages>>?1 & 1)=0 ORDER BY id"));
  query.bind(1, static_cast<int>(stage));
  std::vector<PartId> out;
  while (TRY(query.step())) {
    const std::string_view type = query.text(1);
    const bool meant = std::any_of(types.begin(), types.end(), [&](const std::string& one) {
      return one.ends_with('/') ? type.starts_with(one) : type == one;
    });
    if (meant) out.push_back(TRY(sha_from(query.bytes(0))));
  }
  return out;
}

// Only two stages have their state in the catalog; of the others there are few that are looked at.
Result<std::vector<PartId>> CaseStore::unfinished(Stage stage) {
  TRY(catalog_->settle());
  if (stage == Stage::Open) {
    auto query = TRY(
        catalog_->database().prepare("SELECT hash FROM parts WHERE depth<1000000 AND state IN (?1, ?2) ORDER BY hash"));
    query.bind(1, static_cast<int>(State::Cut)).bind(2, static_cast<int>(State::Failed));
    return ids_of(&query);
  }
  if (stage == Stage::Look) {
    auto query = TRY(catalog_->database().prepare(
        "SELECT hash FROM parts INDEXED BY parts_drawn WHERE drawn=1 AND depth<1000000 AND unseen_why IS NOT NULL"
        " ORDER BY hash"));
    return ids_of(&query);
  }
  std::vector<std::uint64_t> addresses;
  {
    auto query =
        TRY(catalog_->database().prepare("SELECT o.address FROM outcomes o JOIN parts p ON p.id=o.part"
                                         " WHERE o.stage=?1 AND p.depth<1000000 ORDER BY p.hash"));
    query.bind(1, static_cast<int>(stage));
    addresses = TRY(numbers_of(&query));
  }
  std::vector<PartId> out;
  for (const std::uint64_t address : addresses) {
    const Outcome outcome = TRY(outcome_at(Address::of(address)));
    if (outcome.state == State::Cut || outcome.state == State::Failed) out.push_back(outcome.part);
  }
  return out;
}

Result<void> CaseStore::readings(std::string_view kind,
                                 const std::function<Result<void>(const PartId&, const Reading&)>& row) {
  TRY(catalog_->settle());
  Database& db = catalog_->database();
  std::vector<std::pair<PartId, std::uint64_t>> found;
  {
    auto query = TRY(db.prepare(
        "SELECT p.hash, o.address FROM kinds k JOIN outcomes o ON o.address=k.address JOIN parts p ON p.id=o.part"
        " WHERE k.kind=?1 AND p.depth<1000000 ORDER BY p.hash, o.stage"));
    query.bind(1, kind);
    while (TRY(query.step()))
      found.emplace_back(TRY(sha_from(query.bytes(0))), static_cast<std::uint64_t>(query.integer(1)));
  }
  for (std::size_t i = 0; i < found.size();) {
    const PartId part = found[i].first;
    std::vector<Reading> readings;
    for (; i < found.size() && found[i].first == part; ++i)
      for (Reading& reading : TRY(outcome_at(Address::of(found[i].second))).readings)
        if (reading.kind == kind) readings.push_back(std::move(reading));
    std::stable_sort(readings.begin(), readings.end(),
                     [](const Reading& a, const Reading& b) { return a.region < b.region; });
    for (const Reading& reading : readings) TRY(row(part, reading));
  }
  return {};
}

Result<std::vector<Decision>> CaseStore::decisions() {
  std::vector<std::uint64_t> addresses;
  {
    auto query = TRY(catalog_->database().prepare("SELECT address FROM decisions ORDER BY address"));
    addresses = TRY(numbers_of(&query));
  }
  std::vector<Decision> out;
  for (const std::uint64_t address : addresses)
    out.push_back(TRY(unpack_decision(TRY(opened_record(Address::of(address), RecordKind::Decision)))));
  return out;
}

// In batches, so that the row may read and even write meanwhile.
Result<void> CaseStore::outcomes_since(std::uint64_t position, const std::function<Result<void>(const Outcome&)>& row) {
  TRY(catalog_->settle());
  const std::uint64_t end = mark_.end.number();
  for (std::uint64_t from = position; from < end;) {
    std::vector<std::uint64_t> addresses;
    {
      auto query = TRY(catalog_->database().prepare(
          "SELECT o.address FROM outcomes o JOIN parts p ON p.id=o.part"
          " WHERE o.address>=?1 AND o.address<?2 AND p.depth<1000000 ORDER BY o.address LIMIT ?3"));
      query.bind(1, from).bind(2, end).bind(3, kBatch);
      addresses = TRY(numbers_of(&query));
    }
    if (addresses.empty()) return {};
    for (const std::uint64_t address : addresses) TRY(row(TRY(outcome_at(Address::of(address)))));
    from = addresses.back() + 1;
  }
  return {};
}

Result<std::uint64_t> CaseStore::count_outcomes_since(std::uint64_t position) {
  auto query = TRY(catalog_->database().prepare("SELECT count(*) FROM outcomes WHERE address>=?1"));
  query.bind(1, position);
  return TRY(query.step()) ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

// In batches, too. A place without a part above it is a source's own.
Result<void> CaseStore::opened(const std::function<Result<void>(const OpenedRow&)>& row) {
  TRY(catalog_->settle());
  for (std::int64_t from = 0;;) {
    std::vector<OpenedRow> rows;
    {
      auto query = TRY(catalog_->database().prepare(
          "SELECT o.address, p.hash, p.length, p.media_type, p.date, p.children,"
          " EXISTS(SELECT 1 FROM kinds k WHERE k.kind='mail' AND k.address=o.address),"
          " NOT EXISTS(SELECT 1 FROM places s WHERE s.child=p.id AND NOT EXISTS(SELECT 1 FROM outcomes u JOIN kinds k"
          " ON k.kind='mail' AND k.address=u.address WHERE u.part=s.parent AND u.stage=?2))"
          " FROM outcomes o JOIN parts p ON p.id=o.part WHERE o.address>=?1 AND o.stage=?2 AND p.depth<1000000"
          " ORDER BY o.address LIMIT ?3"));
      query.bind(1, from).bind(2, static_cast<int>(Stage::Open)).bind(3, kBatch);
      while (TRY(query.step())) {
        from = query.integer(0) + 1;
        rows.push_back({TRY(sha_from(query.bytes(1))), static_cast<std::uint64_t>(query.integer(2)),
                        std::string(query.text(3)), std::string(query.text(4)),
                        static_cast<std::uint64_t>(query.integer(5)), query.integer(6) != 0, query.integer(7) != 0});
      }
    }
    if (rows.empty()) return {};
    for (const OpenedRow& each : rows) TRY(row(each));
  }
}

Result<std::vector<PartId>> CaseStore::joined(JoinKind kind, std::string_view key) {
  auto query = TRY(catalog_->database().prepare(
      "SELECT DISTINCT p.hash FROM (SELECT address FROM joins WHERE kind=?1 AND key=?2 UNION"
      " SELECT address FROM new_joins WHERE kind=?1 AND key=?2) j JOIN outcomes o ON o.address=j.address"
      " JOIN parts p ON p.id=o.part WHERE p.depth<1000000 ORDER BY p.hash"));
  query.bind(1, static_cast<int>(kind)).bind(2, key);
  return ids_of(&query);
}

}  // namespace careo
