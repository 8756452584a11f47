// SPDX-License-Identifier: Apache-2.0
// Forgetting (docs/formats/log.md): what stays is written anew without what goes, then the keys of what goes leave.
#include <algorithm>

#include "crypto/secret.h"
#include "store/forget_plan.h"
#include "store/hollow.h"
#include "store/key_table.h"

namespace careo {
namespace {

constexpr std::uint64_t kBlock = 1ULL << 20;
constexpr std::uint64_t kGroupBytes = 64ULL << 20;  // of bytes kept apart, between two commits

}  // namespace

Sha256 Tombstone::digest_of(const Sha256& bytes) const {
  Hasher hasher;
  hasher.update(salt);
  hasher.update(bytes.bytes);
  return hasher.finish();
}

bool Tombstone::holds(const Sha256& bytes) const {
  return std::binary_search(digests.begin(), digests.end(), digest_of(bytes));
}

bool Tombstone::was_emptied(const Sha256& bytes) const {
  return std::binary_search(emptied.begin(), emptied.end(), digest_of(bytes));
}

Result<PartId> CaseStore::id_of(Row row) {
  auto query = TRY(catalog_->database().prepare("SELECT hash FROM parts WHERE id=?1"));
  query.bind(1, row);
  if (!TRY(query.step())) return fail(Fault::Malformed, "a part went from the catalog");
  return sha_from(query.bytes(0));
}

Result<Sha256> CaseStore::sha_of(Row row) {
  auto query = TRY(catalog_->database().prepare("SELECT sha FROM parts WHERE id=?1"));
  query.bind(1, row);
  if (!TRY(query.step())) return fail(Fault::Malformed, "a part went from the catalog");
  return sha_from(query.bytes(0));
}

// The bytes of one part, out of its container's, under a key of their own. What cannot be had was not there before.
Result<void> CaseStore::keep_range(Row row) {
  const Part part = TRY(this->part(TRY(id_of(row)))).part;
  TRY(keep_begin());
  for (std::uint64_t at = 0; at < part.length; at += kBlock) {
    const auto block = bytes_of_row(row, at, std::min(kBlock, part.length - at));
    if (!block) return block.error().fault == Fault::Io ? tl::unexpected(block.error()) : keep_abandon();
    TRY(keep(*block));
  }
  const auto kept = keep_end(part);
  return !kept && kept.error().fault != Fault::Malformed ? kept : Result<void>{};
}

// What a container that loses its bytes was the only one to hold.
Result<void> CaseStore::keep_apart(const ForgetPlan& plan) {
  for (const Row container : plan.hollow) {
    std::vector<Row> rows;
    {
      auto query = TRY(catalog_->database().prepare(
          "SELECT s.child, p.sha FROM places s JOIN parts p ON p.id=s.child WHERE s.parent=?1 AND s.step GLOB 'range:*'"
          " AND p.sha NOT IN (SELECT sha FROM kept)"));
      query.bind(1, container);
      while (TRY(query.step())) {
        const Sha256 sha = TRY(sha_from(query.bytes(1)));
        if (plan.above.contains(query.integer(0)) && !plan.lost.contains(sha)) rows.push_back(query.integer(0));
      }
    }
    for (const Row row : rows) {
      TRY(keep_range(row));
      if (pending_bytes() > kGroupBytes) TRY(commit());
    }
  }
  return commit();
}

Result<void> CaseStore::write_sources_without(const ForgetPlan& plan) {
  if (plan.source != 0) return catalog_->remove_source(plan.source);
  for (const Source& source : TRY(sources())) {
    Row row = 0;
    {
      auto query = TRY(catalog_->database().prepare("SELECT id FROM sources WHERE name=?1"));
      query.bind(1, source.id);
      if (TRY(query.step())) row = query.integer(0);
    }
    Source left = source;
    std::erase_if(left.files, [&](const SourceFile& file) {
      return plan.places.contains({-row, Step::path(file.path).print()});
    });
    if (left.files.size() == source.files.size()) continue;
    TRY(left.files.empty() ? catalog_->remove_source(row) : put(left));
  }
  return {};
}

// Outcomes that held names and hashes of what goes, and all else that their key seals.
Result<void> CaseStore::write_anew(const ForgetPlan& plan) {
  const auto goes = [&plan](const PartId& id) { return plan.gone_ids.contains(id); };
  for (const Row row : plan.anew) {
    std::vector<Outcome> outcomes;
    for (const Stage stage : {Stage::Open, Stage::Look, Stage::Mine, Stage::Ocr})
      if (const auto address = TRY(outcome_address(row, stage))) outcomes.push_back(TRY(outcome_at(*address)));
    const NumberedKey key = TRY(fresh_key(TRY(id_of(row))));
    new_keys_.push_back(key);
    TRY(catalog_->set_key(key.owner, key.number));
    for (Outcome& outcome : outcomes)
      TRY(put(plan.hollow.contains(row) ? hollowed(std::move(outcome), goes) : std::move(outcome)));
  }
  return {};
}

Result<void> CaseStore::write_decisions_anew(const ForgetPlan& plan) {
  std::vector<std::uint64_t> addresses;
  {
    auto query = TRY(catalog_->database().prepare("SELECT address FROM decisions ORDER BY address"));
    while (TRY(query.step())) addresses.push_back(static_cast<std::uint64_t>(query.integer(0)));
  }
  for (const std::uint64_t address : addresses) {
    const Buffer plain = TRY(opened_record(Address::of(address), RecordKind::Decision));
    const Decision decision = TRY(unpack_decision(plain));
    const bool goes = plan.gone_ids.contains(decision.first.part) || plan.gone_ids.contains(decision.second.part);
    const auto row = TRY(catalog_->row_of(decision.first.part));
    if (!goes && !(row && plan.anew.contains(*row))) continue;
    TRY(TRY(catalog_->database().prepare("DELETE FROM decisions WHERE address=?1")).bind(1, address).run());
    if (!goes) TRY(put(decision));
  }
  return {};
}

Result<std::uint64_t> CaseStore::key_number(Address address) {
  if (writer_ && address >= mark_.end) reader_.set_unwritten(writer_->unwritten());
  const auto record = reader_.record(address);
  reader_.set_unwritten(nullptr);
  if (!record) return tl::unexpected(record.error());
  return TRY(sealed_body(record->body)).key;
}

// All keys but those of what stands: with what is forgotten leaves what no place led to any more before.
Result<std::vector<std::uint64_t>> CaseStore::keys_left_over(const ForgetPlan& plan) {
  TRY(catalog_->settle());
  Database& db = catalog_->database();
  std::vector<std::uint64_t> used, addresses;
  const auto numbers = [&db](const char* sql, std::vector<std::uint64_t>* out) -> Result<void> {
    auto query = TRY(db.prepare(sql));
    while (TRY(query.step())) out->push_back(static_cast<std::uint64_t>(query.integer(0)));
    return {};
  };
  TRY(numbers("SELECT key FROM parts WHERE depth<1000000 AND key IS NOT NULL", &used));
  for (const char* sql :
       {"SELECT address FROM sources", "SELECT address FROM decisions", "SELECT address FROM tombstones"})
    TRY(numbers(sql, &addresses));
  {
    auto kept =
        TRY(db.prepare("SELECT k.address, k.sha FROM kept k WHERE k.sha IN"
                       " (SELECT sha FROM parts WHERE depth<1000000)"));
    while (TRY(kept.step())) {
      if (!plan.lost.contains(TRY(sha_from(kept.bytes(1)))))
        addresses.push_back(static_cast<std::uint64_t>(kept.integer(0)));
    }
  }
  std::sort(addresses.begin(), addresses.end());  // the log is read from its begin to its end
  for (const std::uint64_t address : addresses) used.push_back(TRY(key_number(Address::of(address))));
  std::sort(used.begin(), used.end());
  std::vector<std::uint64_t> all, out;
  TRY(numbers("SELECT number FROM keys ORDER BY number", &all));
  std::set_difference(all.begin(), all.end(), used.begin(), used.end(), std::back_inserter(out));
  return out;
}

Result<void> CaseStore::write_tombstone(const ForgetPlan& plan, Tombstone stone, std::vector<std::uint64_t> keys) {
  stone.parts = plan.gone.size();
  fill_random(stone.salt);
  for (const auto& [rows, digests] : {std::pair{&plan.gone, &stone.digests}, std::pair{&plan.hollow, &stone.emptied}}) {
    std::set<Sha256> hashes;
    for (const Row row : *rows) hashes.insert(TRY(sha_of(row)));
    for (const Sha256& hash : hashes) digests->push_back(stone.digest_of(hash));
    std::sort(digests->begin(), digests->end());
  }
  const NumberedKey key = TRY(fresh_key(sha256("tombstone")));
  new_keys_.push_back(key);
  const ForgottenRecord record{std::move(stone), std::move(keys)};
  const Buffer body = seal_body(RecordKind::Forgotten, key, 0, pack(record), &nonces_);
  return catalog_->add_tombstone(TRY(writer_->append(RecordKind::Forgotten, body)));
}

// One group says all of it: before its commit nothing was forgotten, behind it the keys leave, now or when the case is
// opened next.
Result<Forgetting> CaseStore::forget(const Trail& trail, Instant at, std::string by, std::string reason) {
  TRY(may_write());
  TRY(commit());
  const ForgetPlan plan = TRY(plan_forgetting(trail));
  Forgetting out = TRY(told(plan));
  TRY(guarded([&]() -> Result<void> {
    TRY(keep_apart(plan));
    TRY(write_sources_without(plan));
    TRY(write_anew(plan));
    TRY(write_decisions_anew(plan));
    std::vector<std::uint64_t> keys = TRY(keys_left_over(plan));
    TRY(write_tombstone(plan, {at, std::move(by), std::move(reason), 0, {}, {}, {}}, keys));
    TRY(commit_group());
    auto dropped = drop_keys(keys);
    return dropped ? dropped
                   : wrap(std::move(dropped).error(),
                          "it stands in no answer any more, but its keys are still there: "
                          "they leave when the case is opened next");
  }));
  return out;
}

Result<ForgottenRecord> CaseStore::forgotten_at(Address address) {
  return unpack_forgotten(TRY(opened_record(address, RecordKind::Forgotten)));
}

Result<std::vector<Tombstone>> CaseStore::tombstones() {
  std::vector<std::uint64_t> addresses;
  {
    auto query = TRY(catalog_->database().prepare("SELECT address FROM tombstones ORDER BY address"));
    while (TRY(query.step())) addresses.push_back(static_cast<std::uint64_t>(query.integer(0)));
  }
  std::vector<Tombstone> out;
  for (const std::uint64_t address : addresses) out.push_back(TRY(forgotten_at(Address::of(address))).tombstone);
  return out;
}

Result<std::vector<PartId>> CaseStore::come_again() {
  std::vector<PartId> out;
  const std::vector<Tombstone> stones = TRY(tombstones());
  if (stones.empty()) return out;
  std::vector<Row> emptied;
  {
    TRY(catalog_->settle());
    auto query = TRY(catalog_->database().prepare("SELECT id, hash, sha FROM parts WHERE depth<1000000 ORDER BY id"));
    while (TRY(query.step())) {
      const Sha256 bytes = TRY(sha_from(query.bytes(2)));
      const auto any = [&](auto asked) { return std::any_of(stones.begin(), stones.end(), asked); };
      if (any([&](const Tombstone& stone) { return stone.holds(bytes); })) {
        out.push_back(TRY(sha_from(query.bytes(1))));
      } else if (any([&](const Tombstone& stone) { return stone.was_emptied(bytes); })) {
        emptied.push_back(query.integer(0));
      }
    }
  }
  for (const Row row : emptied)
    if (bytes_of_row(row, 0, 1)) out.push_back(TRY(id_of(row)));
  return out;
}

// Those that the newest tombstone names, where one of them is still there: nothing else is written between the two.
Result<std::vector<std::uint64_t>> CaseStore::keys_to_leave() {
  std::uint64_t address = 0;
  {
    auto query = TRY(catalog_->database().prepare("SELECT max(address) FROM tombstones"));
    if (!TRY(query.step()) || query.is_null(0)) return std::vector<std::uint64_t>{};
    address = static_cast<std::uint64_t>(query.integer(0));
  }
  std::vector<std::uint64_t> out = TRY(forgotten_at(Address::of(address))).keys;
  for (const std::uint64_t number : out) {
    auto query = TRY(catalog_->database().prepare("SELECT 1 FROM keys WHERE number=?1"));
    query.bind(1, number);
    if (TRY(query.step())) return out;
  }
  return std::vector<std::uint64_t>{};
}

// The table first, what is derived next, the keyring last: with the old one everything begins again.
Result<void> CaseStore::drop_keys(const std::vector<std::uint64_t>& numbers) {
  CaseKeys next = keys_;
  ++next.epoch;
  next.through = mark_.end;
  next.next_key = mark_.next_key;
  next.parts = Secret::random();
  next.catalog = Secret::random();
  next.index = Secret::random();
  TRY(write_key_table(disk_.get(), next, [&](const auto& key) -> Result<void> {
    auto query = TRY(catalog_->database().prepare("SELECT number, key FROM keys ORDER BY number"));
    while (TRY(query.step())) {
      const auto number = static_cast<std::uint64_t>(query.integer(0));
      if (std::binary_search(numbers.begin(), numbers.end(), number)) continue;
      TRY(key(number, TRY(Secret::of(query.bytes(1)))));
    }
    return {};
  }));
  newest_kept_.clear();
  newest_held_.clear();
  if (catalog_->database().in_transaction()) TRY(catalog_->database().rollback());
  TRY(remove_derived());
  TRY(replace_keys(disk_.get(), next));
  keys_ = next;
  TRY(mend_key_table(disk_.get(), keys_));
  TRY(open_databases(true));
  groups_ = group_bytes_ = 0;
  return writer_ ? catalog_->database().begin() : Result<void>{};
}

Result<void> CaseStore::end_forgetting() {
  // A catalog that went around damage does not know every key: those that a mended log would bring back must not leave.
  if (TRY(catalog_->is_partial())) return {};
  const std::vector<std::uint64_t> numbers = TRY(keys_to_leave());
  if (!numbers.empty()) {
    auto dropped = drop_keys(numbers);
    return dropped ? dropped : wrap(std::move(dropped).error(), "a forgetting that was begun cannot be ended yet");
  }
  // A copy of the old keyring would open what left. A writer mends more, and says where it cannot.
  if (keys_.epoch > 0 && mend_keyring(disk_.get())) static_cast<void>(mend_key_table(disk_.get(), keys_));
  return {};
}

}  // namespace careo
