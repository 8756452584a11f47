// SPDX-License-Identifier: Apache-2.0
// The tokenizer "careo" that FTS5 calls: folded words of documents, and ready words with their other spellings of
// queries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo {

class Database;

/// Between two spellings of one word in the text that a query hands to FTS5; a space parts words.
inline constexpr char kSpellingSeparator = '\x1f';

/// What the tokenizer noticed while it cut documents: words that may not have been seen before.
class Vocabulary {
 public:
  Vocabulary() : seen_(kSlots, 0) {}
  /// Remembers `folded` among fresh() unless it was noticed lately.
  void notice(std::string_view folded);
  /// The words noticed since the last call, some of them more than once over a long time.
  std::vector<std::string> take_fresh();

 private:
  // 2 MiB of hashes stand for a set that would grow with the case; a lost slot only costs a needless insert.
  static constexpr std::size_t kSlots = 1U << 18;
  std::vector<std::uint64_t> seen_;
  std::vector<std::string> fresh_;
};

/// Registers the tokenizer on a connection. The vocabulary belongs to the connection and lives until it is closed or
/// registered anew.
Result<Vocabulary*> register_tokenizer(Database& database);

}  // namespace careo
