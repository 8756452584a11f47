// SPDX-License-Identifier: Apache-2.0
#include "search/index.h"

#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "reference/fold.h"
#include "reference/romanise.h"
#include "search/doc_set.h"
#include "search/evaluate.h"
#include "search/initials.h"
#include "search/likeness.h"
#include "search/origins.h"
#include "search/picture_likeness.h"
#include "search/tokenizer.h"
#include "store/database.h"

namespace careo {
namespace {

// Changes when the tables, the folding of words or the meeting keys change: what stands is then made anew.
constexpr std::string_view kVersion = "5";

constexpr const char* kDrop =
    "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS docs; DROP TABLE IF EXISTS languages; DROP TABLE IF EXISTS forms;"
    "DROP TABLE IF EXISTS meeting; DROP TABLE IF EXISTS sketches; DROP TABLE IF EXISTS pictures;"
    "DROP TABLE IF EXISTS initials; DELETE FROM search_state;";

constexpr const char* kState =
    "CREATE TABLE IF NOT EXISTS search_state(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

// hashsize: 16 MiB of postings are gathered before they are written (the default of 1 MiB writes 16 times as many
// pieces that must be merged). automerge 8: fewer merges while a case is read; settle() makes one piece in the end.
// pgsz: a piece of postings fills one page of the database, 4,096 bytes less what the cipher keeps of it; by default
// (4,050) it would need two, and an index a twelfth larger.
constexpr const char* kCreate =
    "CREATE TABLE IF NOT EXISTS docs(id INTEGER PRIMARY KEY, part BLOB NOT NULL UNIQUE, label TEXT, date TEXT,"
    " day INTEGER, kind TEXT, type TEXT, sender TEXT, names TEXT);"
    "CREATE INDEX IF NOT EXISTS docs_by_day ON docs(day);"
    "CREATE INDEX IF NOT EXISTS docs_by_date ON docs(date DESC, part);"
    "CREATE INDEX IF NOT EXISTS docs_by_kind ON docs(kind);"
    "CREATE TABLE IF NOT EXISTS languages(language TEXT, id INTEGER, PRIMARY KEY(language, id)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS languages_by_id ON languages(id);"
    "CREATE TABLE IF NOT EXISTS forms(form TEXT, id INTEGER, PRIMARY KEY(form, id)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS forms_by_id ON forms(id);"
    "CREATE TABLE IF NOT EXISTS meeting(key TEXT, word TEXT, PRIMARY KEY(key, word)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS sketches(id INTEGER PRIMARY KEY, sketch BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS pictures(id INTEGER, page INTEGER, hash INTEGER NOT NULL, PRIMARY KEY(id, page))"
    " WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(title, name, sender, recipient, body, content='',"
    " contentless_delete=1, tokenize='careo');"
    "INSERT INTO words(words, rank) VALUES('hashsize', 16777216);"
    "INSERT INTO words(words, rank) VALUES('automerge', 8);"
    "INSERT INTO words(words, rank) VALUES('pgsz', 3960);";

// BM25 weighs a word in a subject eight times, in names and addresses four times as much as one in the text. It is
// worked out for hits only: the expression may match far more rows than the properties of a query leave.
constexpr std::string_view kRank =
    "SELECT rowid, -bm25(words, 8.0, 4.0, 4.0, 2.0, 1.0) FROM words WHERE words MATCH ?1 AND careo_hit(rowid)";

constexpr std::size_t kMaxFacetValues = 50;

constexpr std::int64_t kMergedPages = 2000;  // 8 MB: a tenth of a second

struct Scored {
  std::uint64_t id = 0;
  double score = 0;
};

Result<PartId> part_of(Bytes bytes) {
  PartId out;
  if (bytes.size() != out.bytes.size()) return fail(Fault::Malformed, "search index: a part's name of wrong length");
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

}  // namespace

struct SearchIndex::State {
  explicit State(Database& where) : database(where), initials(where) {}

  Result<bool> current();  ///< the tables stand, in this version
  Result<std::string> value(std::string_view name);
  Result<void> put_value(std::string_view name, std::string_view text);
  Result<std::int64_t> id_of(const PartId& part);  ///< 0: none
  Result<std::int64_t> write_doc(const Entry& entry, std::int64_t id);
  Result<void> clear(std::int64_t id);  ///< its words, languages, and what relatives are known by
  Result<void> write_meetings();
  Result<Hit> hit(const Scored& scored);
  Result<std::vector<Scored>> by_date(const DocSet& rows);
  Result<std::vector<Scored>> by_score(const Query& query, const DocSet& rows);
  Result<std::vector<Scored>> first_by_date(const DocSet& rows, std::uint64_t wanted);

  Result<Entry> gather(Case& held, const Outcome& outcome);
  Result<bool> names_changed(Case& held, const PartId& part);
  Result<bool> is_called(const PartId& part, std::string_view name);
  Result<std::uint64_t> take(SearchIndex& index, Case& held, const Outcome& outcome);
  Result<std::uint64_t> take_renamed(SearchIndex& index, Case& held);
  Result<std::uint64_t> take_returned(SearchIndex& index, Case& held);
  Result<void> drop_what_fell(SearchIndex& index, Case& held);

  Evaluator evaluator() { return {database, initials, origins.get()}; }
  /// Outside a transaction each change is one.
  Result<void> settle_initials() { return database.in_transaction() ? Result<void>() : initials.flush(); }

  Database& database;
  Initials initials;
  std::shared_ptr<const Origins> origins;
  Vocabulary* vocabulary = nullptr;
  std::unordered_set<PartId> renamed;  // found under other names while catching up
  bool replaced = false;               // a newer outcome came while catching up
  bool some_fell = false;              // parts of this case lost their last place once
  std::vector<PartId> returned;        // of those, the ones that stand again
};

SearchIndex::SearchIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
SearchIndex::~SearchIndex() = default;

Result<std::unique_ptr<SearchIndex>> SearchIndex::open(Database& database) {
  auto state = std::make_unique<State>(database);
  state->vocabulary = TRY(register_tokenizer(database));
  // Nothing is written where all stands already: a reader beside a writer must not wait for its lock.
  if (!TRY(state->current())) {
    TRY(database.execute(kState));
    TRY(database.execute(kDrop));
    TRY(database.execute(kCreate));
    TRY(database.execute(Initials::kTable));
    TRY(state->put_value("version", kVersion));
  }
  return std::unique_ptr<SearchIndex>(new SearchIndex(std::move(state)));
}

Result<bool> SearchIndex::State::current() {
  Statement tables = TRY(
      database.prepare("SELECT count(*) FROM sqlite_master WHERE name IN ('search_state', 'docs', 'languages', 'forms',"
                       " 'meeting', 'sketches', 'pictures', 'initials', 'words')"));
  if (!TRY(tables.step()) || tables.integer(0) != 9) return false;
  return TRY(value("version")) == kVersion;
}

Result<std::string> SearchIndex::State::value(std::string_view name) {
  Statement find = TRY(database.prepare("SELECT value FROM search_state WHERE name = ?1"));
  find.bind(1, name);
  if (!TRY(find.step())) return std::string{};
  return std::string(find.text(0));
}

Result<void> SearchIndex::State::put_value(std::string_view name, std::string_view text) {
  Statement put = TRY(database.prepare("INSERT OR REPLACE INTO search_state(name, value) VALUES(?1, ?2)"));
  return put.bind(1, name).bind(2, text).run();
}

Result<std::int64_t> SearchIndex::State::id_of(const PartId& part) {
  Statement find = TRY(database.prepare("SELECT id FROM docs WHERE part = ?1"));
  find.bind(1, Bytes(part.bytes));
  return TRY(find.step()) ? find.integer(0) : 0;
}

Result<std::int64_t> SearchIndex::State::write_doc(const Entry& entry, std::int64_t id) {
  Statement write = TRY(database.prepare(
      id == 0 ? "INSERT INTO docs(part, label, date, day, kind, type, sender, names)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
              : "UPDATE docs SET label = ?2, date = ?3, day = ?4, kind = ?5, type = ?6, sender = ?7, names = ?8"
                " WHERE part = ?1"));
  write.bind(1, Bytes(entry.part.bytes)).bind(2, entry.label).bind(3, entry.date).bind_null(4);
  if (const auto day = entry.day()) write.bind(4, *day);
  write.bind(5, entry.kind).bind(6, entry.media_type).bind(7, entry.sender).bind(8, entry.place_names);
  TRY(write.run());
  return id == 0 ? database.last_row() : id;
}

Result<void> SearchIndex::State::clear(std::int64_t id) {
  for (const char* sql :
       {"DELETE FROM words WHERE rowid = ?1", "DELETE FROM languages WHERE id = ?1", "DELETE FROM forms WHERE id = ?1",
        "DELETE FROM sketches WHERE id = ?1", "DELETE FROM pictures WHERE id = ?1"}) {
    Statement erase = TRY(database.prepare(sql));
    TRY(erase.bind(1, id).run());
  }
  return initials.clear(static_cast<std::uint64_t>(id));
}

Result<void> SearchIndex::State::write_meetings() {
  const std::vector<std::string> fresh = vocabulary->take_fresh();
  if (fresh.empty()) return {};
  Statement insert = TRY(database.prepare("INSERT OR IGNORE INTO meeting(key, word) VALUES(?1, ?2)"));
  for (const std::string& word : fresh) {
    for (const std::string& key : meeting_keys(word)) TRY(insert.bind(1, key).bind(2, word).run());
  }
  return {};
}

Result<void> SearchIndex::add(const Entry& entry) {
  const std::int64_t before = TRY(state_->id_of(entry.part));
  if (before != 0) TRY(state_->clear(before));
  const std::int64_t id = TRY(state_->write_doc(entry, before));
  Statement words = TRY(state_->database.prepare(
      "INSERT INTO words(rowid, title, name, sender, recipient, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
  words.bind(1, id);
  for (std::size_t i = 0; i < kColumns; ++i) words.bind(static_cast<int>(i) + 2, entry.columns[i]);
  state_->vocabulary->initials.reset();
  TRY(words.run());
  TRY(state_->initials.add(static_cast<std::uint64_t>(id), state_->vocabulary->initials));
  TRY(state_->settle_initials());
  for (const std::string& language : entry.languages) {
    Statement insert = TRY(state_->database.prepare("INSERT OR IGNORE INTO languages(language, id) VALUES(?1, ?2)"));
    TRY(insert.bind(1, language).bind(2, id).run());
  }
  for (const std::string& form : entry.forms) {
    Statement insert = TRY(state_->database.prepare("INSERT OR IGNORE INTO forms(form, id) VALUES(?1, ?2)"));
    TRY(insert.bind(1, form).bind(2, id).run());
  }
  const std::vector<std::uint32_t> shingles = shingles_of(compared_text(entry));
  if (!shingles.empty()) {
    const Sketch sketch = sketch_of(shingles);
    Statement insert = TRY(state_->database.prepare("INSERT INTO sketches(id, sketch) VALUES(?1, ?2)"));
    TRY(insert.bind(1, id).bind(2, Bytes(sketch)).run());
  }
  for (const EntryPicture& picture : entry.pictures) {
    Statement insert =
        TRY(state_->database.prepare("INSERT OR REPLACE INTO pictures(id, page, hash) VALUES(?1, ?2, ?3)"));
    TRY(insert.bind(1, id).bind(2, std::int64_t{picture.page}).bind(3, picture.hash).run());
  }
  return state_->write_meetings();
}

Result<void> SearchIndex::remove(const PartId& part) {
  const std::int64_t id = TRY(state_->id_of(part));
  if (id == 0) return {};
  TRY(state_->clear(id));
  TRY(state_->settle_initials());
  Statement erase = TRY(state_->database.prepare("DELETE FROM docs WHERE id = ?1"));
  return erase.bind(1, id).run();
}

Result<void> SearchIndex::begin() {
  return state_->database.begin();
}

Result<void> SearchIndex::commit() {
  TRY(state_->initials.flush());
  return state_->database.commit();
}

// FTS5's documentation, "The 'merge' command": a negative count begins a merge of all, positive ones go on with it, and
// one that changed nothing but its own row has found nothing to do.
Result<void> SearchIndex::settle(const std::function<Result<void>()>& between) {
  for (std::int64_t pages = -kMergedPages;; pages = kMergedPages) {
    if (between) TRY(between());
    const std::int64_t before = sqlite3_total_changes64(state_->database.handle());
    Statement merge = TRY(state_->database.prepare("INSERT INTO words(words, rank) VALUES('merge', ?1)"));
    TRY(merge.bind(1, pages).run());
    if (pages > 0 && sqlite3_total_changes64(state_->database.handle()) - before < 2) return {};
  }
}

Result<std::uint64_t> SearchIndex::position() {
  const std::string text = TRY(state_->value("position"));
  std::uint64_t out = 0;
  for (const char c : text) out = out * 10 + static_cast<std::uint64_t>(c - '0');
  return out;
}

// Catching up.

Result<Entry> SearchIndex::State::gather(Case& held, const Outcome& outcome) {
  std::vector<Outcome> outcomes;
  for (const Stage stage : {Stage::Open, Stage::Ocr}) {
    if (stage == outcome.stage) {
      outcomes.push_back(outcome);
    } else if (held.has(outcome.part, stage)) {
      outcomes.push_back(TRY(held.outcome(outcome.part, stage)));
    }
  }
  std::vector<std::string> names;
  for (const PlaceRow& place : TRY(held.places(outcome.part))) names.push_back(place.name);
  return entry_of(outcomes, std::move(names));
}

Result<bool> SearchIndex::State::names_changed(Case& held, const PartId& part) {
  Statement find = TRY(database.prepare("SELECT names FROM docs WHERE part = ?1"));
  find.bind(1, Bytes(part.bytes));
  if (!TRY(find.step())) return false;  // its own outcome is still to come
  std::vector<std::string> names;
  for (const PlaceRow& place : TRY(held.places(part))) names.push_back(place.name);
  return find.text(0) != joined_names(std::move(names));
}

/// A logo stands in every mail: that it has its name already is seen without a look at its other 200,000 places.
Result<bool> SearchIndex::State::is_called(const PartId& part, std::string_view name) {
  Statement find = TRY(database.prepare("SELECT names FROM docs WHERE part = ?1"));
  find.bind(1, Bytes(part.bytes));
  if (!TRY(find.step())) return true;  // its own outcome is still to come
  const std::vector<std::string_view> names = split(find.text(0), kTextBreak);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Writes the part of an outcome, and notes each of its children that was indexed before under other names: a copy
/// found in another place may be called otherwise there.
Result<std::uint64_t> SearchIndex::State::take(SearchIndex& index, Case& held, const Outcome& outcome) {
  if (outcome.stage == Stage::Mine) return std::uint64_t{0};  // brings readings, no text
  if (outcome.stage == Stage::Open && TRY(id_of(outcome.part)) != 0) replaced = true;
  TRY(index.add(TRY(gather(held, outcome))));
  for (const Child& child : outcome.children) {
    if (!child.part) continue;
    const PartId id = child.part->id();
    if (some_fell && TRY(id_of(id)) == 0 && held.has(id, Stage::Open)) returned.push_back(id);
    if (child.name.empty()) continue;
    if (!renamed.contains(id) && !TRY(is_called(id, child.name))) renamed.insert(id);
  }
  return std::uint64_t{1};
}

/// What had lost its last place and stands again: its outcome lies behind the position, and those of what is inside it.
Result<std::uint64_t> SearchIndex::State::take_returned(SearchIndex& index, Case& held) {
  std::uint64_t written = 0;
  while (!returned.empty()) {
    const PartId id = returned.back();
    returned.pop_back();
    if (TRY(id_of(id)) != 0) continue;  // came with its own outcome meanwhile
    written += TRY(take(index, held, TRY(held.outcome(id, Stage::Open))));
  }
  return written;
}

/// Each once, however many copies came with this catching up.
Result<std::uint64_t> SearchIndex::State::take_renamed(SearchIndex& index, Case& held) {
  std::uint64_t written = 0;
  for (const PartId& id : renamed) {
    if (!TRY(names_changed(held, id)) || !held.has(id, Stage::Open)) continue;
    TRY(index.add(TRY(gather(held, TRY(held.outcome(id, Stage::Open))))));
    ++written;
  }
  return written;
}

/// A newer outcome may have taken the last place of what was found in its part before.
Result<void> SearchIndex::State::drop_what_fell(SearchIndex& index, Case& held) {
  std::vector<PartId> fallen;
  {
    Statement walk = TRY(database.prepare("SELECT part FROM docs"));
    while (TRY(walk.step())) {
      const PartId part = TRY(part_of(walk.bytes(0)));
      if (!TRY(held.stands(part))) fallen.push_back(part);
    }
  }
  for (const PartId& part : fallen) TRY(index.remove(part));
  return fallen.empty() ? Result<void>() : put_value("fell", "1");
}

Result<std::uint64_t> SearchIndex::catch_up(Case& held, const Watch& watch) {
  const std::uint64_t from = TRY(position());
  const std::uint64_t to = held.log_position();
  if (from == to) return std::uint64_t{0};
  TRY(begin());
  std::uint64_t written = 0;
  Headway way{"bringing the index up to date", 0, watch ? TRY(held.count_outcomes_since(from)) : 0,
              Headway::Unit::Outcomes};
  state_->renamed.clear();
  state_->replaced = false;
  state_->some_fell = !TRY(state_->value("fell")).empty();
  const auto take = [&]() -> Result<void> {
    TRY(held.outcomes_since(from, [&](const Outcome& outcome) -> Result<void> {
      written += TRY(state_->take(*this, held, outcome));
      ++way.done;
      return watch ? watch(way) : Result<void>();
    }));
    written += TRY(state_->take_returned(*this, held));
    written += TRY(state_->take_renamed(*this, held));
    return state_->replaced ? state_->drop_what_fell(*this, held) : Result<void>();
  };
  auto done = take();
  if (done) done = state_->put_value("position", std::to_string(to));
  if (done) done = commit();
  if (done) return written;
  state_->initials.forget();
  if (state_->database.in_transaction()) (void)state_->database.rollback();
  return wrap(std::move(done).error(), "bring the search index up to date");
}

// Asking.

Result<Hit> SearchIndex::State::hit(const Scored& scored) {
  Statement find = TRY(database.prepare("SELECT part, label, date, kind, sender FROM docs WHERE id = ?1"));
  find.bind(1, scored.id);
  if (!TRY(find.step())) return fail(Fault::Malformed, "search index: a hit without its part; rebuild the index");
  Hit out;
  out.part = TRY(part_of(find.bytes(0)));
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

/// The first `wanted` rows by date, met on a walk through all parts by date: soon, where there are many.
Result<std::vector<Scored>> SearchIndex::State::first_by_date(const DocSet& rows, std::uint64_t wanted) {
  Statement walk = TRY(database.prepare("SELECT id FROM docs ORDER BY date DESC, part"));
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

Result<std::vector<Near>> SearchIndex::near(const PartId& part, double at_least, std::size_t most) {
  const std::int64_t own = TRY(state_->id_of(part));
  const auto sketch_in = [](Bytes bytes) {
    Sketch out{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
    return out;
  };
  Sketch asked{};
  {
    Statement find = TRY(state_->database.prepare("SELECT sketch FROM sketches WHERE id = ?1"));
    find.bind(1, own);
    if (!TRY(find.step())) return std::vector<Near>{};
    asked = sketch_in(find.bytes(0));
  }
  std::vector<std::pair<double, std::int64_t>> best;
  const auto keep_best = [&] {
    std::sort(best.begin(), best.end(), std::greater<>());
    if (best.size() > most) best.resize(most);
  };
  {
    Statement walk = TRY(state_->database.prepare("SELECT id, sketch FROM sketches"));
    while (TRY(walk.step())) {
      if (walk.integer(0) == own) continue;
      const Sketch other = sketch_in(walk.bytes(1));
      const double guess = estimate(asked, other);
      if (guess < at_least && !share_a_band(asked, other)) continue;
      best.emplace_back(guess, walk.integer(0));
      if (best.size() > most * 8) keep_best();
    }
  }
  keep_best();
  std::vector<Near> out;
  Statement find = TRY(state_->database.prepare("SELECT part FROM docs WHERE id = ?1"));
  for (const auto& [guess, id] : best) {
    find.bind(1, id);
    if (TRY(find.step())) out.push_back({TRY(part_of(find.bytes(0))), guess});
    find.reset();
  }
  return out;
}

Result<std::vector<NearPicture>> SearchIndex::near_pictures(const PartId& part, std::size_t most) {
  const std::int64_t own = TRY(state_->id_of(part));
  struct Asked {
    std::uint32_t page;
    std::array<std::uint64_t, 4> turns;
  };
  std::vector<Asked> asked;
  {
    Statement find = TRY(state_->database.prepare("SELECT page, hash FROM pictures WHERE id = ?1 ORDER BY page"));
    find.bind(1, own);
    while (TRY(find.step()))
      asked.push_back(
          {static_cast<std::uint32_t>(find.integer(0)), all_turns(static_cast<std::uint64_t>(find.integer(1)))});
  }
  if (asked.empty()) return std::vector<NearPicture>{};
  struct Row {
    int bits;
    std::int64_t id;
    std::uint32_t page, own_page;
    auto operator<=>(const Row&) const = default;
  };
  std::vector<Row> best;
  const auto keep_best = [&] {
    std::sort(best.begin(), best.end());
    if (best.size() > most) best.resize(most);
  };
  Statement walk = TRY(state_->database.prepare("SELECT id, page, hash FROM pictures"));
  while (TRY(walk.step())) {
    if (walk.integer(0) == own) continue;
    for (const Asked& picture : asked) {
      const int bits = bits_apart(picture.turns, static_cast<std::uint64_t>(walk.integer(2)));
      if (bits > kMostBits) continue;
      best.push_back({bits, walk.integer(0), static_cast<std::uint32_t>(walk.integer(1)), picture.page});
    }
    if (best.size() > most * 8) keep_best();
  }
  keep_best();
  std::vector<NearPicture> out;
  Statement find = TRY(state_->database.prepare("SELECT part FROM docs WHERE id = ?1"));
  for (const Row& row : best) {
    find.bind(1, row.id);
    if (TRY(find.step())) out.push_back({TRY(part_of(find.bytes(0))), row.page, row.own_page, row.bits});
    find.reset();
  }
  return out;
}

Result<std::vector<PartId>> SearchIndex::all(const Query& query) {
  const DocSet rows = TRY(state_->evaluator().rows(query));
  std::vector<PartId> out;
  Statement walk = TRY(state_->database.prepare("SELECT id, part FROM docs ORDER BY part"));
  while (TRY(walk.step())) {
    if (rows.contains(static_cast<std::uint64_t>(walk.integer(0)))) out.push_back(TRY(part_of(walk.bytes(1))));
  }
  return out;
}

void SearchIndex::know(std::shared_ptr<const Origins> origins) {
  state_->origins = std::move(origins);
}

const Origins* SearchIndex::origins() const {
  return state_->origins.get();
}

Result<std::uint64_t> SearchIndex::senders(const std::set<PartId>& without) {
  std::unordered_set<std::string> out;
  Statement walk = TRY(state_->database.prepare("SELECT sender, part FROM docs WHERE kind = 'mail' AND sender <> ''"));
  while (TRY(walk.step()))
    if (without.empty() || !without.contains(TRY(part_of(walk.bytes(1))))) out.emplace(walk.text(0));
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
