// SPDX-License-Identifier: Apache-2.0
// Takes what a crew gives: bytes that were made go into the case as they come, outcomes to whoever writes them down.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "desk/progress.h"
#include "store/case.h"
#include "wire/crew.h"

namespace careo {

/// One a crew. Between derived() and derived_end() it holds the case: the log takes one stream at a time.
class Collector : public Receiver {
 public:
  /// Told each outcome, the case's lock held, with the parts whose bytes were made for it, in order.
  using Finish = std::function<Result<void>(const Job& job, const std::vector<Part>& derived, Outcome outcome)>;

  /// REQUIRES: all of them outlive this object.
  Collector(Case& store, std::recursive_mutex& lock, const StopFlag& stop, Finish finish)
      : store_(store), mutex_(lock), stop_(stop), finish_(std::move(finish)) {}
  ~Collector() override;
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  Result<void> derived(const Job& job, const Child& child) override;
  Result<void> derived_bytes(Bytes bytes) override;
  Result<void> derived_end(bool complete) override;
  Result<void> outcome(const Job& job, Outcome outcome) override;

 private:
  Case& store_;
  std::recursive_mutex& mutex_;
  const StopFlag& stop_;
  const Finish finish_;
  std::unique_lock<std::recursive_mutex> stream_;
  Hasher hasher_;
  Hints hints_;
  std::uint64_t length_ = 0;
  std::vector<Part> derived_;  // of the job that is running, in order
};

}  // namespace careo
