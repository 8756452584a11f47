// SPDX-License-Identifier: Apache-2.0
// The tokenizer "careo" that FTS5 calls: folded words of documents, and ready words with their other spellings of
// queries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/doc_set.h"
#include "search/initials.h"

namespace careo {

class Database;

/// Between two spellings of one word in the text that a query hands to FTS5; a space parts words.
inline constexpr char kSpellingSeparator = '\x1f';

/// What a connection keeps for its index: words that the tokenizer noticed and that may not have been seen before.
class Vocabulary {
 public:
  Vocabulary() : seen_(kSlots, 0) {}
  /// Remembers `folded` among fresh() unless it was noticed lately.
  void notice(std::string_view folded);
  /// The words noticed since the last call, some of them more than once over a long time.
  std::vector<std::string> take_fresh();

  InitialSet initials;           ///< what the words noticed since its last reset begin with
  const DocSet* hits = nullptr;  ///< what the SQL function careo_hit(rowid) asks while a query is ranked

 private:
  // 2 MiB of hashes stand for a set that would grow with the case; a lost slot only costs a needless insert.
  static constexpr std::size_t kSlots = 1U << 18;
  std::vector<std::uint64_t> seen_;
  std::vector<std::string> fresh_;
};

/// Registers the tokenizer and careo_hit() on a connection, once: every later call returns the same vocabulary, which
/// belongs to the connection and goes with it.
Result<Vocabulary*> register_tokenizer(Database& database);

}  // namespace careo
