// SPDX-License-Identifier: Apache-2.0
// What stands behind the SearchIndex: its database, and what it knows while it writes or asks. Included by its own
// files alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "search/doc_set.h"
#include "search/evaluate.h"
#include "search/index.h"
#include "search/initials.h"
#include "search/origins.h"
#include "search/tokenizer.h"
#include "store/database.h"

namespace careo {

struct Scored {
  std::uint64_t id = 0;
  double score = 0;
};

/// A part's name as the tables hold it. Malformed: of another length.
Result<PartId> indexed_part(Bytes bytes);

struct SearchIndex::State {
  explicit State(Database& where) : database(where), initials(where) {}

  Result<bool> current();  ///< the tables stand, in this version
  Result<std::string> value(std::string_view name);
  Result<void> put_value(std::string_view name, std::string_view text);
  Result<std::int64_t> id_of(const PartId& part);  ///< 0: none
  Result<std::int64_t> write_doc(const Entry& entry, std::int64_t id);
  Result<void> write_header(const Entry& entry, std::int64_t id);
  Result<void> write_pictures(const Entry& entry, std::int64_t id);
  Result<void> clear_pictures(std::int64_t id);
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
  Result<std::uint64_t> take_pictures(const Outcome& outcome);
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

}  // namespace careo
