// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/log.h"

namespace careo {
namespace {

constexpr std::size_t kChunksInMemory = 64;  // 4 MiB: a batch of mails out of one mailbox
constexpr std::size_t kSegmentsOpen = 64;
constexpr std::uint64_t kMostBody = 1 << 30;  // an outcome holds at most 64 MiB of text

}  // namespace

Sha256 chained(const Sha256& chain, Bytes tag) {
  Hasher hasher;
  hasher.update(chain.bytes);
  hasher.update(tag);
  return hasher.finish();
}

// Walks bytes over the borders of chunks.
struct LogReader::Stream {
  LogReader* reader;
  ChunkPlace place;
  std::shared_ptr<const OpenedChunk> chunk;
  std::size_t at = 0;

  Result<void> start(Address address) {
    place = address.chunk;
    chunk = TRY(reader->chunk(place));
    at = address.inside;
    if (at > chunk->records.size()) return fail(Fault::Malformed, "no record begins there");
    return {};
  }

  Result<void> onward() {
    if (chunk->stored == 0) return fail(Fault::NotFound, "the end of what was appended");
    place = reader->behind(place, chunk->stored);
    chunk = TRY(reader->chunk(place));
    at = 0;
    return {};
  }

  Result<void> move(std::uint64_t count, Buffer* out) {
    while (count > 0) {
      if (at == chunk->records.size()) TRY(onward());
      const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(count, chunk->records.size() - at));
      const auto from = chunk->records.begin() + static_cast<std::ptrdiff_t>(at);
      if (out != nullptr) out->insert(out->end(), from, from + static_cast<std::ptrdiff_t>(step));
      at += step;
      count -= step;
    }
    return {};
  }

  // Kind and length: a byte, and a number of at most ten bytes.
  Result<std::uint64_t> head(RecordKind* kind) {
    Buffer bytes;
    TRY(move(1, &bytes));
    if (bytes[0] < 1 || bytes[0] > static_cast<std::uint8_t>(RecordKind::Forgotten))
      return fail(Fault::Malformed, "a record of an unknown kind");
    *kind = static_cast<RecordKind>(bytes[0]);
    bytes.clear();
    do TRY(move(1, &bytes));
    while ((bytes.back() & 0x80) != 0 && bytes.size() < 10);
    return Cursor(bytes).varint();
  }

  Address here() const {
    if (at < chunk->records.size() || chunk->stored == 0) return {place, static_cast<std::uint32_t>(at)};
    return {reader->behind(place, chunk->stored), 0};
  }
};

Result<File*> LogReader::segment(std::uint32_t number) {
  const auto found = segments_.find(number);
  if (found != segments_.end()) return found->second.get();
  if (segments_.size() >= kSegmentsOpen) segments_.clear();
  auto file = TRY(disk_->open(segment_name(number), Disk::Mode::Read));
  return segments_.emplace(number, std::move(file)).first->second.get();
}

Result<std::shared_ptr<const OpenedChunk>> LogReader::chunk(ChunkPlace place) {
  if (unwritten_ && unwritten_->place == place)
    return std::shared_ptr<const OpenedChunk>(unwritten_, &unwritten_->chunk);
  const std::uint64_t key = Address{place, 0}.number();
  if (const auto found = cached_.find(key); found != cached_.end()) {
    newest_.splice(newest_.begin(), newest_, found->second);
    return found->second->chunk;
  }
  File* const file = TRY(segment(place.segment));
  const Buffer stored = TRY(file->read(place.offset, kChunkHead + kChunkPlain + kTagSize));
  if (stored.empty()) return fail(Fault::NotFound, "the end of the log");
  auto opened = sealer_.open(place, stored);
  if (!opened)
    return wrap(std::move(opened).error(), segment_name(place.segment) + " at byte " + std::to_string(place.offset));
  auto out = std::make_shared<const OpenedChunk>(std::move(*opened));
  newest_.push_front({key, out});
  cached_[key] = newest_.begin();
  if (newest_.size() > kChunksInMemory) {
    cached_.erase(newest_.back().key);
    newest_.pop_back();
  }
  return out;
}

Result<Record> LogReader::read(Address address, bool with_body) {
  Stream stream{this, {}, nullptr, 0};
  TRY(stream.start(address));
  Record out;
  const std::uint64_t length = TRY(stream.head(&out.kind));
  if (length > kMostBody) return fail(Fault::Malformed, "a record too long");
  if (with_body) out.body.reserve(length);
  TRY(stream.move(length, with_body ? &out.body : nullptr));
  out.next = stream.here();
  return out;
}

Result<Record> LogReader::record(Address address) {
  return read(address, true);
}
Result<Record> LogReader::skip(Address address) {
  return read(address, false);
}

void LogReader::forget() {
  newest_.clear();
  cached_.clear();
  segments_.clear();
}

}  // namespace careo
