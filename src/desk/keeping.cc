// SPDX-License-Identifier: Apache-2.0
#include "desk/keeping.h"

namespace careo {

Result<void> Keeping::keep(const Gathering& gathering, const Moved& moved) {
  {
    const std::lock_guard lock(mutex_);
    if (gathering.replaces.empty()) TRY(store_.put(gathering.source));
    TRY(groups_.commit());
  }
  for (std::size_t i = 0; i < gathering.on_disk.size() && !stop_; ++i) {
    const SourceFile& file = gathering.source.files[i];
    if (!file.failure.empty() || gathering.on_disk[i].empty()) continue;
    const std::uint64_t most = file.path == gathering.head ? file.length : UINT64_MAX;
    TRY(keep_file(file, gathering.on_disk[i], most, moved));
  }
  const std::lock_guard lock(mutex_);
  return groups_.commit();
}

// The case is held a block at a time, so that whoever asks it meanwhile does not wait for a whole mailbox.
Result<void> Keeping::keep_file(const SourceFile& file, const std::string& on_disk, std::uint64_t most,
                                const Moved& moved) {
  const Part part{file.sha256, file.length, {}};
  const PartId id = part.id();
  bool kept_already = false;
  {
    const std::lock_guard lock(mutex_);
    kept_already = store_.keeps(id) || forgotten_.emptied(file.sha256);
    if (!kept_already) TRY(store_.keep_begin());
  }
  if (kept_already) {
    moved(file.length);
    return {};
  }
  std::optional<Error> unkept;  // a failure of the case, apart from one of the file that is read
  const auto take = [&](Bytes block) -> Result<void> {
    if (stop_) return fail(Fault::Refused, "stopped");
    moved(block.size());
    const std::lock_guard lock(mutex_);
    auto kept = store_.keep(block);
    if (!kept) unkept = kept.error();
    return kept;
  };
  auto read = stream_file(on_disk, take, most);
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
