// SPDX-License-Identifier: Apache-2.0
// The catalog: what the log says, in tables that answer quickly. Derived: it remembers how far of the log it has seen,
// and is made anew where it is missing or damaged. Text and bytes stay in the log. One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/database.h"
#include "store/join_keys.h"
#include "store/log.h"

namespace careo {

/// A hash out of a column.
Result<Sha256> sha_from(Bytes bytes);

/// A part's row number. Depends on the order of the log: never leaves the store.
using Row = std::int64_t;

class Catalog {
 public:
  /// Denied or Malformed where the file is not to be used: delete it and replay the log.
  static Result<std::unique_ptr<Catalog>> open(const std::string& path, const Secret& key);

  Database& database() { return *database_; }
  Result<LogMark> mark();
  Result<void> set_mark(const LogMark& mark);
  /// The walk went around damage: what stands here is not all. Such a catalog is not built upon.
  Result<void> set_partial();
  Result<bool> is_partial();

  // What the log's records say, in its order.
  Result<void> add_key(const NumberedKey& key);
  Result<void> add_source(const Source& source, Address address);
  Result<void> add_outcome(const Outcome& outcome, Address address, std::uint64_t key);
  Result<void> add_decision(const Decision& decision, Address address, std::uint64_t key);
  Result<void> add_kept(const KeptRecord& kept, Address address);
  Result<void> add_tombstone(Address address);
  /// A part that no place leads to yet.
  Result<void> announce(const Part& part);

  // Forgetting: what the log will say once its keys are gone.
  Result<void> remove_source(Row source);
  Result<void> set_key(const PartId& part, std::uint64_t key);

  Result<std::optional<Row>> row_of(const PartId& id);
  /// Also by what it was called while it came in.
  Result<std::optional<Row>> source_row(std::string_view name);
  /// The key that seals what is said of a part, if it has one.
  Result<std::optional<NumberedKey>> key_of(const PartId& part);
  Result<Secret> key(std::uint64_t number);

  /// Works depths out anew where places went. Before any question that depends on them, and before a commit.
  Result<void> settle();

  /// Moves join keys into their sorted table, once so many have come.
  Result<void> merge_joins(std::int64_t at_least);

 private:
  explicit Catalog(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  struct Known {
    Row row;
    std::uint32_t depth;
  };
  Result<Known> stub(const PartId& id);
  Result<Known> add_part(const Part& part, const PartId& id, std::uint32_t depth);
  Result<void> lower_depth(Row row, std::uint32_t depth);
  Result<bool> add_place(Row parent, const std::string& step, Row child, std::string_view name, int stage);
  Result<Row> row_for(const Source& source, Address address);
  Result<void> remove_place(Row parent, const std::string& step);
  Result<bool> add_children(const Outcome& outcome, const Known& parent);
  Result<void> add_kinds(const Outcome& outcome, Address address);
  Result<void> add_joins(const Outcome& outcome, Address address, Caption* caption);
  Result<void> update_part(const Outcome& outcome, Row row, std::uint64_t key, const Caption& caption);
  void remember(const PartId& id, const Known& known);
  using Placed = std::map<std::string, Row>;
  Result<void> update_looked_at(const Outcome& outcome, Row row);
  Result<Placed> placed(Row parent, int stage);
  Result<void> remove_outcome(Row row, int stage, Address address);

  std::unique_ptr<Database> database_;
  std::unordered_map<PartId, Known> newest_;
  bool unsettled_ = false;
};

}  // namespace careo
