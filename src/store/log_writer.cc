// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/log.h"

namespace careo {
namespace {

tl::unexpected<Error> broken() {
  return fail(Fault::Io, "an earlier write to the case failed; nothing more is written: open the case anew");
}

}  // namespace

Result<void> LogWriter::create(Disk* disk, const ChunkSealer& sealer) {
  const auto file = TRY(disk->open(segment_name(1), Disk::Mode::Create));
  TRY(file->write(0, sealer.segment_head(1)));
  TRY(file->sync());
  return disk->sync();
}

Result<std::unique_ptr<LogWriter>> LogWriter::open(Disk* disk, ChunkSealer sealer, const LogMark& mark) {
  std::unique_ptr<LogWriter> out(new LogWriter(disk, std::move(sealer), mark));
  out->place_ = mark.end.chunk;
  out->chain_ = mark.chain;
  TRY(out->cut_behind());
  return out;
}

// What stands behind the last commit was never acknowledged. It goes before anything new is written: a later power cut
// could otherwise leave old and new chunks side by side.
Result<void> LogWriter::cut_behind() {
  bool removed = false;
  for (const std::string& name : TRY(disk_->list())) {
    const std::uint32_t number = segment_number(name);
    const bool empty_last = number == place_.segment && number > 1 && place_.offset == kSegmentHead;
    if (number > place_.segment || empty_last) {
      TRY(disk_->remove(name));
      removed = true;
    }
  }
  if (removed) TRY(disk_->sync());
  auto file = disk_->open(segment_name(place_.segment), Disk::Mode::Write);
  if (!file && file.error().fault == Fault::NotFound && place_.segment > 1 && place_.offset == kSegmentHead) return {};
  file_ = TRY(std::move(file));
  const std::uint64_t size = TRY(file_->size());
  if (size < place_.offset) return fail(Fault::Malformed, segment_name(place_.segment) + " is shorter than it was");
  if (size == place_.offset) return {};
  TRY(file_->truncate(place_.offset));
  return file_->sync();
}

Result<void> LogWriter::next_segment() {
  if (place_.segment > kMostSegments) return fail(Fault::Refused, "the log is full: 32 TiB");
  if (file_) TRY(file_->sync());
  file_ = TRY(disk_->open(segment_name(place_.segment), Disk::Mode::Create));
  TRY(file_->write(0, sealer_.segment_head(place_.segment)));
  return disk_->sync();
}

Result<void> LogWriter::write_chunk() {
  if (place_.offset == kSegmentHead && place_.segment > 1) TRY(next_segment());
  const Buffer stored = sealer_.seal(place_, first_record_, filling_);
  TRY(file_->write(place_.offset, stored));
  chain_ = chained(chain_, Bytes(stored).last(kTagSize));
  place_ = sealer_.behind(place_, stored.size());
  filling_.clear();
  first_record_ = kNoRecord;
  return {};
}

Result<void> LogWriter::put(Bytes bytes) {
  while (!bytes.empty()) {
    if (filling_.size() == kChunkRecords) TRY(write_chunk());
    const std::size_t step = std::min<std::size_t>(bytes.size(), kChunkRecords - filling_.size());
    filling_.insert(filling_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(step));
    bytes = bytes.subspan(step);
  }
  return {};
}

Result<void> LogWriter::append_now(RecordKind kind, Bytes body, Address* address) {
  if (filling_.size() == kChunkRecords) TRY(write_chunk());
  *address = {place_, static_cast<std::uint32_t>(filling_.size())};
  if (first_record_ == kNoRecord) first_record_ = address->inside;
  Packer head;
  head.u8(static_cast<std::uint8_t>(kind)).varint(body.size());
  TRY(put(head.bytes()));
  TRY(put(body));
  pending_ += head.size() + body.size();
  ++pending_records_;
  return {};
}

Result<Address> LogWriter::append(RecordKind kind, Bytes body) {
  if (broken_) return broken();
  Address out;
  auto done = append_now(kind, body, &out);
  broken_ = !done;
  if (!done) return tl::unexpected(std::move(done).error());
  return out;
}

Result<void> LogWriter::commit_now() {
  // Head and body of a commit stand in one chunk, the last of its group: a walk can know it without what is before.
  if (filling_.size() + 2 + kCommitBody > kChunkRecords) TRY(write_chunk());
  CommitRecord record;
  record.sequence = mark_.sequence + 1;
  record.records = mark_.records + pending_records_ + 1;
  record.chain = chain_;
  Address ignored;
  TRY(append_now(RecordKind::Commit, pack(record), &ignored));
  TRY(write_chunk());
  TRY(file_->sync());
  mark_.end = {place_, 0};
  mark_.sequence = record.sequence;
  mark_.records = record.records;
  mark_.chain = chain_;
  pending_ = pending_records_ = 0;
  return {};
}

Result<void> LogWriter::commit() {
  if (broken_) return broken();
  if (pending_records_ == 0) return {};
  auto done = commit_now();
  broken_ = !done;
  return done;
}

std::shared_ptr<const LogReader::Unwritten> LogWriter::unwritten() const {
  auto out = std::make_shared<LogReader::Unwritten>();
  out->place = place_;
  out->chunk.records = filling_;
  out->chunk.first_record = first_record_;
  return out;
}

}  // namespace careo
