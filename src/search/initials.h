// SPDX-License-Identifier: Apache-2.0
// Which parts hold a word that begins with a letter: one bit a part and letter. FTS5 answers "k*" out of the places of
// every such word, some 50 ns each, and a long mail has many.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "search/doc_set.h"

namespace careo {

class Database;

/// Digits, Latin and Cyrillic letters as folding leaves them. In other scripts a word is a character, or a letter
/// begins few words.
inline constexpr std::size_t kInitials = 10 + 26 + 48;
using InitialSet = std::bitset<kInitials>;

/// The number of the letter that a folded word begins with.
std::optional<std::size_t> initial_of(std::string_view folded);
/// The same where nothing stands behind that letter.
std::optional<std::size_t> lone_initial(std::string_view folded);

class Initials {
 public:
  static constexpr const char* kTable =
      "CREATE TABLE IF NOT EXISTS initials(place INTEGER PRIMARY KEY, rows BLOB NOT NULL);";

  explicit Initials(Database& database) : database_(&database) {}

  /// What begins the words of a part, beside what was said of it before.
  Result<void> add(std::uint64_t id, const InitialSet& letters);
  Result<void> clear(std::uint64_t id);
  /// Writes what is held; forget() lets go of it. REQUIRES: one of them at the end of each transaction.
  Result<void> flush();
  void forget() { held_.clear(); }

  Result<DocSet> rows(std::size_t letter);

 private:
  enum class Absent { Make, Leave };
  Result<Buffer*> block(std::size_t letter, std::uint64_t number, Absent absent);

  Database* database_;
  std::map<std::uint64_t, Buffer> held_;  // by place: the letter, then the number of the block
};

}  // namespace careo
