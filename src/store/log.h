// SPDX-License-Identifier: Apache-2.0
// The sealed, append-only log (docs/formats/log.md): a writer that acknowledges groups, a reader of records by address,
// and the walk that finds what was acknowledged.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <unordered_map>

#include "base/file.h"
#include "store/record.h"

namespace careo {

/// Where a log stands behind a commit: all that is needed to go on from there.
struct LogMark {
  Address end{{1, kSegmentHead}, 0};
  std::uint64_t sequence = 0;  ///< of the last commit
  std::uint64_t records = 0;
  Sha256 chain;  ///< over the tags of every chunk before `end`
  std::uint64_t next_key = 1;
};

/// The chain with one more chunk.
Sha256 chained(const Sha256& chain, Bytes tag);

struct Record {
  RecordKind kind = RecordKind::Commit;
  Buffer body;
  Address next;  ///< behind it
};

/// Reads records by address. Keeps the newest chunks in memory. One thread.
class LogReader {
 public:
  LogReader(Disk* disk, ChunkSealer sealer) : disk_(disk), sealer_(std::move(sealer)) {}

  /// Malformed where the chunk is damaged, NotFound behind the end of the log.
  Result<std::shared_ptr<const OpenedChunk>> chunk(ChunkPlace place);
  ChunkPlace behind(ChunkPlace place, std::uint32_t stored) const { return sealer_.behind(place, stored); }
  Result<Record> record(Address address);
  /// Kind and length without reading the body through: what a walk needs. The body is empty.
  Result<Record> skip(Address address);

  /// The chunk that a writer still fills is read from its memory.
  struct Unwritten {
    ChunkPlace place;
    OpenedChunk chunk;
  };
  void set_unwritten(const std::shared_ptr<const Unwritten>& unwritten) { unwritten_ = unwritten; }
  void forget();  ///< drops what is in memory

  const ChunkSealer& sealer() const { return sealer_; }
  Disk* disk() const { return disk_; }
  Result<File*> segment(std::uint32_t number);

 private:
  struct Stream;
  Result<Record> read(Address address, bool with_body);

  struct Cached {
    std::uint64_t key;
    std::shared_ptr<const OpenedChunk> chunk;
  };
  Disk* disk_;
  ChunkSealer sealer_;
  std::unordered_map<std::uint32_t, std::unique_ptr<File>> segments_;
  std::list<Cached> newest_;
  std::unordered_map<std::uint64_t, std::list<Cached>::iterator> cached_;
  std::shared_ptr<const Unwritten> unwritten_;
};

/// Appends records and acknowledges them in groups. After any failure it refuses all further work: the disk may then
/// hold anything of the open group, and only opening the case anew can tell.
class LogWriter {
 public:
  /// Makes the first segment.
  static Result<void> create(Disk* disk, const ChunkSealer& sealer);
  /// Cuts off what is behind `mark`, then stands ready to append. REQUIRES the disk's lock.
  static Result<std::unique_ptr<LogWriter>> open(Disk* disk, ChunkSealer sealer, const LogMark& mark);

  Result<Address> append(RecordKind kind, Bytes body);
  /// Ends the group: a commit record and one fsync. Nothing before it is acknowledged.
  Result<void> commit();

  const LogMark& mark() const { return mark_; }
  LogMark& mark() { return mark_; }
  std::uint64_t pending_bytes() const { return pending_; }
  std::uint64_t pending_records() const { return pending_records_; }
  /// The unwritten chunk as it is now, for the reader.
  std::shared_ptr<const LogReader::Unwritten> unwritten() const;

 private:
  LogWriter(Disk* disk, ChunkSealer sealer, const LogMark& mark)
      : disk_(disk), sealer_(std::move(sealer)), mark_(mark) {}

  Result<void> cut_behind();
  Result<void> put(Bytes bytes);
  Result<void> write_chunk();
  Result<void> next_segment();
  Result<void> append_now(RecordKind kind, Bytes body, Address* address);
  Result<void> commit_now();

  Disk* disk_;
  ChunkSealer sealer_;
  LogMark mark_;      // end, sequence, records: of the last commit
  ChunkPlace place_;  // of the chunk that is being filled
  Sha256 chain_;      // over all chunks before it
  std::unique_ptr<File> file_;
  Buffer filling_;
  std::uint32_t first_record_ = kNoRecord;
  std::uint64_t pending_ = 0;
  std::uint64_t pending_records_ = 0;
  bool broken_ = false;
};

/// What a walk over the log tells. Records come in order, group by group, only of groups that were acknowledged.
struct LogVisitor {
  std::function<Result<void>(RecordKind, Address)> record;
  std::function<Result<void>(const LogMark&)> group;  ///< behind each commit
  /// Strict walks end at damage with Malformed. Tolerant ones tell it here, and go on behind it.
  std::function<void(ChunkPlace, std::string)> damage;
};

/// Walks from `mark` to the last acknowledged group. `end` becomes where that is. What is behind it was never
/// acknowledged (a power cut) unless a later group shows otherwise: that is Malformed, or told as damage.
Result<void> walk_log(LogReader* reader, const LogMark& from, const LogVisitor& visitor, LogMark* end);

}  // namespace careo
