// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <unordered_map>

#include "crypto/derive.h"

namespace careo {
namespace {

// Pages of 4 KiB in at most 32 MiB of memory; the log is the truth, so a power cut may take the newest of this.
constexpr const char* kSetup =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768;"
    "PRAGMA wal_autocheckpoint=8192; PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;";
// A reader waits so long for a writer's moment of checkpointing.
constexpr int kBusyMilliseconds = 10'000;
constexpr std::uint64_t kPage = 4096;

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_NOTADB: return Fault::Denied;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT: return Fault::Malformed;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Fault::Refused;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR: return Fault::Bug;
    default: return Fault::Io;
  }
}

}  // namespace

struct Database::Cache {
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, sqlite3_stmt*, Hash, std::equal_to<>> idle;  // null: on loan
  ~Cache() {
    for (const auto& [sql, statement] : idle) sqlite3_finalize(statement);
  }
};

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      handle_(std::exchange(other.handle_, nullptr)),
      home_(other.home_),
      bound_(other.bound_) {}

Statement::~Statement() {
  if (handle_ != nullptr) database_->give_back(handle_, home_);
}

Statement& Statement::bind(int index, std::int64_t value) {
  bound_ |= sqlite3_bind_int64(handle_, index, value);
  return *this;
}

Statement& Statement::bind(int index, double value) {
  bound_ |= sqlite3_bind_double(handle_, index, value);
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL, not "".
  const char* const start = text.data() == nullptr ? "" : text.data();
  bound_ |= sqlite3_bind_text64(handle_, index, start, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int index, Bytes bytes) {
  static constexpr std::uint8_t kNothing = 0;
  const std::uint8_t* const start = bytes.data() == nullptr ? &kNothing : bytes.data();
  bound_ |= sqlite3_bind_blob64(handle_, index, start, bytes.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_null(int index) {
  bound_ |= sqlite3_bind_null(handle_, index);
  return *this;
}

Result<bool> Statement::step() {
  if (bound_ != SQLITE_OK) return fail(Fault::Bug, "a value could not be bound: " + home_->first);
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error(code, home_->first);
}

Result<void> Statement::run() {
  auto more = step();
  while (more && *more) more = step();
  reset();
  if (!more) return tl::unexpected(std::move(more).error());
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_);
  bound_ = SQLITE_OK;
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}
std::string_view Statement::text(int column) const {
  return text_of(bytes(column));
}
Bytes Statement::bytes(int column) const {
  const void* const start = sqlite3_column_blob(handle_, column);
  return {static_cast<const std::uint8_t*>(start), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Database::Database(sqlite3* handle, std::string path, const Secret& key)
    : handle_(handle), path_(std::move(path)), cache_(std::make_unique<Cache>()) {
  salt_ = authenticate(key, bytes_of("careo database salt 1"));
}

Database::~Database() {
  cache_.reset();
  sqlite3_close_v2(handle_);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const Secret& key) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (path.empty() ? 0 : SQLITE_OPEN_NOFOLLOW);
  const int code = sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> out(new Database(handle, path, key));
  if (code != SQLITE_OK) return out->error(code, "open " + path);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  if (!path.empty()) {
    // "raw:" and 48 bytes in hex: the key as it is, without a derivation of SQLite's own, and a salt that we know
    // again, since nothing in the file vouches for it.
    std::string raw = "raw:" + hex(key.bytes()) + hex(out->salt_);
    const int keyed = sqlite3_key(handle, raw.data(), static_cast<int>(raw.size()));
    wipe(&raw);
    if (keyed != SQLITE_OK) return out->error(keyed, "key " + path);
  }
  TRY(out->execute(kSetup));
  TRY(out->execute("SELECT count(*) FROM sqlite_master;"));
  return out;
}

tl::unexpected<Error> Database::error(int code, std::string_view doing) const {
  std::string message = std::string(sqlite3_errstr(code)) + " (" + sqlite3_errmsg(handle_) + ") in: ";
  return fail(fault_of(code), message.append(doing));
}

Result<void> Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code, sql);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  auto home = cache_->idle.find(sql);
  if (home == cache_->idle.end()) home = cache_->idle.emplace(std::string(sql), nullptr).first;
  if (sqlite3_stmt* const idle = std::exchange(home->second, nullptr)) return Statement(this, idle, &*home);
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return error(code, sql);
  return Statement(this, statement, &*home);
}

void Database::give_back(sqlite3_stmt* handle, Statement::Home* home) {
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  // The same text on loan twice at once: one is enough to keep.
  sqlite3_finalize(std::exchange(home->second, handle));
}

Result<void> Database::begin() {
  return TRY(prepare("BEGIN IMMEDIATE")).run();
}
Result<void> Database::commit() {
  return TRY(prepare("COMMIT")).run();
}
Result<void> Database::rollback() {
  return TRY(prepare("ROLLBACK")).run();
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}
void Database::shed() {
  sqlite3_db_release_memory(handle_);
}
std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

// The first 24 bytes are outside the page's seal: the salt, then what SQLite must know before it can decrypt (file
// format, section 1.3: page size, versions, reserved bytes, payload fractions). All of it is known beforehand.
Result<void> Database::check_first_page() {
  if (path_.empty()) return {};
  static constexpr std::array<std::uint8_t, 8> kKnown = {0x10, 0x00, 2, 2, 64, 64, 32, 32};
  std::array<char, 24> head{};
  std::ifstream file(path_, std::ios::binary);
  if (!file.read(head.data(), head.size())) return fail(Fault::Io, "the first page cannot be read");
  const Bytes bytes = bytes_of({head.data(), head.size()});
  if (!std::equal(salt_.begin(), salt_.end(), bytes.begin()) ||
      !std::equal(kKnown.begin(), kKnown.end(), bytes.begin() + 16))
    return fail(Fault::Malformed, "the head of the first page is not what it was");
  return {};
}

Result<std::vector<std::string>> Database::check(const Read& each) {
  std::vector<std::string> out;
  const auto note = [&out](const Error& error) { out.push_back(error.text()); };
  static_cast<void>(execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory;"));
  if (const auto first = check_first_page(); !first) note(first.error());
  std::uint64_t size = 0;
  if (std::ifstream file(path_, std::ios::binary | std::ios::ate); !path_.empty() && file)
    size = static_cast<std::uint64_t>(file.tellg());
  std::uint64_t bytes = 0;
  Result<void> told;
  const auto read_pages = [&]() -> Result<void> {
    auto all = TRY(prepare("SELECT data FROM sqlite_dbpage"));
    for (; told && TRY(all.step()); bytes += kPage)
      if (each && size != 0) told = each(bytes, size);
    return {};
  };
  if (const auto read = read_pages(); !read) note(read.error());
  TRY(std::move(told));
  if (size != 0 && out.empty() && size != bytes) out.emplace_back("bytes behind the last page");
  return out;
}

}  // namespace careo
