// SPDX-License-Identifier: Apache-2.0
// SQLite behind a few plain calls: encrypted pages, prepared statements kept by their text, a Result everywhere.
// Only for what is derived and can be made again: durable is the log, not this. One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "crypto/secret.h"

struct sqlite3;
struct sqlite3_stmt;

namespace careo {

class Database;

/// A prepared statement on loan from its Database; gives itself back, reset, when it goes.
/// Parameters are numbered ?1, ?2, ... Bound text and bytes must live until the next reset().
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::uint64_t value) { return bind(index, static_cast<std::int64_t>(value)); }
  Statement& bind(int index, int value) { return bind(index, static_cast<std::int64_t>(value)); }
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, Bytes bytes);
  Statement& bind_null(int index);

  /// True: a row stands ready. False: done. Malformed where the file is damaged, Io where the machine fails.
  Result<bool> step();
  /// Steps to the end, then resets: for statements that change something.
  Result<void> run();
  /// Ready to be bound and stepped again.
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;  ///< until the next step()
  Bytes bytes(int column) const;            ///< until the next step()

 private:
  friend class Database;
  // Where its database keeps it while nobody has it: the words, and the statement or null. Stays where it is.
  using Home = std::pair<const std::string, sqlite3_stmt*>;
  Statement(Database* database, sqlite3_stmt* handle, Home* home) : database_(database), handle_(handle), home_(home) {}

  Database* database_;
  sqlite3_stmt* handle_;
  Home* home_;
  int bound_ = 0;  // the first failure of a bind; step() reports it
};

class Database {
 public:
  /// Opens or makes the file at `path` under `key` (AEGIS-256 pages); an empty path is a database in memory.
  /// Denied where the key is not its key or its first page is damaged: the file is then to be made again.
  static Result<std::unique_ptr<Database>> open(const std::string& path, const Secret& key);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs statements without parameters, separated by ';'.
  Result<void> execute(const std::string& sql);
  /// From the cache where it was prepared before.
  Result<Statement> prepare(std::string_view sql);

  Result<void> begin();
  Result<void> commit();
  Result<void> rollback();
  bool in_transaction() const;

  /// For rooms that speak SQLite themselves (search/). Their statements must be gone before this object.
  sqlite3* handle() const { return handle_; }

  void shed();  ///< pages that can be read again leave memory

  std::int64_t last_row() const;
  std::int64_t changes() const;

  /// Reads every page of the file. Names what does not open; nothing where all is well. Io/Malformed become findings.
  /// Tells `each` how many bytes of how many were read; its error ends it.
  using Read = std::function<Result<void>(std::uint64_t bytes, std::uint64_t size)>;
  Result<std::vector<std::string>> check(const Read& each = {});

 private:
  friend class Statement;
  Database(sqlite3* handle, std::string path, const Secret& key);

  tl::unexpected<Error> error(int code, std::string_view doing) const;
  void give_back(sqlite3_stmt* handle, Statement::Home* home);
  Result<void> check_first_page();

  sqlite3* handle_;
  std::string path_;
  std::array<std::uint8_t, 16> salt_{};
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

}  // namespace careo
