// SPDX-License-Identifier: Apache-2.0
#include "desk/collector.h"

namespace careo {

Collector::~Collector() {
  if (stream_.owns_lock()) static_cast<void>(store_.keep_abandon());
}

Result<void> Collector::derived(const Job&, const Child& child) {
  stream_ = std::unique_lock(mutex_);
  hints_ = child.hints;
  length_ = 0;
  return store_.keep_begin();
}

Result<void> Collector::derived_bytes(Bytes bytes) {
  hasher_.update(bytes);
  length_ += bytes.size();
  return store_.keep(bytes);
}

Result<void> Collector::derived_end(bool) {
  const Part part{hasher_.finish(), length_, hints_};
  const auto kept = store_.keep_end(part);
  derived_.push_back(part);
  stream_.unlock();
  return kept;
}

Result<void> Collector::outcome(const Job& job, Outcome outcome) {
  const std::lock_guard lock(mutex_);
  if (stop_) return fail(Fault::Refused, "stopped");
  auto finished = finish_(job, derived_, std::move(outcome));
  derived_.clear();
  return finished;
}

}  // namespace careo
