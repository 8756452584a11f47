// SPDX-License-Identifier: Apache-2.0
// The records of the log: their kinds, and how their bodies are packed (docs/formats/log.md, "Records").
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/seal.h"
#include "evidence/decision.h"
#include "evidence/outcome.h"
#include "evidence/source.h"
#include "store/case.h"
#include "store/chunk.h"

namespace careo {

enum class RecordKind : std::uint8_t {
  Source = 1,     ///< sealed under its own key
  Outcome = 2,    ///< sealed under its part's key
  Decision = 3,   ///< sealed under the key of its first anchor's part
  Piece = 4,      ///< kept bytes, sealed under the key of their stream
  Kept = 5,       ///< ends a stream: which bytes the pieces are, and where they stand
  Keys = 6,       ///< the keys that this group made, sealed under the key of keys
  Commit = 7,     ///< ends a group: what is before it is acknowledged
  Forgotten = 8,  ///< what was forgotten, when, by whom and why; sealed under a key of its own
};
std::string_view name_of(RecordKind kind);

/// A key and the number that records name it by. Numbers tell nothing about what they seal.
struct NumberedKey {
  std::uint64_t number = 0;
  Sha256 owner;  ///< a part's id, or source_owner()
  Secret key;
};

/// What owns the key of a source's record.
Sha256 source_owner(const SourceId& id);

/// The end of a group.
struct CommitRecord {
  std::uint64_t sequence = 0;  ///< from 1
  std::uint64_t records = 0;   ///< of the whole log, this one with it
  Sha256 chain;                ///< over the tags of every chunk before the one this record stands in
};
constexpr std::size_t kCommitBody = 48;
Buffer pack(const CommitRecord& commit);
Result<CommitRecord> unpack_commit(Bytes body);

/// Which bytes a stream of pieces is.
struct KeptRecord {
  Part part;
  std::vector<Address> pieces;
};
constexpr std::uint32_t kPieceBytes = 65280;  ///< plain bytes of every piece but the last
Buffer pack(const KeptRecord& kept);
Result<KeptRecord> unpack_kept(Bytes bytes);

/// A source's record. `from` is sealed once more under `compartment`.
Buffer pack(const Source& source, const Secret& compartment, NonceSource* nonces);
Result<Source> unpack_source(Bytes bytes, const Secret& compartment);

Buffer pack(const Decision& decision);
Result<Decision> unpack_decision(Bytes bytes);

/// A tombstone, and the numbers of the keys that leave with what it stands for: while one of them is still there, the
/// forgetting is not done (docs/formats/log.md, "Forgetting").
struct ForgottenRecord {
  Tombstone tombstone;
  std::vector<std::uint64_t> keys;  ///< ascending
};
Buffer pack(const ForgottenRecord& forgotten);
Result<ForgottenRecord> unpack_forgotten(Bytes bytes);

Buffer pack(const std::vector<NumberedKey>& keys);
Result<std::vector<NumberedKey>> unpack_keys(Bytes bytes);

/// The body of a sealed record: number of the key, nonce, sealed bytes. `index` is that of a piece, else 0.
Buffer seal_body(RecordKind kind, const NumberedKey& key, std::uint64_t index, Bytes plain, NonceSource* nonces);
/// The body of an outcome's record, sealed where it was packed. The outcome is without its children then.
Buffer seal_outcome(const NumberedKey& key, Outcome* outcome, NonceSource* nonces);
struct SealedBody {
  std::uint64_t key = 0;
  Nonce nonce{};
  Bytes sealed;
};
Result<SealedBody> sealed_body(Bytes body);
/// Denied where the seal does not hold.
Result<Buffer> open_body(RecordKind kind, const SealedBody& body, const Secret& key, std::uint64_t index);
/// The same without a second copy. REQUIRES a body that sealed_body() read.
Result<Buffer> open_in_place(RecordKind kind, Buffer body, const Secret& key, std::uint64_t index);

}  // namespace careo
