// SPDX-License-Identifier: Apache-2.0
#include "desk/crews.h"

#include <chrono>
#include <thread>

namespace careo {
namespace {

constexpr auto kIdle = std::chrono::seconds(10);  // then the warm parents of a thread cost more than new ones

}  // namespace

Crews::Crews(CrewOptions options, unsigned count, std::recursive_mutex& lock, const StopFlag& stop)
    : options_(std::move(options)), mutex_(lock), stop_(stop), crews_(count) {
  options_.stopped = [this] { return stop_.load(); };
}

Result<void> Crews::run(Supply& supply) {
  error_.reset();
  {
    std::vector<std::jthread> threads;
    for (auto& crew : crews_) threads.emplace_back([this, &supply, &crew] { work(supply, &crew); });
  }
  // Whoever was told to stop says so by Refused; a full disk is no less full for that.
  if (error_ && !(stop_ && error_->fault == Fault::Refused)) return tl::unexpected(std::move(*error_));
  return {};
}

void Crews::work(Supply& supply, std::unique_ptr<Crew>* crew) {
  const std::unique_ptr<Receiver> receiver = supply.receiver();
  std::unique_lock lock(mutex_);
  while (true) {
    const auto wanted = [&] { return supply.may_have() || busy_ == 0 || error_ || stop_; };
    if (!changed_.wait_for(lock, kIdle, wanted)) {
      crew->reset();
      changed_.wait(lock, wanted);
    }
    if (error_ || stop_) break;
    auto jobs = supply.next(busy_ == 0);
    if (jobs && jobs->empty()) {
      if (busy_ == 0 && !supply.may_have()) break;
      continue;
    }
    ++busy_;
    lock.unlock();
    auto done = jobs ? work_off(*jobs, crew, *receiver) : tl::unexpected(std::move(jobs).error());
    lock.lock();
    --busy_;
    if (!done && !error_) error_ = std::move(done).error();
    changed_.notify_all();
  }
  changed_.notify_all();
}

Result<void> Crews::work_off(const std::vector<Job>& jobs, std::unique_ptr<Crew>* crew, Receiver& receiver) {
  if (!*crew) *crew = TRY(Crew::start(options_));
  return (*crew)->run(jobs, receiver);
}

}  // namespace careo
