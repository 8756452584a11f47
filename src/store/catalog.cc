// SPDX-License-Identifier: Apache-2.0
#include "store/catalog.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::int64_t kSchema = 7;
constexpr std::int64_t kMergedAtOnce = 200'000;
constexpr std::uint32_t kNowhere =
    1'000'000;  // the depth of a part that no source leads to; the queries say it in figures
constexpr std::size_t kRemembered = 50'000;  // rows in memory: a part's outcome follows its place closely

// `parent` of a place is a part's row, or minus a source's row. `child` 0: a file that could not be hashed.
// `kinds` and `joins` name an outcome by its address: those of one that no longer stands meet nothing.
// `files` of a source counts those to come, too, while it is called what it `came_as`.
// `stages`: one bit a stage that has an outcome. `depth`: fewest steps from a source.
// `state`, `reason`, `unread`: of Stage::Open. `drawn`: has pages to be looked at; `unseen`, `unseen_why`: how much of
// them Stage::Look could not see. `ended`, `why`: what the inventory says of both together.
constexpr const char* kMeta = "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;";
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS keys(number INTEGER PRIMARY KEY, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sources(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, address INTEGER NOT NULL,
  files INTEGER NOT NULL, came_as TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, sha BLOB, length INTEGER,
  hints TEXT, depth INTEGER NOT NULL, key INTEGER, stages INTEGER NOT NULL DEFAULT 0, state INTEGER, reason TEXT,
  media_type TEXT, title TEXT, date TEXT, expected INTEGER, children INTEGER, claimed INTEGER, off INTEGER,
  unread INTEGER, drawn INTEGER, unseen INTEGER NOT NULL DEFAULT 0, unseen_why TEXT,
  ended INTEGER AS (CASE WHEN state IS NULL OR state>1 THEN state WHEN drawn=1 AND stages>>3&1=0 THEN NULL
    WHEN unseen_why IS NULL THEN state ELSE 1 END),
  why TEXT AS (CASE WHEN state IS NULL OR state>1 THEN reason
    WHEN drawn=1 AND stages>>3&1=0 THEN iif(state=1, reason||'; ', '')||'its pages are still to be looked at'
    WHEN unseen_why IS NULL THEN reason
    ELSE iif(state=1, reason||'; ', '')||'not all pages could be looked at: '||unseen_why END));
CREATE INDEX IF NOT EXISTS parts_unopened ON parts(id) WHERE stages&1=0;
CREATE INDEX IF NOT EXISTS parts_drawn ON parts(id) WHERE drawn=1;
CREATE INDEX IF NOT EXISTS parts_failed ON parts(id) WHERE state=3;
CREATE TABLE IF NOT EXISTS places(parent INTEGER NOT NULL, step TEXT NOT NULL, child INTEGER NOT NULL,
  name TEXT NOT NULL, stage INTEGER NOT NULL, PRIMARY KEY(parent, step)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_child ON places(child);
CREATE TABLE IF NOT EXISTS outcomes(address INTEGER PRIMARY KEY, part INTEGER NOT NULL, stage INTEGER NOT NULL,
  UNIQUE(part, stage));
CREATE TABLE IF NOT EXISTS superseded(address INTEGER PRIMARY KEY, part INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS decisions(address INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tombstones(address INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS kept(sha BLOB PRIMARY KEY, address INTEGER NOT NULL, first INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kinds(kind TEXT NOT NULL, address INTEGER NOT NULL, PRIMARY KEY(kind, address)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS joins(kind INTEGER NOT NULL, key TEXT NOT NULL, address INTEGER NOT NULL, region TEXT NOT NULL,
  PRIMARY KEY(kind, key, address, region)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS new_joins(kind INTEGER NOT NULL, key TEXT NOT NULL, address INTEGER NOT NULL,
  region TEXT NOT NULL);
)";

}  // namespace

Result<Sha256> sha_from(Bytes bytes) {
  Sha256 out;
  if (bytes.size() != out.bytes.size()) return fail(Fault::Malformed, "a hash in the catalog is cut");
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

Result<std::unique_ptr<Catalog>> Catalog::open(const std::string& path, const Secret& key) {
  auto opened = TRY(Database::open(path, key));  // before new: a failure on the way would leave its memory behind
  std::unique_ptr<Catalog> out(new Catalog(std::move(opened)));
  Database& db = *out->database_;
  TRY(db.execute(kMeta));
  {
    auto version = TRY(db.prepare("SELECT value FROM meta WHERE name='schema'"));
    if (TRY(version.step())) {
      if (version.integer(0) != kSchema) return fail(Fault::Unsupported, "a catalog of another version");
      return out;
    }
  }
  TRY(db.execute(kTables));
  TRY(TRY(db.prepare("INSERT INTO meta VALUES('schema', ?1)")).bind(1, kSchema).run());
  TRY(out->set_mark(LogMark{}));
  return out;
}

Result<LogMark> Catalog::mark() {
  auto row = TRY(database_->prepare("SELECT value FROM meta WHERE name='mark'"));
  if (!TRY(row.step())) return fail(Fault::Malformed, "the catalog does not say how far it has seen");
  Cursor in(row.bytes(0));
  LogMark out;
  out.end = Address::of(TRY(in.u64le()));
  out.sequence = TRY(in.u64le());
  out.records = TRY(in.u64le());
  out.next_key = TRY(in.u64le());
  out.chain = TRY(sha_from(TRY(in.take(32))));
  return out;
}

Result<void> Catalog::set_mark(const LogMark& mark) {
  Packer out;
  out.u64le(mark.end.number()).u64le(mark.sequence).u64le(mark.records).u64le(mark.next_key).raw(mark.chain.bytes);
  return TRY(database_->prepare("INSERT OR REPLACE INTO meta VALUES('mark', ?1)")).bind(1, Bytes(out.bytes())).run();
}

void Catalog::remember(const PartId& id, const Known& known) {
  if (newest_.size() >= kRemembered) newest_.clear();
  newest_[id] = known;
}

Result<void> Catalog::set_partial() {
  return database_->execute("INSERT OR REPLACE INTO meta VALUES('partial', 1)");
}

Result<bool> Catalog::is_partial() {
  auto query = TRY(database_->prepare("SELECT 1 FROM meta WHERE name='partial'"));
  return query.step();
}

Result<std::optional<Row>> Catalog::row_of(const PartId& id) {
  if (const auto found = newest_.find(id); found != newest_.end()) return found->second.row;
  auto query = TRY(database_->prepare("SELECT id, depth FROM parts WHERE hash=?1"));
  query.bind(1, Bytes(id.bytes));
  if (!TRY(query.step())) return std::nullopt;
  const Known known{query.integer(0), static_cast<std::uint32_t>(query.integer(1))};
  remember(id, known);
  return known.row;
}

Result<void> Catalog::add_key(const NumberedKey& key) {
  return TRY(database_->prepare("INSERT OR REPLACE INTO keys VALUES(?1, ?2)"))
      .bind(1, key.number)
      .bind(2, key.key.bytes())
      .run();
}

Result<std::optional<NumberedKey>> Catalog::key_of(const PartId& part) {
  auto query =
      TRY(database_->prepare("SELECT k.number, k.key FROM parts p JOIN keys k ON k.number=p.key WHERE p.hash=?1"));
  query.bind(1, Bytes(part.bytes));
  if (!TRY(query.step())) return std::nullopt;
  return NumberedKey{static_cast<std::uint64_t>(query.integer(0)), part, TRY(Secret::of(query.bytes(1)))};
}

Result<Secret> Catalog::key(std::uint64_t number) {
  auto query = TRY(database_->prepare("SELECT key FROM keys WHERE number=?1"));
  query.bind(1, number);
  if (!TRY(query.step())) return fail(Fault::Denied, "the key of a record is not there: it was forgotten, or damaged");
  return Secret::of(query.bytes(0));
}

Result<Catalog::Known> Catalog::stub(const PartId& id) {
  if (TRY(row_of(id))) return newest_[id];
  TRY(TRY(database_->prepare("INSERT INTO parts(hash, depth) VALUES(?1, 1000000)")).bind(1, Bytes(id.bytes)).run());
  const Known known{database_->last_row(), 1000000};
  remember(id, known);
  return known;
}

Result<Catalog::Known> Catalog::add_part(const Part& part, const PartId& id, std::uint32_t depth) {
  const std::string hints = part.hints.canonical();
  depth = std::min(depth, kNowhere);
  if (!TRY(row_of(id))) {
    TRY(TRY(database_->prepare("INSERT INTO parts(hash, sha, length, hints, depth) VALUES(?1, ?2, ?3, ?4, ?5)"))
            .bind(1, Bytes(id.bytes))
            .bind(2, Bytes(part.sha256.bytes))
            .bind(3, part.length)
            .bind(4, hints)
            .bind(5, static_cast<std::int64_t>(depth))
            .run());
    const Known known{database_->last_row(), depth};
    remember(id, known);
    return known;
  }
  Known& known = newest_[id];
  if (known.depth >= kNowhere)  // known by its outcome alone until now, and maybe by a container that is the same
    TRY(TRY(database_->prepare("UPDATE parts SET sha=?2, length=?3, hints=?4 WHERE id=?1 AND sha IS NULL"))
            .bind(1, known.row)
            .bind(2, Bytes(part.sha256.bytes))
            .bind(3, part.length)
            .bind(4, hints)
            .run());
  if (depth >= known.depth) return known;
  known.depth = depth;
  const Known out = known;
  TRY(lower_depth(out.row, depth));
  return out;
}

// A part found nearer to a source than before: what is inside it comes nearer too. Each round goes one step down, and
// a depth only ever falls, so this ends.
Result<void> Catalog::lower_depth(Row row, std::uint32_t depth) {
  TRY(TRY(database_->prepare("UPDATE parts SET depth=?2 WHERE id=?1"))
          .bind(1, row)
          .bind(2, static_cast<std::int64_t>(depth))
          .run());
  std::vector<std::pair<Row, std::uint32_t>> open = {{row, depth}};
  while (!open.empty()) {
    const auto [parent, at] = open.back();
    open.pop_back();
    std::vector<Row> nearer;
    {
      auto query = TRY(database_->prepare(
          "SELECT p.id FROM places s JOIN parts p ON p.id=s.child WHERE s.parent=?1 AND p.depth>?2"));
      query.bind(1, parent).bind(2, static_cast<std::int64_t>(at) + 1);
      while (TRY(query.step())) nearer.push_back(query.integer(0));
    }
    for (const Row child : nearer) {
      TRY(TRY(database_->prepare("UPDATE parts SET depth=?2 WHERE id=?1"))
              .bind(1, child)
              .bind(2, static_cast<std::int64_t>(at) + 1)
              .run());
      open.emplace_back(child, at + 1);
    }
    if (!nearer.empty()) newest_.clear();
  }
  return {};
}

// After places went, or were not given: every depth anew, level by level from the sources.
Result<void> Catalog::settle() {
  if (!unsettled_) return {};
  newest_.clear();
  TRY(
      database_->execute("UPDATE parts SET depth=1000000;"
                         "UPDATE parts SET depth=1 WHERE id IN (SELECT child FROM places WHERE parent<0);"));
  for (std::int64_t depth = 1; depth <= 256; ++depth) {
    auto level =
        TRY(database_->prepare("UPDATE parts SET depth=?1+1 WHERE depth>?1+1 AND id IN"
                               " (SELECT s.child FROM places s JOIN parts p ON p.id=s.parent WHERE p.depth=?1)"));
    TRY(level.bind(1, depth).run());
    if (database_->changes() == 0) break;
  }
  unsettled_ = false;
  return {};
}

// Two children at one step cannot both stand there: the first one does, and the inventory says that one is missing.
Result<bool> Catalog::add_place(Row parent, const std::string& step, Row child, std::string_view name, int stage) {
  TRY(TRY(database_->prepare("INSERT OR IGNORE INTO places VALUES(?1, ?2, ?3, ?4, ?5)"))
          .bind(1, parent)
          .bind(2, step)
          .bind(3, child)
          .bind(4, name)
          .bind(5, stage)
          .run());
  return database_->changes() > 0;
}

Result<std::optional<Row>> Catalog::source_row(std::string_view name) {
  for (const char* const sql : {"SELECT id FROM sources WHERE name=?1",
                                "SELECT id FROM sources WHERE came_as=?1 ORDER BY address DESC LIMIT 1"}) {
    auto query = TRY(database_->prepare(sql));
    query.bind(1, name);
    if (TRY(query.step())) return std::optional(query.integer(0));
  }
  return std::optional<Row>{};
}

// What stood under the name of coming gets its own; where it stands under that already, what came goes.
Result<Row> Catalog::row_for(const Source& source, Address address) {
  std::optional<Row> row, came;
  {
    auto query = TRY(database_->prepare("SELECT id, name FROM sources WHERE name=?1 OR (name=?2 AND ?2<>'')"));
    query.bind(1, source.id).bind(2, source.came_as);
    while (TRY(query.step())) (query.text(1) == source.id ? row : came) = query.integer(0);
  }
  if (row && came) TRY(remove_source(*came));
  if (!row) row = came;
  auto write =
      TRY(database_->prepare(row ? "UPDATE sources SET name=?1, address=?2, files=?3, came_as=?4 WHERE id=?5"
                                 : "INSERT INTO sources(name, address, files, came_as) VALUES(?1, ?2, ?3, ?4)"));
  write.bind(1, source.id)
      .bind(2, address.number())
      .bind(3, source.files.size() + source.to_come)
      .bind(4, source.came_as);
  if (row) write.bind(5, *row);
  TRY(write.run());
  return row ? *row : database_->last_row();
}

// What stood is compared: a file of it may have been forgotten meanwhile, or have changed since it began to come in.
Result<void> Catalog::add_source(const Source& source, Address address) {
  const Row row = TRY(row_for(source, address));
  Placed before = TRY(placed(-row, 0));
  for (const SourceFile& file : source.files) {
    const std::string step = Step::path(file.path).print();
    Row child = 0;
    if (file.failure.empty()) {
      const Part part{file.sha256, file.length, {}};
      child = TRY(add_part(part, part.id(), 1)).row;
    }
    const auto stood = before.find(step);
    const bool stands = stood != before.end() && stood->second == child && child != 0;
    if (stood != before.end() && !stands) TRY(remove_place(-row, step));
    if (!stands) TRY(add_place(-row, step, child, child != 0 ? file.path : file.failure, 0));
    if (stood != before.end()) before.erase(stood);
  }
  for (const auto& [step, child] : before) TRY(remove_place(-row, step));
  return {};
}

Result<void> Catalog::remove_place(Row parent, const std::string& step) {
  unsettled_ = true;
  return TRY(database_->prepare("DELETE FROM places WHERE parent=?1 AND step=?2")).bind(1, parent).bind(2, step).run();
}

Result<bool> Catalog::add_children(const Outcome& outcome, const Known& parent) {
  bool all_placed = true;
  for (const Child& child : outcome.children) {
    if (!child.part) continue;
    const Known known = TRY(add_part(*child.part, child.part->id(), parent.depth + 1));
    if (!TRY(add_place(parent.row, child.step.print(), known.row, child.name, static_cast<int>(outcome.stage))))
      all_placed = false;
  }
  return all_placed;
}

Result<void> Catalog::add_kinds(const Outcome& outcome, Address address) {
  std::vector<std::string_view> kinds;
  for (const Reading& reading : outcome.readings)
    if (std::find(kinds.begin(), kinds.end(), reading.kind) == kinds.end()) kinds.push_back(reading.kind);
  for (const std::string_view kind : kinds)
    TRY(TRY(database_->prepare("INSERT OR REPLACE INTO kinds VALUES(?1, ?2)"))
            .bind(1, kind)
            .bind(2, address.number())
            .run());
  return {};
}

Result<void> Catalog::add_joins(const Outcome& outcome, Address address, Caption* caption) {
  for (const JoinKey& key : join_keys(outcome, caption)) {
    const std::string region = key.region.print();
    TRY(TRY(database_->prepare("INSERT INTO new_joins VALUES(?1, ?2, ?3, ?4)"))
            .bind(1, static_cast<int>(key.kind))
            .bind(2, key.key)
            .bind(3, address.number())
            .bind(4, region)
            .run());
  }
  return {};
}

namespace {

// Bits of `off`: what makes a container's account not add up whatever its length is.
constexpr std::int64_t kChildClaimsOff = 1;
constexpr std::int64_t kExpectedOff = 2;
constexpr std::int64_t kChildWithoutPart = 4;

std::int64_t off_of(const Outcome& outcome) {
  std::int64_t off = 0;
  if (!runs_answer(outcome.children, outcome.claims)) off |= kChildClaimsOff;
  if (outcome.expected && *outcome.expected != outcome.children.size()) off |= kExpectedOff;
  if (std::any_of(outcome.children.begin(), outcome.children.end(), [](const Child& child) { return !child.part; }))
    off |= kChildWithoutPart;
  return off;
}

}  // namespace

Result<void> Catalog::update_looked_at(const Outcome& outcome, Row row) {
  auto update = TRY(database_->prepare("UPDATE parts SET unseen=?2, unseen_why=?3 WHERE id=?1"));
  update.bind(1, row).bind(2, outcome.unread.size());
  outcome.state == State::Read ? update.bind_null(3) : update.bind(3, outcome.reason);
  return update.run();
}

Result<void> Catalog::update_part(const Outcome& outcome, Row row, std::uint64_t key, const Caption& caption) {
  if (outcome.stage == Stage::Look) TRY(update_looked_at(outcome, row));
  if (outcome.stage != Stage::Open)
    return TRY(database_->prepare("UPDATE parts SET stages=stages|?2, key=coalesce(key, ?3) WHERE id=?1"))
        .bind(1, row)
        .bind(2, std::int64_t{1} << static_cast<int>(outcome.stage))
        .bind(3, key)
        .run();
  std::uint64_t claimed = 0;
  for (const Claim& claim : outcome.claims) claimed += std::min(claim.length, UINT64_MAX - claimed);
  auto update = TRY(database_->prepare(
      "UPDATE parts SET stages=stages|1, state=?2, reason=?3, media_type=?4, title=?5, date=?6, expected=?7,"
      " children=?8, claimed=?9, off=?10, unread=?11, drawn=?12, key=coalesce(key, ?13) WHERE id=?1"));
  update.bind(1, row)
      .bind(2, static_cast<int>(outcome.state))
      .bind(3, outcome.reason)
      .bind(4, outcome.media_type)
      .bind(5, caption.title)
      .bind(6, caption.date)
      .bind(8, outcome.children.size())
      .bind(10, off_of(outcome))
      .bind(11, outcome.unread.size())
      .bind(12, has_drawings(outcome) ? 1 : 0)
      .bind(13, key);
  outcome.expected ? update.bind(7, *outcome.expected) : update.bind_null(7);
  outcome.claims.empty() ? update.bind_null(9) : update.bind(9, claimed);
  return update.run();
}

Result<Catalog::Placed> Catalog::placed(Row parent, int stage) {
  auto query = TRY(database_->prepare("SELECT step, child FROM places WHERE parent=?1 AND stage=?2"));
  query.bind(1, parent).bind(2, stage);
  Placed out;
  while (TRY(query.step())) out.emplace(query.text(0), query.integer(1));
  return out;
}

// The newer outcome stands: the places that the older one gave go. What the older one said can still be opened, which
// a forgetting must know.
Result<void> Catalog::remove_outcome(Row row, int stage, Address address) {
  TRY(TRY(database_->prepare("INSERT OR IGNORE INTO superseded SELECT address, part FROM outcomes WHERE part=?1 AND"
                             " stage=?2"))
          .bind(1, row)
          .bind(2, stage)
          .run());
  TRY(TRY(database_->prepare("UPDATE outcomes SET address=?1 WHERE part=?2 AND stage=?3"))
          .bind(1, address.number())
          .bind(2, row)
          .bind(3, stage)
          .run());
  TRY(TRY(database_->prepare("DELETE FROM places WHERE parent=?1 AND stage=?2")).bind(1, row).bind(2, stage).run());
  return {};
}

Result<void> Catalog::add_outcome(const Outcome& outcome, Address address, std::uint64_t key) {
  const Known known = TRY(stub(outcome.part));
  const int stage = static_cast<int>(outcome.stage);
  TRY(TRY(database_->prepare("INSERT INTO outcomes VALUES(?1, ?2, ?3) ON CONFLICT(part, stage) DO NOTHING"))
          .bind(1, address.number())
          .bind(2, known.row)
          .bind(3, stage)
          .run());
  const bool replaces = database_->changes() == 0;
  Placed before;
  if (replaces) {
    before = TRY(placed(known.row, stage));
    TRY(remove_outcome(known.row, stage, address));
  }
  const bool all_placed = TRY(add_children(outcome, known));
  if (!all_placed || (replaces && before != TRY(placed(known.row, stage)))) unsettled_ = true;
  TRY(add_kinds(outcome, address));
  Caption caption;
  TRY(add_joins(outcome, address, &caption));
  return update_part(outcome, known.row, key, caption);
}

Result<void> Catalog::add_decision(const Decision& decision, Address address, std::uint64_t key) {
  const Known known = TRY(stub(decision.first.part));
  TRY(TRY(database_->prepare("UPDATE parts SET key=coalesce(key, ?2) WHERE id=?1"))
          .bind(1, known.row)
          .bind(2, key)
          .run());
  return TRY(database_->prepare("INSERT OR REPLACE INTO decisions VALUES(?1)")).bind(1, address.number()).run();
}

Result<void> Catalog::add_kept(const KeptRecord& kept, Address address) {
  const std::uint64_t first = kept.pieces.empty() ? address.number() : kept.pieces.front().number();
  return TRY(database_->prepare("INSERT OR IGNORE INTO kept VALUES(?1, ?2, ?3)"))
      .bind(1, Bytes(kept.part.sha256.bytes))
      .bind(2, address.number())
      .bind(3, first)
      .run();
}

Result<void> Catalog::add_tombstone(Address address) {
  return TRY(database_->prepare("INSERT OR IGNORE INTO tombstones VALUES(?1)")).bind(1, address.number()).run();
}

Result<void> Catalog::announce(const Part& part) {
  TRY(add_part(part, part.id(), kNowhere));
  return {};
}

Result<void> Catalog::remove_source(Row source) {
  TRY(TRY(database_->prepare("DELETE FROM places WHERE parent=?1")).bind(1, -source).run());
  unsettled_ = true;
  return TRY(database_->prepare("DELETE FROM sources WHERE id=?1")).bind(1, source).run();
}

Result<void> Catalog::set_key(const PartId& part, std::uint64_t key) {
  return TRY(database_->prepare("UPDATE parts SET key=?2 WHERE hash=?1")).bind(1, Bytes(part.bytes)).bind(2, key).run();
}

// New keys come in the order of parts, the table is in the order of keys: put in one by one, each would touch a page
// of its own; sorted first, they touch each page once.
Result<void> Catalog::merge_joins(std::int64_t at_least) {
  std::int64_t last = 0;
  {
    auto query = TRY(database_->prepare("SELECT max(rowid) FROM new_joins"));
    if (TRY(query.step())) last = query.integer(0);
  }
  if (last == 0 || last < at_least) return {};
  // In slices, since a sort stays in memory.
  for (std::int64_t from = 0; from < last; from += kMergedAtOnce)
    TRY(TRY(database_->prepare("INSERT OR IGNORE INTO joins SELECT kind, key, address, region FROM new_joins"
                               " WHERE rowid>?1 AND rowid<=?2 ORDER BY 1, 2, 3, 4"))
            .bind(1, from)
            .bind(2, from + kMergedAtOnce)
            .run());
  return database_->execute("DELETE FROM new_joins;");
}

}  // namespace careo
