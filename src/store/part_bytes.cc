// SPDX-License-Identifier: Apache-2.0
// The bytes of a part: kept in the log, or recomputed along Range steps from kept bytes above. Only what is asked for
// is read, however large the container is.
#include <algorithm>

#include "store/case_store.h"

namespace careo {
namespace {

constexpr std::size_t kKeptInMemory = 8;   // lists of pieces: 1.3 MB for 10 GB
constexpr std::size_t kHeldInMemory = 24;  // pieces of 64 KiB, and decoded parts
constexpr std::uint64_t kMostHeld = 64ULL << 20;
constexpr std::size_t kMostLevels = 256;        // of a part that lost its place and holds itself; others have fewer
constexpr std::uint64_t kDecoded = 1ULL << 63;  // marks the name of a decoded part apart from a piece's address

template <typename Item>
void hold(std::list<Item>* items, Item item, std::size_t most) {
  items->push_front(std::move(item));
  if (items->size() > most) items->pop_back();
}

}  // namespace

Result<std::uint64_t> CaseStore::length(const PartId& part) {
  return TRY(this->part(part)).part.length;
}

Result<std::optional<std::shared_ptr<const CaseStore::Kept>>> CaseStore::kept_of(Row row) {
  Sha256 sha;
  Address address;
  {
    auto query = TRY(
        catalog_->database().prepare("SELECT k.sha, k.address FROM parts p JOIN kept k ON k.sha=p.sha WHERE p.id=?1"));
    query.bind(1, row);
    if (!TRY(query.step())) return std::nullopt;
    const Bytes bytes = query.bytes(0);
    if (bytes.size() != sha.bytes.size()) return fail(Fault::Malformed, "a hash in the catalog is cut");
    std::copy(bytes.begin(), bytes.end(), sha.bytes.begin());
    address = Address::of(static_cast<std::uint64_t>(query.integer(1)));
  }
  for (auto kept = newest_kept_.begin(); kept != newest_kept_.end(); ++kept) {
    if ((*kept)->sha256 != sha) continue;
    newest_kept_.splice(newest_kept_.begin(), newest_kept_, kept);
    return newest_kept_.front();
  }
  const Record record = TRY(record_at(address, RecordKind::Kept));
  const SealedBody body = TRY(sealed_body(record.body));
  auto out = std::make_shared<Kept>();
  out->sha256 = sha;
  out->key = TRY(catalog_->key(body.key));
  const auto plain = open_body(RecordKind::Kept, body, out->key, 0);
  if (!plain) return fail(Fault::Malformed, "the seal of kept bytes does not hold");
  out->record = TRY(unpack_kept(*plain));
  hold(&newest_kept_, std::shared_ptr<const Kept>(out), kKeptInMemory);
  return out;
}

Result<std::shared_ptr<const Buffer>> CaseStore::piece(const Kept& kept, std::uint64_t index) {
  const Address address = kept.record.pieces[index];
  for (auto held = newest_held_.begin(); held != newest_held_.end(); ++held) {
    if (held->name != address.number()) continue;
    newest_held_.splice(newest_held_.begin(), newest_held_, held);
    return newest_held_.front().bytes;
  }
  const Record record = TRY(record_at(address, RecordKind::Piece));
  auto plain = open_body(RecordKind::Piece, TRY(sealed_body(record.body)), kept.key, index);
  if (!plain) return fail(Fault::Malformed, "the seal of kept bytes does not hold");
  auto out = std::make_shared<const Buffer>(std::move(*plain));
  hold(&newest_held_, Held{address.number(), out}, kHeldInMemory);
  return out;
}

Result<Buffer> CaseStore::kept_bytes(const Kept& kept, std::uint64_t offset, std::uint64_t length) {
  const std::uint64_t size = kept.record.part.length;
  const std::uint64_t end = offset >= size ? offset : offset + std::min(length, size - offset);
  Buffer out;
  out.reserve(end - offset);
  for (std::uint64_t at = offset; at < end;) {
    const auto bytes = TRY(piece(kept, at / kPieceBytes));
    const Bytes part = slice(*bytes, at % kPieceBytes, end - at);
    if (part.empty()) return fail(Fault::Malformed, "kept bytes are shorter than they were");
    out.insert(out.end(), part.begin(), part.end());
    at += part.size();
  }
  return out;
}

// A place by which the bytes can be recomputed: in the parent that is nearest to a source. What is not kept stands in
// ranges only, so its own nearest place is one, and going up ends at a file, even where hostile containers hold
// themselves.
Result<std::pair<Row, Step>> CaseStore::range_above(Row row) {
  auto query = TRY(catalog_->database().prepare(
      "SELECT s.parent, s.step FROM places s JOIN parts p ON p.id=s.parent WHERE s.child=?1 AND s.parent>0 AND"
      " s.step GLOB 'range:*' ORDER BY p.depth LIMIT 1"));
  query.bind(1, row);
  if (!TRY(query.step())) return fail(Fault::NotFound, "the bytes of this part are not in the case");
  return std::pair(query.integer(0), TRY(Step::parse(query.text(1))));
}

// Down the chain again: ranges without transforms only move the window; each transform needs its whole range once.
Result<Buffer> CaseStore::bytes_of_row(Row row, std::uint64_t offset, std::uint64_t length) {
  struct Level {
    Row row;
    Step step;
  };
  std::vector<Level> levels;
  std::shared_ptr<const Buffer> decoded;
  std::optional<std::shared_ptr<const Kept>> kept;
  for (Row at = row;;) {
    const auto held = std::find_if(newest_held_.begin(), newest_held_.end(), [&](const Held& one) {
      return one.name == (kDecoded | static_cast<std::uint64_t>(at));
    });
    if (held != newest_held_.end()) {
      decoded = held->bytes;
      break;
    }
    kept = TRY(kept_of(at));
    if (kept) break;
    if (levels.size() > kMostLevels) return fail(Fault::NotFound, "the bytes of this part are not in the case");
    auto [parent, step] = TRY(range_above(at));
    levels.push_back({at, std::move(step)});
    at = parent;
  }
  std::uint64_t base = 0;
  std::uint64_t size = UINT64_MAX;
  const auto read = [&](std::uint64_t from, std::uint64_t count) -> Result<Buffer> {
    from = std::min(from, size);
    count = std::min(count, size - from);
    if (!decoded) return kept_bytes(**kept, base + from, count);
    const Bytes out = slice(*decoded, base + from, count);
    return Buffer(out.begin(), out.end());
  };
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    const Step& step = level->step;
    if (step.transforms.empty()) {
      base += step.offset;
      size = step.length;
      continue;
    }
    const Buffer raw = TRY(read(step.offset, step.length));
    auto made = std::make_shared<const Buffer>(TRY(take_step(raw, Step::range(0, raw.size(), step.transforms))));
    if (made->size() <= kMostHeld && level + 1 == levels.rend())
      hold(&newest_held_, Held{kDecoded | static_cast<std::uint64_t>(level->row), made}, kHeldInMemory);
    decoded = std::move(made);
    base = 0;
    size = decoded->size();
  }
  return read(offset, length);
}

Result<Buffer> CaseStore::bytes(const PartId& part, std::uint64_t offset, std::uint64_t length) {
  return bytes_of_row(TRY(known_row(part)), offset, length);
}

}  // namespace careo
