// SPDX-License-Identifier: Apache-2.0
#include "search/tokenizer.h"

#include <sqlite3.h>

#include <memory>
#include <utility>

#include "reference/fold.h"
#include "store/database.h"

namespace careo {
namespace {

// Under this name a connection keeps its vocabulary.
constexpr const char* kName = "careo search";

using Emit = int (*)(void*, int, const char*, int, int, int);

/// FTS5 knows it as a Fts5Tokenizer; one an index table, all of a connection share the vocabulary.
struct Tokenizer {
  Vocabulary* vocabulary = nullptr;
  WordCutter cutter;
};

std::uint64_t hash_of(std::string_view text) {
  // FNV-1a (Fowler, Noll, Vo), 64 bits.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash | 1U;
}

int create(void* context, const char** /*arguments*/, int /*count*/, Fts5Tokenizer** out) {
  auto made = std::make_unique<Tokenizer>();
  made->vocabulary = static_cast<Vocabulary*>(context);
  *out = reinterpret_cast<Fts5Tokenizer*>(made.release());
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<Tokenizer*>(tokenizer);
}

/// "a\x1fb c": a and b at one position, then c.
int cut_query(void* context, std::string_view text, Emit emit) {
  int flags = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != kSpellingSeparator) ++end;
    const int code =
        emit(context, flags, text.data() + at, static_cast<int>(end - at), static_cast<int>(at), static_cast<int>(end));
    if (code != SQLITE_OK) return code;
    flags = end < text.size() && text[end] == kSpellingSeparator ? FTS5_TOKEN_COLOCATED : 0;
    at = end + 1;
  }
  return SQLITE_OK;
}

int cut(Fts5Tokenizer* handle, void* context, int flags, const char* data, int size, Emit emit) {
  if (data == nullptr || size <= 0) return SQLITE_OK;
  const std::string_view text(data, static_cast<std::size_t>(size));
  if ((flags & FTS5_TOKENIZE_QUERY) != 0) return cut_query(context, text, emit);
  auto& tokenizer = *reinterpret_cast<Tokenizer*>(handle);
  tokenizer.cutter.start(text);
  FoldedWord word;
  while (tokenizer.cutter.next(&word)) {
    const int code = emit(context, 0, word.folded.data(), static_cast<int>(word.folded.size()),
                          static_cast<int>(word.begin), static_cast<int>(word.end));
    if (code != SQLITE_OK) return code;
    tokenizer.vocabulary->notice(word.folded);
  }
  return SQLITE_OK;
}

/// The SQL function careo_hit(rowid): is this row among the hits that are being ranked?
void is_hit(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const DocSet* hits = static_cast<const Vocabulary*>(sqlite3_user_data(context))->hits;
  const auto id = static_cast<std::uint64_t>(sqlite3_value_int64(values[0]));
  sqlite3_result_int(context, hits != nullptr && hits->contains(id) ? 1 : 0);
}

void forget(void* context) {
  delete static_cast<Vocabulary*>(context);
}

Result<fts5_api*> api_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) {
    return fail(Fault::Bug, "SQLite was built without FTS5");
  }
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  if (api == nullptr) return fail(Fault::Bug, "SQLite was built without FTS5");
  return api;
}

}  // namespace

void Vocabulary::notice(std::string_view folded) {
  if (const auto letter = initial_of(folded)) initials.set(*letter);
  // Keys need three letters and words longer than 40 bytes are no names.
  if (folded.size() < 3 || folded.size() > 40) return;
  const std::uint64_t hash = hash_of(folded);
  std::uint64_t& slot = seen_[(hash >> 20) % kSlots];
  if (slot == hash) return;
  slot = hash;
  const Alphabet alphabet = alphabet_of(folded);
  if (alphabet == Alphabet::Latin || alphabet == Alphabet::Cyrillic) fresh_.emplace_back(folded);
}

std::vector<std::string> Vocabulary::take_fresh() {
  return std::exchange(fresh_, {});
}

Result<Vocabulary*> register_tokenizer(Database& database) {
  sqlite3* const handle = database.handle();
  if (void* known = sqlite3_get_clientdata(handle, kName)) return static_cast<Vocabulary*>(known);
  fts5_api* api = TRY(api_of(handle));
  auto made = std::make_unique<Vocabulary>();
  Vocabulary* const vocabulary = made.get();
  if (sqlite3_set_clientdata(handle, kName, made.release(), &forget) != SQLITE_OK) {
    return fail(Fault::Io, "no memory for the search index");
  }
  fts5_tokenizer methods{&create, &destroy, &cut};
  if (api->xCreateTokenizer(api, "careo", vocabulary, &methods, nullptr) != SQLITE_OK ||
      sqlite3_create_function(handle, "careo_hit", 1, SQLITE_UTF8, vocabulary, &is_hit, nullptr, nullptr) !=
          SQLITE_OK) {
    return fail(Fault::Bug, "SQLite refused the tokenizer");
  }
  return vocabulary;
}

}  // namespace careo
