// SPDX-License-Identifier: Apache-2.0
#include "desk/rounds.h"

#include <algorithm>
#include <tuple>

#include "desk/head.h"

namespace careo {
namespace {

bool by_path(const SourceFile& a, const SourceFile& b) {
  return a.path < b.path;
}

}  // namespace

Rounds::Rounds(std::string label, Walk found, const SourceNote& note, const std::vector<Source>& before,
               Forgotten forgotten, Progress& progress, const StopFlag& stop)
    : progress_(progress), stop_(stop), forgotten_(std::move(forgotten)), files_(std::move(found.files)), bytes_(0) {
  source_.label = std::move(label);
  source_.how = note.how;
  source_.from = note.from;
  source_.received = note.received;
  std::vector<SourceFile> listing = found.failures;
  for (const Walk::File& file : files_) {
    listing.push_back({file.path, file.length, {}, {}});
    bytes_ += file.length;
  }
  std::sort(listing.begin(), listing.end(), by_path);
  source_.came_as = coming_id(listing);
  source_.files = std::move(found.failures);
  source_.empty_folders = std::move(found.empty_folders);
  std::sort(files_.begin(), files_.end(), [](const Walk::File& a, const Walk::File& b) {
    return std::tie(a.length, a.path) < std::tie(b.length, b.path);
  });
  for (const Source& other : before)
    if (other.came_as == source_.came_as) start_behind(other);
}

// The first round takes at least as many: a record that names fewer than the one before would take places away. One
// that names the beginning of a file names it still.
void Rounds::start_behind(const Source& other) {
  add_folders(&source_.empty_folders, other.empty_folders);
  std::unordered_map<std::string, std::uint64_t> named;
  for (const SourceFile& file : other.files) named[file.path] = file.length;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    bytes += files_[i].length;
    const auto known = named.find(files_[i].path);
    if (known == named.end()) continue;
    const bool begun = other.to_come > 0 && files_[i].length >= kLongFile && known->second < files_[i].length;
    if (begun && !head_) {
      head_ = *std::find_if(other.files.begin(), other.files.end(),
                            [&](const SourceFile& file) { return file.path == files_[i].path; });
    } else {
      most_ = {std::max(most_.bytes, bytes), std::max(most_.files, i + 1)};
    }
  }
}

// What has its beginning here comes alone: its record is written otherwise.
std::size_t Rounds::end_of_round() const {
  std::uint64_t bytes = 0;
  std::size_t end = next_;
  for (; end < files_.size() && end - next_ < most_.files && !has_head(files_[end]); ++end) {
    if (files_[end].length > most_.bytes - bytes) break;
    bytes += files_[end].length;
  }
  return end;
}

Result<std::optional<Gathering>> Rounds::next(const Moved& moved) {
  on_disk_.clear();
  replaces_.clear();
  while (!over_) {
    std::size_t end = end_of_round();
    if (!begun_) TRY(begin_head(end));
    if (end == next_ && (begun_ || !head_)) end = std::min(next_ + 1, files_.size());
    begun_ = true;
    while (next_ < end) TRY(take(files_[next_++], moved));
    most_.grow();
    over_ = next_ == files_.size();
    if (!on_disk_.empty() || !replaces_.empty() || (over_ && (!source_.files.empty() || left_out_.empty())))
      return gathered();
  }
  return std::optional<Gathering>{};
}

// Of the first large mailbox behind the first round. Not where something was forgotten before: it is known again by the
// hash of the whole alone.
Result<void> Rounds::begin_head(std::size_t from) {
  for (std::size_t i = from; i < files_.size(); ++i) {
    if (!head_ && !forgotten_.any() && files_[i].length >= kLongFile) head_ = TRY(head_of(files_[i], stop_));
    if (has_head(files_[i])) on_disk_[files_[i].path] = files_[i].on_disk;
  }
  if (head_) source_.files.push_back(*head_);
  return {};
}

Result<void> Rounds::take(const Walk::File& file, const Moved& moved) {
  if (has_head(file)) {
    std::erase(source_.files, *head_);
    head_.reset();
    replaces_ = file.path;
  }
  SourceFile taken = TRY(hashed(file, moved, stop_));
  if (auto left = forgotten_.leaves_out(taken)) {
    left->path = file.on_disk;
    progress_.left_out(*left);
    left_out_.push_back(std::move(taken));
    return {};
  }
  on_disk_[file.path] = file.on_disk;
  source_.files.push_back(std::move(taken));
  return {};
}

// A source is called by all that was found, also what is left out.
Gathering Rounds::gathered() {
  source_.to_come = files_.size() - next_;
  source_.id = source_.came_as;
  std::sort(source_.files.begin(), source_.files.end(), by_path);
  if (over_) {
    std::vector<SourceFile> all = source_.files;
    all.insert(all.end(), left_out_.begin(), left_out_.end());
    std::sort(all.begin(), all.end(), by_path);
    source_.id = source_id(all);
  }
  Gathering out{source_, {}, head_ ? head_->path : std::string(), replaces_};
  for (const SourceFile& file : source_.files) {
    const auto found = on_disk_.find(file.path);
    out.on_disk.push_back(found == on_disk_.end() ? std::string() : found->second);
  }
  return out;
}

}  // namespace careo
