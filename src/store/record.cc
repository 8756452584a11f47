// SPDX-License-Identifier: Apache-2.0
#include "store/record.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kRoom = 4096;  // for what is short in an outcome, and the seal

constexpr std::array<std::string_view, 9> kNames = {"",     "source", "outcome", "decision", "piece of kept bytes",
                                                    "kept", "keys",   "commit",  "tombstone"};

Result<Sha256> sha_in(Cursor* in) {
  const Bytes bytes = TRY(in->take(32));
  Sha256 out;
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

Result<void> at_end(const Cursor& in) {
  if (!in.done()) return fail(Fault::Malformed, "bytes behind a record");
  return {};
}

Buffer additional_of(RecordKind kind, std::uint64_t index) {
  Packer out;
  out.text("careo record 1").u8(static_cast<std::uint8_t>(kind)).u64le(index);
  return out.take();
}

Result<SourceFile> file_in(Cursor* in) {
  SourceFile out;
  out.path = TRY(in->text());
  out.length = TRY(in->varint());
  out.sha256 = TRY(sha_in(in));
  out.failure = TRY(in->text());
  return out;
}

}  // namespace

std::string_view name_of(RecordKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

Sha256 source_owner(const SourceId& id) {
  return sha256("source " + id);
}

Buffer pack(const CommitRecord& commit) {
  Packer out;
  out.u64le(commit.sequence).u64le(commit.records).raw(commit.chain.bytes);
  return out.take();
}

Result<CommitRecord> unpack_commit(Bytes body) {
  Cursor in(body);
  CommitRecord out;
  out.sequence = TRY(in.u64le());
  out.records = TRY(in.u64le());
  out.chain = TRY(sha_in(&in));
  TRY(at_end(in));
  return out;
}

Buffer pack(const KeptRecord& kept) {
  Packer out;
  out.raw(kept.part.sha256.bytes).varint(kept.part.length).text(kept.part.hints.canonical());
  out.varint(kept.pieces.size());
  std::uint64_t before = 0;
  for (const Address& piece : kept.pieces) {
    out.varint(piece.number() - before);
    before = piece.number();
  }
  return out.take();
}

Result<KeptRecord> unpack_kept(Bytes bytes) {
  Cursor in(bytes);
  KeptRecord out;
  out.part.sha256 = TRY(sha_in(&in));
  out.part.length = TRY(in.varint());
  out.part.hints = TRY(Hints::parse(TRY(in.text())));
  const std::uint64_t count = TRY(in.varint());
  if (count > in.left() || count != (out.part.length + kPieceBytes - 1) / kPieceBytes)
    return fail(Fault::Malformed, "pieces do not make up the length");
  std::uint64_t number = 0;
  out.pieces.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t step = TRY(in.varint());
    if (step == 0 || step > UINT64_MAX - number) return fail(Fault::Malformed, "pieces out of order");
    number += step;
    out.pieces.push_back(Address::of(number));
  }
  TRY(at_end(in));
  return out;
}

Buffer pack(const Source& source, const Secret& compartment, NonceSource* nonces) {
  Packer out;
  out.text(source.id).text(source.label).u64le(static_cast<std::uint64_t>(source.received)).text(source.how);
  const Nonce nonce = nonces->next();
  Buffer from;
  seal(compartment, nonce, bytes_of(source.from), bytes_of(source.id), &from);
  out.raw(nonce).text(text_of(from));
  out.varint(source.files.size() + source.empty_folders.size());
  for (const SourceFile& file : source.files)
    out.text(file.path).varint(file.length).raw(file.sha256.bytes).text(file.failure);
  for (const std::string& folder : source.empty_folders)
    out.text(folder + "/").varint(0).raw(sha256(Bytes()).bytes).text("");
  if (!source.came_as.empty()) out.text(source.came_as).varint(source.to_come);
  return out.take();
}

Result<Source> unpack_source(Bytes bytes, const Secret& compartment) {
  Cursor in(bytes);
  Source out;
  out.id = TRY(in.text());
  out.label = TRY(in.text());
  out.received = static_cast<Instant>(TRY(in.u64le()));
  out.how = TRY(in.text());
  Nonce nonce{};
  const Bytes stored = TRY(in.take(nonce.size()));
  std::copy(stored.begin(), stored.end(), nonce.begin());
  Buffer from = TRY(unseal(compartment, nonce, bytes_of(TRY(in.text())), bytes_of(out.id)));
  out.from = text_of(from);
  wipe(from);
  const std::uint64_t count = TRY(in.varint());
  if (count > in.left()) return fail(Fault::Malformed, "more files than bytes");
  for (std::uint64_t i = 0; i < count; ++i) {
    SourceFile file = TRY(file_in(&in));
    if (file.path.ends_with('/')) {
      file.path.pop_back();
      out.empty_folders.push_back(std::move(file.path));
    } else {
      out.files.push_back(std::move(file));
    }
  }
  if (in.left() == 0) return out;
  out.came_as = TRY(in.text());
  out.to_come = TRY(in.varint());
  if (out.came_as.empty() || (out.to_come > 0 && !out.coming()))
    return fail(Fault::Malformed, "a source that came and did not");
  TRY(at_end(in));
  return out;
}

Buffer pack(const Decision& decision) {
  Packer out;
  out.u8(static_cast<std::uint8_t>(decision.verdict)).text(decision.first.print()).text(decision.second.print());
  out.text(decision.value).text(decision.by).u64le(static_cast<std::uint64_t>(decision.at));
  return out.take();
}

Result<Decision> unpack_decision(Bytes bytes) {
  Cursor in(bytes);
  Decision out;
  const std::uint8_t verdict = TRY(in.u8());
  if (verdict > static_cast<std::uint8_t>(Decision::Verdict::Signed))
    return fail(Fault::Malformed, "an unknown verdict");
  out.verdict = static_cast<Decision::Verdict>(verdict);
  out.first = TRY(Anchor::parse(TRY(in.text())));
  out.second = TRY(Anchor::parse(TRY(in.text())));
  out.value = TRY(in.text());
  out.by = TRY(in.text());
  out.at = static_cast<Instant>(TRY(in.u64le()));
  TRY(at_end(in));
  return out;
}

Buffer pack(const ForgottenRecord& forgotten) {
  const Tombstone& stone = forgotten.tombstone;
  Packer out;
  out.u64le(static_cast<std::uint64_t>(stone.at)).text(stone.by).text(stone.reason).varint(stone.parts).raw(stone.salt);
  out.varint(stone.digests.size());
  for (const Sha256& digest : stone.digests) out.raw(digest.bytes);
  out.varint(stone.emptied.size());
  for (const Sha256& digest : stone.emptied) out.raw(digest.bytes);
  out.varint(forgotten.keys.size());
  std::uint64_t before = 0;
  for (const std::uint64_t number : forgotten.keys) {
    out.varint(number - before);
    before = number;
  }
  return out.take();
}

Result<ForgottenRecord> unpack_forgotten(Bytes bytes) {
  Cursor in(bytes);
  ForgottenRecord out;
  Tombstone& stone = out.tombstone;
  stone.at = static_cast<Instant>(TRY(in.u64le()));
  stone.by = TRY(in.text());
  stone.reason = TRY(in.text());
  stone.parts = TRY(in.varint());
  const Bytes salt = TRY(in.take(stone.salt.size()));
  std::copy(salt.begin(), salt.end(), stone.salt.begin());
  for (std::vector<Sha256>* digests : {&stone.digests, &stone.emptied}) {
    const std::uint64_t count = TRY(in.varint());
    if (count > in.left()) return fail(Fault::Malformed, "more digests than bytes");
    for (std::uint64_t i = 0; i < count; ++i) digests->push_back(TRY(sha_in(&in)));
  }
  const std::uint64_t keys = TRY(in.varint());
  if (keys > in.left()) return fail(Fault::Malformed, "more keys than bytes");
  std::uint64_t number = 0;
  for (std::uint64_t i = 0; i < keys; ++i) {
    const std::uint64_t step = TRY(in.varint());
    if (step == 0 || step > UINT64_MAX - number) return fail(Fault::Malformed, "keys out of order");
    out.keys.push_back(number += step);
  }
  TRY(at_end(in));
  return out;
}

Buffer pack(const std::vector<NumberedKey>& keys) {
  Packer out;
  out.varint(keys.size());
  for (const NumberedKey& key : keys) out.varint(key.number).raw(key.owner.bytes).raw(key.key.bytes());
  return out.take();
}

Result<std::vector<NumberedKey>> unpack_keys(Bytes bytes) {
  Cursor in(bytes);
  const std::uint64_t count = TRY(in.varint());
  if (count > in.left()) return fail(Fault::Malformed, "more keys than bytes");
  std::vector<NumberedKey> out;
  for (std::uint64_t i = 0; i < count; ++i) {
    NumberedKey key;
    key.number = TRY(in.varint());
    key.owner = TRY(sha_in(&in));
    key.key = TRY(Secret::of(TRY(in.take(Secret::kSize))));
    out.push_back(std::move(key));
  }
  TRY(at_end(in));
  return out;
}

Buffer seal_body(RecordKind kind, const NumberedKey& key, std::uint64_t index, Bytes plain, NonceSource* nonces) {
  const Nonce nonce = nonces->next();
  Packer out;
  out.varint(key.number).raw(nonce);
  Buffer body = out.take();
  body.reserve(body.size() + plain.size() + kTagSize);
  seal(key.key, nonce, plain, additional_of(kind, index), &body);
  return body;
}

Buffer seal_outcome(const NumberedKey& key, Outcome* outcome, NonceSource* nonces) {
  const Nonce nonce = nonces->next();
  Packer head;
  head.varint(key.number).raw(nonce);
  const std::size_t start = head.size();
  Buffer body = head.take();
  // Room for all that is long in a mailbox, so that it is not moved while it grows: a claim takes at most 11 bytes.
  body.reserve(outcome->children.packed_size() + outcome->claims.size() * 11 + kRoom);
  drain_into(outcome, [&body](Bytes piece) { body.insert(body.end(), piece.begin(), piece.end()); });
  seal_in_place(key.key, nonce, additional_of(RecordKind::Outcome, 0), start, &body);
  return body;
}

Result<SealedBody> sealed_body(Bytes body) {
  Cursor in(body);
  SealedBody out;
  out.key = TRY(in.varint());
  const Bytes nonce = TRY(in.take(out.nonce.size()));
  std::copy(nonce.begin(), nonce.end(), out.nonce.begin());
  out.sealed = TRY(in.take(in.left()));
  return out;
}

Result<Buffer> open_in_place(RecordKind kind, Buffer body, const Secret& key, std::uint64_t index) {
  const SealedBody parsed = TRY(sealed_body(body));
  const std::size_t start = body.size() - parsed.sealed.size();
  return unseal_in_place(key, parsed.nonce, additional_of(kind, index), start, std::move(body));
}

Result<Buffer> open_body(RecordKind kind, const SealedBody& body, const Secret& key, std::uint64_t index) {
  return unseal(key, body.nonce, body.sealed, additional_of(kind, index));
}

}  // namespace careo
