// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "store/log.h"
#include "store/log_walk.h"

namespace careo {
namespace {

Result<std::optional<ChunkPlace>> scan_segment(LogReader* reader, ChunkPlace from) {
  File* const file = TRY(reader->segment(from.segment));
  const Buffer rest = TRY(file->read(from.offset, UINT64_MAX));
  for (std::size_t i = 1; i + kChunkHead < rest.size(); ++i) {
    // Two lengths that belong together are rare; only there the seal is tried.
    const Bytes here = Bytes(rest).subspan(i);
    Cursor in(here);
    const std::uint32_t length = TRY(in.u32le());
    if (length != ~TRY(in.u32le()) || length < 2 || length > kChunkPlain) continue;
    const ChunkPlace place{from.segment, static_cast<std::uint32_t>(from.offset + i)};
    if (reader->sealer().open(place, here)) return place;
  }
  return std::nullopt;
}

}  // namespace

// First where the damaged chunk's own length says, then at every byte of its segment, then in the next one.
Result<std::optional<ChunkPlace>> next_good_chunk(LogReader* reader, ChunkPlace bad) {
  for (ChunkPlace from = bad;;) {
    auto file = reader->segment(from.segment);
    if (!file) return std::nullopt;
    const Buffer head = TRY((*file)->read(from.offset, 8));
    Cursor in(head);
    const auto length = in.u32le();
    const auto again = in.u32le();
    if (length && again && *length == ~*again && *length <= kChunkPlain) {
      const ChunkPlace next = reader->behind(from, kChunkHead + *length + static_cast<std::uint32_t>(kTagSize));
      if (reader->chunk(next)) return next;
    }
    if (const auto found = TRY(scan_segment(reader, from))) return *found;
    from = {from.segment + 1, kSegmentHead};
    if (reader->chunk(from)) return from;
  }
}

std::optional<CommitRecord> commit_at_end(const OpenedChunk& chunk) {
  constexpr std::size_t kWhole = 2 + kCommitBody;
  if (chunk.records.size() < kWhole) return std::nullopt;
  const Bytes last = Bytes(chunk.records).last(kWhole);
  if (last[0] != static_cast<std::uint8_t>(RecordKind::Commit) || last[1] != kCommitBody) return std::nullopt;
  auto out = unpack_commit(last.subspan(2));
  return out ? std::optional(*out) : std::nullopt;
}

namespace {

class Walk {
 public:
  Walk(LogReader* reader, const LogMark& from, const LogVisitor& visitor)
      : reader_(reader),
        visitor_(visitor),
        mark_(from),
        at_(from.end),
        chain_(from.chain),
        chained_to_(from.end.chunk) {}

  Result<void> run() {
    for (;;) {
      auto read = one();
      if (read) continue;
      const Fault fault = read.error().fault;
      if (fault != Fault::NotFound && fault != Fault::Malformed) return read;
      if (fault == Fault::NotFound && group_.empty() && at_ == mark_.end) return {};
      if (!TRY(acknowledged_behind(failed_))) return {};
      if (!visitor_.damage) return read;
      visitor_.damage(failed_, read.error().text());
      TRY(resume(failed_));
    }
  }

  const LogMark& mark() const { return mark_; }

 private:
  // One record; `failed_` is the chunk that could not be read when this fails.
  Result<void> one() {
    failed_ = at_.chunk;
    auto skipped = reader_->skip(at_);
    if (!skipped) return find_failed(std::move(skipped).error());
    if (skipped->kind == RecordKind::Commit) return commit();
    ++count_;
    if (skipped->kind != RecordKind::Piece) group_.emplace_back(skipped->kind, at_);
    at_ = skipped->next;
    return chain_to(at_.chunk);
  }

  tl::unexpected<Error> find_failed(Error error) {
    for (ChunkPlace place = at_.chunk;;) {
      failed_ = place;
      const auto chunk = reader_->chunk(place);
      if (!chunk || (*chunk)->stored == 0) break;
      place = reader_->behind(place, (*chunk)->stored);
    }
    return tl::unexpected<Error>(std::move(error));
  }

  Result<void> chain_to(ChunkPlace place) {
    while (chained_to_ < place) {
      const auto chunk = TRY(reader_->chunk(chained_to_));
      chain_ = chained(chain_, chunk->tag);
      chained_to_ = reader_->behind(chained_to_, chunk->stored);
    }
    return {};
  }

  Result<void> commit() {
    const Record record = TRY(reader_->record(at_));
    const CommitRecord commit = TRY(unpack_commit(record.body));
    const bool follows =
        commit.sequence == mark_.sequence + 1 && commit.chain == chain_ && commit.records == mark_.records + count_ + 1;
    if (!follows && !mended_) return fail(Fault::Malformed, "a commit does not follow from what is before it");
    if (mended_) chain_ = commit.chain;
    mended_ = false;
    // Applied in order; keys stand behind what they open, so the visitor is told them first.
    for (const auto& [kind, address] : group_)
      if (kind == RecordKind::Keys) TRY(tell(kind, address));
    for (const auto& [kind, address] : group_)
      if (kind != RecordKind::Keys) TRY(tell(kind, address));
    at_ = record.next;
    TRY(chain_to(at_.chunk));
    mark_.end = at_;
    mark_.sequence = commit.sequence;
    mark_.records = commit.records;
    mark_.chain = chain_;
    group_.clear();
    count_ = 0;
    return visitor_.group ? visitor_.group(mark_) : Result<void>{};
  }

  // In a tolerant walk a record that cannot be used is one more piece of damage.
  Result<void> tell(RecordKind kind, Address address) {
    if (!visitor_.record) return {};
    auto told = visitor_.record(kind, address);
    const bool bad = !told && (told.error().fault == Fault::Malformed || told.error().fault == Fault::Denied ||
                               told.error().fault == Fault::NotFound);
    if (!bad || !visitor_.damage) return told;
    visitor_.damage(address.chunk, std::string(name_of(kind)) + ": " + told.error().text());
    return {};
  }

  // A group may be half on the disk after a power cut, but a commit two ahead was only written after the one ahead was
  // acknowledged.
  Result<bool> acknowledged_behind(ChunkPlace bad) {
    for (ChunkPlace place = bad;;) {
      const auto next = TRY(next_good_chunk(reader_, place));
      if (!next) return false;
      for (place = *next;;) {
        const auto chunk = reader_->chunk(place);
        if (!chunk) break;
        const auto commit = commit_at_end(**chunk);
        if (commit && commit->sequence >= mark_.sequence + 2) return true;
        place = reader_->behind(place, (*chunk)->stored);
      }
    }
  }

  Result<void> resume(ChunkPlace bad) {
    for (ChunkPlace place = bad;;) {
      const auto next = TRY(next_good_chunk(reader_, place));
      if (!next) return fail(Fault::Bug, "a commit was found behind damage, and then not");
      const auto chunk = TRY(reader_->chunk(*next));
      if (chunk->first_record != kNoRecord) {
        at_ = {*next, chunk->first_record};
        chained_to_ = *next;
        mended_ = true;
        return {};
      }
      place = *next;
    }
  }

  LogReader* reader_;
  const LogVisitor& visitor_;
  LogMark mark_;
  Address at_;
  Sha256 chain_;
  ChunkPlace chained_to_;
  ChunkPlace failed_;
  std::vector<std::pair<RecordKind, Address>> group_;
  std::uint64_t count_ = 0;
  bool mended_ = false;  // chunks are missing before this: the next commit's chain is taken as it says
};

}  // namespace

Result<void> walk_log(LogReader* reader, const LogMark& from, const LogVisitor& visitor, LogMark* end) {
  Walk walk(reader, from, visitor);
  auto done = walk.run();
  *end = walk.mark();
  return done;
}

}  // namespace careo
