// SPDX-License-Identifier: Apache-2.0
#include "desk/keeping.h"

namespace careo {

Result<void> Keeping::keep(Gathering found) {
  const bool any = !found.source.files.empty();
  Forgotten forgotten;
  Gathering gathering;
  {
    const std::lock_guard lock(mutex_);
    forgotten = TRY(Forgotten::of(store_));
    gathering = forgotten.without(std::move(found), &progress_);
    if (any && gathering.source.files.empty()) return {};
    TRY(store_.put(gathering.source));
    TRY(groups_.commit());
  }
  tally_ = {};
  tally_.phase = "taking in";
  tally_.total = gathering.source.files.size();
  for (const SourceFile& file : gathering.source.files) tally_.total_bytes += file.length;
  for (std::size_t i = 0; i < gathering.on_disk.size(); ++i) {
    if (stop_) break;
    const SourceFile& file = gathering.source.files[i];
    if (file.failure.empty()) TRY(keep_file(file, gathering.on_disk[i], forgotten));
    ++tally_.done;
    progress_.tell(tally_);
  }
  const std::lock_guard lock(mutex_);
  return groups_.commit();
}

// The case is held a block at a time, so that whoever asks it meanwhile does not wait for a whole mailbox.
Result<void> Keeping::keep_file(const SourceFile& file, const std::string& on_disk, const Forgotten& forgotten) {
  const Part part{file.sha256, file.length, {}};
  const PartId id = part.id();
  {
    const std::lock_guard lock(mutex_);
    if (store_.keeps(id) || forgotten.emptied(file.sha256)) return {};
    TRY(store_.keep_begin());
  }
  std::optional<Error> unkept;  // a failure of the case, apart from one of the file that is read
  auto read = stream_file(on_disk, [&](Bytes block) -> Result<void> {
    if (stop_) return fail(Fault::Refused, "stopped");
    tally_.bytes += block.size();
    progress_.tell(tally_);
    const std::lock_guard lock(mutex_);
    auto kept = store_.keep(block);
    if (!kept) unkept = kept.error();
    return kept;
  });
  if (unkept) return tl::unexpected(std::move(*unkept));
  const std::lock_guard lock(mutex_);
  const auto kept = read ? store_.keep_end(part) : store_.keep_abandon();
  if (read && kept) return groups_.commit_when_due();
  if (!kept && kept.error().fault != Fault::Malformed) return kept;  // Malformed: other bytes than were hashed before
  if (stop_) return {};
  return vanished(id, read ? std::string("changed since it was hashed") : read.error().text());
}

// Whatever the disk says now: it was there when it was hashed. By this word Case::waiting() knows it again.
Result<void> Keeping::vanished(const PartId& part, const std::string& why) {
  Outcome gone;
  gone.part = part;
  gone.reader = "desk/1";
  gone.state = State::Failed;
  gone.reason = "vanished: " + why;
  return store_.has(part, Stage::Open) ? Result<void>() : store_.put(gone);
}

}  // namespace careo
