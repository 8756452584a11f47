// SPDX-License-Identifier: Apache-2.0
// Any number of crews over one supply of jobs, a thread each.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "desk/progress.h"
#include "wire/crew.h"

namespace careo {

/// Where crews get their jobs, and give what came of them. All but the receivers is called with the lock held.
class Supply {
 public:
  virtual ~Supply() = default;
  virtual bool may_have() const = 0;
  /// A batch for one locked child; empty: none just now. `alone`: nothing is being worked on.
  virtual Result<std::vector<Job>> next(bool alone) = 0;
  virtual std::unique_ptr<Receiver> receiver() = 0;
};

class Crews {
 public:
  /// REQUIRES: `lock` and `stop` outlive this object.
  Crews(CrewOptions options, unsigned count, std::recursive_mutex& lock, const StopFlag& stop);

  /// Until the supply has nothing more and nothing runs. What ended it early is an error; that it was told to is none.
  Result<void> run(Supply& supply);
  /// There may be more to do. REQUIRES: the lock is held.
  void wake() { changed_.notify_all(); }

 private:
  void work(Supply& supply, std::unique_ptr<Crew>* crew);
  Result<void> work_off(const std::vector<Job>& jobs, std::unique_ptr<Crew>* crew, Receiver& receiver);

  CrewOptions options_;
  std::recursive_mutex& mutex_;
  const StopFlag& stop_;
  std::condition_variable_any changed_;
  unsigned busy_ = 0;
  std::optional<Error> error_;
  std::vector<std::unique_ptr<Crew>> crews_;  // null: not started yet
};

}  // namespace careo
