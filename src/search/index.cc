// SPDX-License-Identifier: Apache-2.0
#include "search/index.h"

#include <sqlite3.h>

#include <algorithm>

#include "reference/romanise.h"
#include "search/index_state.h"
#include "search/likeness.h"

namespace careo {
namespace {

// Changes when the tables, what stands in them, the folding of words or the meeting keys change: what stands is then
// made anew.
constexpr std::string_view kVersion = "8";

constexpr const char* kDrop =
    "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS headers; DROP TABLE IF EXISTS docs; DROP TABLE IF EXISTS "
    "languages; DROP TABLE IF EXISTS forms;"
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
    "INSERT INTO words(words, rank) VALUES('pgsz', 3960);"
    "CREATE VIRTUAL TABLE IF NOT EXISTS headers USING fts5(header, content='', contentless_delete=1,"
    " tokenize='careo');"
    "INSERT INTO headers(headers, rank) VALUES('pgsz', 3960);";

constexpr std::int64_t kMergedPages = 2000;  // 8 MB: a tenth of a second

}  // namespace

Result<PartId> indexed_part(Bytes bytes) {
  PartId out;
  if (bytes.size() != out.bytes.size()) return fail(Fault::Malformed, "search index: a part's name of wrong length");
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

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
                       " 'meeting', 'sketches', 'pictures', 'initials', 'words', 'headers')"));
  if (!TRY(tables.step()) || tables.integer(0) != 10) return false;
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
  const auto day = entry.day();
  write.bind(1, Bytes(entry.part.bytes))
      .bind(2, entry.label)
      .bind(3, day ? std::string_view(entry.date) : std::string_view())
      .bind_null(4);
  if (day) write.bind(4, *day);
  write.bind(5, entry.kind).bind(6, entry.media_type).bind(7, entry.sender).bind(8, entry.place_names);
  TRY(write.run());
  return id == 0 ? database.last_row() : id;
}

Result<void> SearchIndex::State::write_header(const Entry& entry, std::int64_t id) {
  const std::string& header = entry.column(Column::Header);
  if (header.empty()) return {};
  Statement write = TRY(database.prepare("INSERT INTO headers(rowid, header) VALUES(?1, ?2)"));
  return write.bind(1, id).bind(2, header).run();
}

Result<void> SearchIndex::State::write_pictures(const Entry& entry, std::int64_t id) {
  for (const EntryPicture& picture : entry.pictures) {
    Statement insert = TRY(database.prepare("INSERT OR REPLACE INTO pictures(id, page, hash) VALUES(?1, ?2, ?3)"));
    TRY(insert.bind(1, id).bind(2, std::int64_t{picture.page}).bind(3, picture.hash).run());
  }
  return {};
}

Result<void> SearchIndex::State::clear_pictures(std::int64_t id) {
  Statement erase = TRY(database.prepare("DELETE FROM pictures WHERE id = ?1"));
  return erase.bind(1, id).run();
}

Result<void> SearchIndex::State::clear(std::int64_t id) {
  for (const char* sql : {"DELETE FROM words WHERE rowid = ?1", "DELETE FROM headers WHERE rowid = ?1",
                          "DELETE FROM languages WHERE id = ?1", "DELETE FROM forms WHERE id = ?1",
                          "DELETE FROM sketches WHERE id = ?1"}) {
    Statement erase = TRY(database.prepare(sql));
    TRY(erase.bind(1, id).run());
  }
  TRY(clear_pictures(id));
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
  TRY(state_->write_header(entry, id));
  Statement words = TRY(state_->database.prepare(
      "INSERT INTO words(rowid, title, name, sender, recipient, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
  words.bind(1, id);
  for (std::size_t i = 0; i < kPlainColumns; ++i) words.bind(static_cast<int>(i) + 2, entry.columns[i]);
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
  TRY(state_->write_pictures(entry, id));
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
  for (const char* merge : {"INSERT INTO words(words, rank) VALUES('merge', ?1)",
                            "INSERT INTO headers(headers, rank) VALUES('merge', ?1)"}) {
    for (std::int64_t pages = -kMergedPages;; pages = kMergedPages) {
      if (between) TRY(between());
      const std::int64_t before = sqlite3_total_changes64(state_->database.handle());
      Statement step = TRY(state_->database.prepare(merge));
      TRY(step.bind(1, pages).run());
      if (pages > 0 && sqlite3_total_changes64(state_->database.handle()) - before < 2) break;
    }
  }
  return {};
}

Result<std::uint64_t> SearchIndex::position() {
  const std::string text = TRY(state_->value("position"));
  std::uint64_t out = 0;
  for (const char c : text) out = out * 10 + static_cast<std::uint64_t>(c - '0');
  return out;
}

void SearchIndex::know(std::shared_ptr<const Origins> origins) {
  state_->origins = std::move(origins);
}

const Origins* SearchIndex::origins() const {
  return state_->origins.get();
}

}  // namespace careo
