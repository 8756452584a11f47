// SPDX-License-Identifier: Apache-2.0
#include "desk/receive.h"

#include <algorithm>

namespace careo {

Reception::~Reception() {
  abandon();
}

Result<void> Reception::begin(std::string path) {
  if (path.empty()) return fail(Fault::Refused, "a file without a name");
  abandon();
  const std::lock_guard lock(guard_);
  TRY(store_.keep_begin());
  open_ = true;
  file_ = {};
  file_.path = std::move(path);
  hasher_ = Hasher();
  return {};
}

Result<void> Reception::take(Bytes bytes) {
  const std::lock_guard lock(guard_);
  if (!open_) return fail(Fault::Bug, "bytes of no file");
  hasher_.update(bytes);
  file_.length += bytes.size();
  return store_.keep(bytes);
}

Result<void> Reception::end() {
  const std::lock_guard lock(guard_);
  if (!open_) return fail(Fault::Bug, "the end of no file");
  file_.sha256 = hasher_.finish();
  open_ = false;
  if (!forgotten_) forgotten_ = TRY(Forgotten::of(store_));
  if (auto left = forgotten_->leaves_out(file_)) {
    left_out_.push_back(*std::move(left));
    return store_.keep_abandon();
  }
  TRY(forgotten_->emptied(file_.sha256) ? store_.keep_abandon()
                                        : store_.keep_end(Part{file_.sha256, file_.length, {}}));
  source_.files.push_back(std::move(file_));
  return {};
}

void Reception::abandon() {
  const std::lock_guard lock(guard_);
  if (open_) static_cast<void>(store_.keep_abandon());
  open_ = false;
}

Result<Source> Reception::close(std::string label, const SourceNote& note) {
  abandon();
  if (source_.files.empty() && !left_out_.empty())
    return fail(Fault::Refused, "all of it was forgotten in this case before");
  if (source_.files.empty()) return fail(Fault::Refused, "nothing came in");
  // Two files of one name in one drop: the later stands, as it would in a folder.
  std::stable_sort(source_.files.begin(), source_.files.end(),
                   [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  std::vector<SourceFile> once;
  for (SourceFile& file : source_.files) {
    if (!once.empty() && once.back().path == file.path) once.pop_back();
    once.push_back(std::move(file));
  }
  Source out;
  out.files = std::move(once);
  out.id = source_id(out.files);
  out.label = std::move(label);
  out.how = note.how;
  out.from = note.from;
  out.received = note.received;
  source_ = {};
  const std::lock_guard lock(guard_);
  TRY(store_.put(out));
  TRY(store_.commit());
  return out;
}

}  // namespace careo
