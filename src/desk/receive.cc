// SPDX-License-Identifier: Apache-2.0
#include "desk/receive.h"

#include <algorithm>

#include "desk/head.h"
#include "desk/rounds.h"

namespace careo {

Reception::~Reception() {
  abandon();
}

Result<Reception::Plan> Reception::announce(std::string label, const SourceNote& note, std::vector<SourceFile> files) {
  source_ = {{}, std::move(label), note.received, note.how, note.from, {}, {}, 0};
  take_folders(&files);
  for (const SourceFile& file : files)
    if (file.path.empty() || !announced_.insert(file.path).second)
      return fail(Fault::Refused, "a file without a name, or a name twice");
  if (files.empty()) return fail(Fault::Refused, "nothing came in");
  std::vector<SourceFile> listing = files;
  std::sort(listing.begin(), listing.end());
  source_.came_as = coming_id(listing);
  const std::lock_guard lock(guard_);
  forgotten_ = TRY(Forgotten::of(store_));
  for (const Source& other : TRY(store_.sources())) {
    if (other.came_as != source_.came_as) continue;
    standing_ = other.files.size();
    add_folders(&source_.empty_folders, other.empty_folders);
    for (const SourceFile& file : other.files) before_.insert(file.path);
    find_head(other, listing);
  }
  return plan(files);
}

// A name that ends with a slash is that of an empty folder.
void Reception::take_folders(std::vector<SourceFile>* files) {
  std::vector<std::string> folders;
  std::erase_if(*files, [&](const SourceFile& file) {
    if (!file.path.ends_with('/') || file.path.size() < 2) return false;
    folders.push_back(file.path.substr(0, file.path.size() - 1));
    return true;
  });
  add_folders(&source_.empty_folders, folders);
}

// Of a file that is to come whole still.
void Reception::find_head(const Source& other, const std::vector<SourceFile>& listing) {
  for (const SourceFile& file : listing) {
    if (file.length == kUnmeasured || file.length < kLongFile || other.to_come == 0) continue;
    for (const SourceFile& known : other.files)
      if (known.path == file.path && known.length < file.length && !head_) head_ = known;
  }
  if (head_) before_.erase(head_->path);
}

Result<Reception::Plan> Reception::measured(const std::vector<SourceFile>& files) {
  for (const SourceFile& file : files)
    if (!announced_.contains(file.path)) return fail(Fault::Refused, "a file that nobody announced");
  if (!came_.empty()) most_.grow();
  return plan(files);
}

// A mailbox that would be first does not come with the first round: its beginning does.
Reception::Plan Reception::plan(const std::vector<SourceFile>& files) {
  Plan out{{}, forgotten_->any() ? 0 : kLongFile};
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].length == kUnmeasured && !before_.empty()) return out;
    bytes += files[i].length;
    if (before_.contains(files[i].path)) most_ = {std::max(most_.bytes, bytes), std::max(most_.files, i + 1)};
  }
  bytes = 0;
  for (const SourceFile& file : files) {
    if (came_.contains(file.path) || gone_.contains(file.path)) continue;
    if (file.length == kUnmeasured) break;
    const bool begins = out.rounds.empty();
    if (begins && file.length >= kLongFile && file.length > most_.bytes) out.rounds.push_back(0);
    if (begins || out.rounds.back() >= most_.files || file.length > most_.bytes - std::min(most_.bytes, bytes)) {
      if (!begins) most_.grow();
      out.rounds.push_back(0);
      bytes = 0;
    }
    ++out.rounds.back();
    bytes += file.length;
  }
  return out;
}

Result<void> Reception::begin(std::string path) {
  if (path.empty()) return fail(Fault::Refused, "a file without a name");
  if (!expects(path)) return fail(Fault::Refused, "a file that nobody announced");
  abandon();
  const std::lock_guard lock(guard_);
  TRY(store_.keep_begin());
  open_ = Open::File;
  file_ = {};
  file_.path = std::move(path);
  hasher_ = Hasher();
  return {};
}

Result<void> Reception::miss(const std::string& path, std::string why) {
  if (announced_.empty() || !expects(path)) return fail(Fault::Refused, "a file that nobody announced");
  came_[path] = {path, 0, {}, std::move(why)};
  if (head_ && head_->path == path) replaces_ = std::exchange(head_, std::nullopt);
  news_ = true;
  return {};
}

Result<void> Reception::begin_head(std::string path) {
  if (announced_.empty() || !expects(path)) return fail(Fault::Refused, "a file that nobody announced");
  abandon();
  open_ = Open::Head;
  file_ = {};
  file_.path = std::move(path);
  held_.clear();
  return {};
}

Result<void> Reception::take(Bytes bytes) {
  const std::lock_guard lock(guard_);
  if (open_ == Open::Nothing) return fail(Fault::Bug, "bytes of no file");
  if (open_ == Open::Head) {
    if (held_.size() + bytes.size() > kLongestHead) return fail(Fault::Refused, "too long for a beginning");
    held_.insert(held_.end(), bytes.begin(), bytes.end());
    return {};
  }
  hasher_.update(bytes);
  file_.length += bytes.size();
  return store_.keep(bytes);
}

// Where something was forgotten no beginning is taken in: it is known again by the hash of the whole alone.
Result<void> Reception::end_head() {
  open_ = Open::Nothing;
  const Buffer held = std::exchange(held_, {});
  const std::size_t length = head_of_mailbox(held);
  if (length == 0 || forgotten_->any() || head_ || replaces_ || came_.contains(file_.path)) return {};
  const Bytes head = Bytes(held).first(length);
  const Part part{sha256(head), length, {}};
  TRY(store_.keep_begin());
  TRY(store_.keep(head));
  TRY(store_.keep_end(part));
  head_ = SourceFile{file_.path, length, part.sha256, {}};
  news_ = true;
  return {};
}

Result<void> Reception::end() {
  const std::lock_guard lock(guard_);
  if (open_ == Open::Nothing) return fail(Fault::Bug, "the end of no file");
  if (open_ == Open::Head) return end_head();
  file_.sha256 = hasher_.finish();
  open_ = Open::Nothing;
  if (!forgotten_) forgotten_ = TRY(Forgotten::of(store_));
  const auto left = forgotten_->leaves_out(file_);
  const bool unkept = left || forgotten_->emptied(file_.sha256);
  TRY(unkept ? store_.keep_abandon() : store_.keep_end(Part{file_.sha256, file_.length, {}}));
  if (head_ && head_->path == file_.path) replaces_ = std::exchange(head_, std::nullopt);
  news_ = true;
  if (left) left_out_.push_back(*left);
  (left ? gone_ : came_)[file_.path] = file_;
  return {};
}

void Reception::abandon() {
  const std::lock_guard lock(guard_);
  if (open_ == Open::File) static_cast<void>(store_.keep_abandon());
  held_ = {};
  open_ = Open::Nothing;
}

std::vector<SourceFile> Reception::came() const {
  std::vector<SourceFile> out;
  for (const auto& [path, file] : came_) out.push_back(file);
  return out;
}

// A source is called by all that came, also what is left out.
std::optional<Gathering> Reception::round() {
  Gathering out{source_, {}, head_ ? head_->path : std::string(), replaces_ ? replaces_->path : std::string()};
  news_ = false;
  out.source.files = came();
  out.source.to_come = announced_.size() - came_.size() - gone_.size();
  if (head_) out.source.files.push_back(*head_);
  std::sort(out.source.files.begin(), out.source.files.end());
  const std::size_t named = out.source.files.size();
  if (named == 0 || named + gone_.size() < standing_) return std::nullopt;
  out.source.id = out.source.came_as;
  if (over()) {
    std::vector<SourceFile> all = out.source.files;
    for (const auto& [path, file] : gone_) all.push_back(file);
    std::sort(all.begin(), all.end());
    out.source.id = source_id(all);
  }
  out.on_disk.resize(named);
  standing_ = named;
  replaces_.reset();
  return out;
}

Result<void> Reception::leave() {
  abandon();
  if (!news_) return {};
  if (replaces_) {  // the record and what is cut out of the whole are written together, or not at all
    came_.erase(replaces_->path);
    gone_.erase(replaces_->path);
    head_ = std::exchange(replaces_, std::nullopt);
  }
  const auto left = round();
  if (!left) return {};
  const std::lock_guard lock(guard_);
  TRY(store_.put(left->source));
  return store_.commit();
}

Result<Source> Reception::close(std::string label, const SourceNote& note) {
  abandon();
  if (came_.empty() && !gone_.empty()) return fail(Fault::Refused, "all of it was forgotten in this case before");
  if (came_.empty()) return fail(Fault::Refused, "nothing came in");
  Source out;
  out.files = came();
  out.id = source_id(out.files);
  out.label = std::move(label);
  out.how = note.how;
  out.from = note.from;
  out.received = note.received;
  came_.clear();
  gone_.clear();
  const std::lock_guard lock(guard_);
  TRY(store_.put(out));
  TRY(store_.commit());
  return out;
}

}  // namespace careo
