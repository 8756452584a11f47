// SPDX-License-Identifier: Apache-2.0
// The case as it is: a disk, a keyring, the log and its catalog. Faces and rooms see store/case.h only.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>

#include "store/case.h"
#include "store/catalog.h"
#include "store/keyring.h"
#include "store/log.h"
#include "store/trails.h"

namespace careo {

class CaseStore : public Case {
 public:
  /// On any disk: the real one, or one that a test can break. `folder` is where it lies, to keep key files out of it.
  static Result<std::string> create_on(Disk* disk, const std::string& folder, const Key& key);
  static Result<std::unique_ptr<CaseStore>> open_on(std::unique_ptr<Disk> disk, const std::string& folder,
                                                    const Key& key, Access access,
                                                    std::uint64_t segment_limit = kSegmentLimit,
                                                    const Watch& watch = {});
  ~CaseStore() override;

  Result<void> put(const Source& source) override;
  Result<void> put(const Outcome& outcome) override;
  Result<void> put(Outcome* outcome) override;
  Result<void> put(const Decision& decision) override;
  Result<void> keep_begin() override;
  Result<void> keep(Bytes bytes) override;
  Result<void> keep_end(const Part& part) override;
  Result<void> keep_abandon() override;
  Result<void> announce(const Part& part) override;
  Result<void> commit() override;
  Result<void> publish() override;
  void shed() override;
  std::uint64_t pending_bytes() const override;
  Result<std::unique_ptr<Case>> beside() override;

  Result<std::vector<Source>> sources() override;
  bool has(const PartId& part, Stage stage) override;
  bool keeps(const PartId& part) override;
  Result<bool> stands(const PartId& part) override;
  Result<PartRow> part(const PartId& id) override;
  Result<Outcome> outcome(const PartId& part, Stage stage) override;
  Result<std::uint64_t> length(const PartId& part) override;
  Result<Buffer> bytes(const PartId& part, std::uint64_t offset, std::uint64_t length) override;
  Result<std::vector<PlaceRow>> places(const PartId& part) override;
  Result<Trail> trail(const PartId& part) override;
  Result<PartId> find(const Trail& trail) override;
  Result<std::vector<PartId>> waiting(Stage stage) override;
  Result<std::vector<Waiting>> waiting(Stage stage, std::uint64_t* place, std::uint64_t limit) override;
  Result<std::uint64_t> count_waiting(Stage stage) override;
  Result<std::vector<Waiting>> returned() override;
  Result<std::vector<PartId>> opened_without(Stage stage, const std::vector<std::string>& types) override;
  Result<std::vector<PartId>> unfinished(Stage stage) override;
  Result<void> readings(std::string_view kind,
                        const std::function<Result<void>(const PartId&, const Reading&)>& row) override;
  Result<std::vector<Decision>> decisions() override;
  Result<Inventory> inventory(Rows rows = Rows::All) override;
  Result<Contents> contents(const Trail& trail, std::uint64_t offset, std::uint64_t limit) override;
  Result<std::vector<PartId>> below(const Trail& trail) override;
  Result<CheckReport> check(Depth depth, const Watch& watch = {}) override;
  Result<Forgetting> would_forget(const Trail& trail) override;
  Result<Forgetting> forget(const Trail& trail, Instant at, std::string by, std::string reason) override;
  Result<std::vector<Tombstone>> tombstones() override;
  Result<std::vector<PartId>> come_again() override;
  Database& index_database() override { return *index_; }
  std::uint64_t log_position() const override { return mark_.end.number(); }
  Result<void> outcomes_since(std::uint64_t position, const std::function<Result<void>(const Outcome&)>& row) override;
  Result<std::uint64_t> count_outcomes_since(std::uint64_t position) override;
  Result<void> opened(const std::function<Result<void>(const OpenedRow&)>& row) override;
  Result<std::vector<PartId>> joined(JoinKind kind, std::string_view key) override;

 private:
  // One stream of kept bytes while it comes in.
  struct Stream {
    NumberedKey key;
    Hasher hasher;
    std::uint64_t length = 0;
    Buffer piece;
    std::vector<Address> pieces;
  };
  // Kept bytes while they are read.
  struct Kept {
    Sha256 sha256;
    KeptRecord record;
    Secret key;
  };
  // Bytes behind a transform, or one piece, held for the next call.
  struct Held {
    std::uint64_t name = 0;
    std::shared_ptr<const Buffer> bytes;
  };
  // Where a part's bytes come from: kept bytes of that hash, and the steps down to it.
  struct Source_;

  CaseStore(std::unique_ptr<Disk> disk, std::string folder, CaseKeys keys, Access access, std::uint64_t segment_limit);

  struct ForgetPlan;

  // Tells the watch, where there is one; places of the log as bytes.
  Result<void> tell(std::string_view phase, std::uint64_t done, std::uint64_t total) const {
    return watch_ ? watch_({phase, std::min(done, total), total}) : Result<void>();
  }
  Result<void> tell(std::string_view phase, ChunkPlace place) const {
    return tell(phase, reader_.sealer().bytes_before(place), reader_.sealer().bytes_before(mark_.end.chunk));
  }

  // case.cc
  Result<void> open_databases(bool may_rebuild);
  Result<void> open_catalog();
  Result<void> derive_in_memory();
  std::string derived_path(const char* name) const;
  Result<void> remove_catalog();
  Result<void> remove_derived();
  Result<void> end_what_was_begun();
  Result<void> catch_up(bool tolerant);
  Result<void> catch_up_once(bool tolerant);
  Result<ChunkPlace> end_of_log();
  Result<void> in_catalog(Result<void> done);
  Result<void> apply(RecordKind kind, Address address);
  Result<void> take_key_table(bool tolerant);
  Result<bool> is_forgotten(Address address);
  Result<void> expect_acknowledged(bool tolerant);

  // case_write.cc
  Result<void> may_write() const;
  // After a failed write log and catalog may say different things; only opening anew brings them together.
  template <typename Action>
  Result<void> guarded(Action action) {
    TRY(may_write());
    Result<void> done = action();
    if (!done) broken_ = true;
    return done;
  }
  Result<NumberedKey> key_for(const PartId& part);
  Result<NumberedKey> fresh_key(const Sha256& owner);
  Result<void> write_piece();
  Result<void> commit_group();
  Result<void> commit_catalog();

  // case_read.cc
  Result<Record> record_at(Address address, RecordKind expected);
  Result<Buffer> opened_record(Address address, RecordKind expected);
  Result<Outcome> outcome_at(Address address);
  Result<std::optional<Address>> outcome_address(Row row, Stage stage);
  Result<Row> known_row(const PartId& id);
  Result<Row> row_at(const Trail& trail);

  // part_bytes.cc
  Result<std::optional<std::shared_ptr<const Kept>>> kept_of(Row row);
  Result<std::shared_ptr<const Buffer>> piece(const Kept& kept, std::uint64_t index);
  Result<Buffer> kept_bytes(const Kept& kept, std::uint64_t offset, std::uint64_t length);
  Result<std::pair<Row, Step>> range_above(Row row);
  Result<Buffer> bytes_of_row(Row row, std::uint64_t offset, std::uint64_t length);

  // forget_plan.cc
  Result<ForgetPlan> plan_forgetting(const Trail& trail);
  Result<void> name_what_goes(const Trail& trail, ForgetPlan* plan);
  Result<void> follow_places(ForgetPlan* plan);
  Result<void> find_gone_ids(ForgetPlan* plan);
  Result<std::vector<Row>> older_holders(const ForgetPlan& plan);
  Result<void> find_touched(ForgetPlan* plan);
  Result<void> find_decisions(ForgetPlan* plan);
  Result<Trail> trail_left(const ForgetPlan& plan, Row row);
  Result<Forgetting> told(const ForgetPlan& plan);
  Result<std::vector<Forgetting::Row>> rows_that_go(const ForgetPlan& plan);
  Result<bool> still_names(const ForgetPlan& plan, Row container);
  Result<Forgetting::Row> told_row(Row row, Trail trail);

  // forget.cc
  Result<void> keep_apart(const ForgetPlan& plan);
  Result<PartId> id_of(Row row);
  Result<Sha256> sha_of(Row row);
  Result<void> keep_range(Row row);
  Result<void> write_sources_without(const ForgetPlan& plan);
  Result<void> write_anew(const ForgetPlan& plan);
  Result<void> write_decisions_anew(const ForgetPlan& plan);
  Result<void> write_tombstone(const ForgetPlan& plan, Tombstone stone, std::vector<std::uint64_t> keys);
  Result<std::uint64_t> key_number(Address address);
  Result<std::vector<std::uint64_t>> keys_left_over(const ForgetPlan& plan);
  Result<ForgottenRecord> forgotten_at(Address address);
  Result<std::vector<std::uint64_t>> keys_to_leave();
  Result<void> drop_keys(const std::vector<std::uint64_t>& numbers);
  Result<void> end_forgetting();

  // inventory.cc, check.cc
  Result<void> count_places(Inventory* out);
  Result<void> list_rows(const std::vector<Row>& off, Inventory* out);
  Result<void> count_files(Rows rows, Inventory* out);
  Result<void> list_duplicates(Inventory* out);
  Result<void> list_unhashed(Inventory* out);
  Result<std::vector<Row>> rows_off();
  Result<std::string> digest();
  Result<CheckReport> checked(Depth depth);
  Result<void> check_derived(CheckReport* out);
  Result<void> check_segments(CheckReport* out);
  Result<void> check_chunks(std::uint32_t segment, std::uint32_t end, CheckReport* out);
  Result<void> check_chain(CheckReport* out);
  std::string what_stands_in(ChunkPlace place, ChunkPlace behind);

  std::unique_ptr<Disk> disk_;
  std::string folder_;
  CaseKeys keys_;
  Access access_;
  LogReader reader_;
  std::unique_ptr<LogWriter> writer_;
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<Database> index_;
  LogMark mark_;
  NonceSource nonces_;
  std::vector<NumberedKey> new_keys_;
  std::unique_ptr<Stream> stream_;
  Watch watch_;  // while it is opened or checked
  bool broken_ = false;
  bool in_memory_ = false;
  bool catalog_failed_ = false;
  std::uint64_t groups_ = 0;       // since the catalog was committed
  std::uint64_t group_bytes_ = 0;  // the same, in bytes of log
  std::vector<CheckReport::Damage> found_at_open_;

  std::list<std::shared_ptr<const Kept>> newest_kept_;
  std::list<Held> newest_held_;
  Trails trails_;
};

}  // namespace careo
