// SPDX-License-Identifier: Apache-2.0
// Writing: every change goes to the log, and beside it into the catalog's open transaction.
#include <algorithm>

#include "store/case_store.h"

namespace careo {
namespace {

// The catalog is durable after so many groups or so much log: a crash costs a replay of that, about a second, and each
// of its pages is written once for many groups instead of once for each.
constexpr std::uint64_t kCatalogGroups = 32;
constexpr std::uint64_t kCatalogBytes = 64ULL << 20;
constexpr std::int64_t kJoinsToMerge = 200'000;
constexpr std::size_t kLongList = 1U << 20;  // packed children: some 9,000

}  // namespace

Result<void> CaseStore::may_write() const {
  if (!writer_) return fail(Fault::Refused, "the case is open for reading only");
  if (broken_) return fail(Fault::Io, "an earlier write to the case failed; open it anew to go on");
  return {};
}

Result<NumberedKey> CaseStore::fresh_key(const Sha256& owner) {
  NumberedKey out{mark_.next_key++, owner, Secret::random()};
  TRY(catalog_->add_key(out));
  return out;
}

Result<NumberedKey> CaseStore::key_for(const PartId& part) {
  if (auto known = TRY(catalog_->key_of(part))) return std::move(*known);
  new_keys_.push_back(TRY(fresh_key(part)));
  return new_keys_.back();
}

Result<void> CaseStore::put(const Source& source) {
  return guarded([&]() -> Result<void> {
    new_keys_.push_back(TRY(fresh_key(source_owner(source.id))));
    const Buffer plain = pack(source, keys_.compartment, &nonces_);
    const Buffer body = seal_body(RecordKind::Source, new_keys_.back(), 0, plain, &nonces_);
    const Address address = TRY(writer_->append(RecordKind::Source, body));
    trails_.forget();
    return catalog_->add_source(source, address);
  });
}

Result<void> CaseStore::put(const Outcome& outcome) {
  Outcome copy = outcome;
  return put(&copy);
}

// A list of children that is long goes into its record and comes back out of it: it is never there twice.
Result<void> CaseStore::put(Outcome* outcome) {
  return guarded([&]() -> Result<void> {
    const NumberedKey key = TRY(key_for(outcome->part));
    const Children short_list = outcome->children.packed_size() < kLongList ? outcome->children : Children();
    const bool is_long = short_list.empty() && !outcome->children.empty();
    Buffer body = seal_outcome(key, outcome, &nonces_);
    const Address address = TRY(writer_->append(RecordKind::Outcome, body));
    if (is_long) {
      *outcome = TRY(unpack_outcome(TRY(open_in_place(RecordKind::Outcome, std::move(body), key.key, 0))));
    } else {
      outcome->children = short_list;
    }
    trails_.forget();
    return catalog_->add_outcome(*outcome, address, key.number);
  });
}

Result<void> CaseStore::put(const Decision& decision) {
  return guarded([&]() -> Result<void> {
    const NumberedKey key = TRY(key_for(decision.first.part));
    const Buffer body = seal_body(RecordKind::Decision, key, 0, pack(decision), &nonces_);
    const Address address = TRY(writer_->append(RecordKind::Decision, body));
    return catalog_->add_decision(decision, address, key.number);
  });
}

Result<void> CaseStore::keep_begin() {
  return guarded([&]() -> Result<void> {
    if (stream_) return fail(Fault::Bug, "bytes are being kept already");
    stream_ = std::make_unique<Stream>();
    stream_->key = NumberedKey{mark_.next_key++, {}, Secret::random()};
    return {};
  });
}

Result<void> CaseStore::write_piece() {
  const Buffer body = seal_body(RecordKind::Piece, stream_->key, stream_->pieces.size(), stream_->piece, &nonces_);
  stream_->pieces.push_back(TRY(writer_->append(RecordKind::Piece, body)));
  stream_->piece.clear();
  return {};
}

Result<void> CaseStore::keep(Bytes bytes) {
  return guarded([&]() -> Result<void> {
    if (!stream_) return fail(Fault::Bug, "no bytes are being kept");
    stream_->hasher.update(bytes);
    stream_->length += bytes.size();
    Bytes rest = bytes;
    while (!rest.empty()) {
      // A full piece waits for one more byte: what turns out to be kept already often is one piece only.
      if (stream_->piece.size() == kPieceBytes) TRY(write_piece());
      const std::size_t step = std::min<std::size_t>(rest.size(), kPieceBytes - stream_->piece.size());
      stream_->piece.insert(stream_->piece.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(step));
      rest = rest.subspan(step);
    }
    return {};
  });
}

Result<void> CaseStore::keep_end(const Part& part) {
  TRY(may_write());
  if (!stream_) return fail(Fault::Bug, "no bytes are being kept");
  if (stream_->length != part.length || stream_->hasher.finish() != part.sha256) {
    stream_.reset();
    return fail(Fault::Malformed, "the bytes kept are not those of the part named");
  }
  return guarded([&]() -> Result<void> {
    const auto known = [&]() -> Result<bool> {
      auto query = TRY(catalog_->database().prepare("SELECT 1 FROM kept WHERE sha=?1"));
      query.bind(1, Bytes(part.sha256.bytes));
      return query.step();
    };
    if (TRY(known())) {
      stream_.reset();
      return {};
    }
    if (!stream_->piece.empty()) TRY(write_piece());
    Stream stream = std::move(*stream_);
    stream_.reset();
    stream.key.owner = part.id();
    const KeptRecord record{part, std::move(stream.pieces)};
    const Buffer body = seal_body(RecordKind::Kept, stream.key, 0, pack(record), &nonces_);
    const Address address = TRY(writer_->append(RecordKind::Kept, body));
    TRY(catalog_->add_key(stream.key));
    new_keys_.push_back(stream.key);
    return catalog_->add_kept(record, address);
  });
}

// What was written of the stream stays in the log, under a key that is written nowhere.
Result<void> CaseStore::keep_abandon() {
  stream_.reset();
  return {};
}

Result<void> CaseStore::announce(const Part& part) {
  return guarded([&] { return catalog_->announce(part); });
}

void CaseStore::shed() {
  catalog_->database().shed();
  index_->shed();
  newest_held_.clear();
}

std::uint64_t CaseStore::pending_bytes() const {
  return (writer_ ? writer_->pending_bytes() : 0) + (stream_ ? stream_->piece.size() : 0);
}

Result<void> CaseStore::commit_catalog() {
  TRY(catalog_->merge_joins(kJoinsToMerge));
  TRY(catalog_->database().commit());
  groups_ = group_bytes_ = 0;
  return catalog_->database().begin();
}

Result<void> CaseStore::commit_group() {
  if (!new_keys_.empty()) {
    const NumberedKey wrapping{0, {}, keys_.parts};
    Buffer plain = pack(new_keys_);
    const Buffer body = seal_body(RecordKind::Keys, wrapping, 0, plain, &nonces_);
    wipe(plain);
    TRY(writer_->append(RecordKind::Keys, body));
    new_keys_.clear();
  }
  group_bytes_ += writer_->pending_bytes();
  TRY(writer_->commit());
  const std::uint64_t next_key = mark_.next_key;
  mark_ = writer_->mark();
  mark_.next_key = next_key;
  TRY(catalog_->settle());
  TRY(catalog_->set_mark(mark_));
  if (++groups_ < kCatalogGroups && group_bytes_ < kCatalogBytes) return {};
  return commit_catalog();
}

Result<void> CaseStore::commit() {
  TRY(may_write());
  if (writer_->pending_records() == 0) return {};
  return guarded([this] { return commit_group(); });
}

Result<void> CaseStore::publish() {
  TRY(commit());
  return guarded([this] { return commit_catalog(); });
}

}  // namespace careo
