// SPDX-License-Identifier: Apache-2.0
// The rhythm of writing: what was written is acknowledged soon, and can be searched a little later. The case's lock is
// held by whoever calls.
#pragma once

#include <chrono>

#include "search/index.h"
#include "store/case.h"

namespace careo {

enum class Indexing { Yes, No };

class Groups {
 public:
  /// REQUIRES: `store` and `index` outlive this object.
  Groups(Case& store, SearchIndex& index, Indexing indexing) : store_(store), index_(index), indexing_(indexing) {}

  Result<void> commit_when_due();
  Result<void> commit();
  /// Shows all that was written to whoever reads beside, and to whoever searches.
  Result<void> publish();
  Result<void> catch_up();

 private:
  using Clock = std::chrono::steady_clock;
  Case& store_;
  SearchIndex& index_;
  const Indexing indexing_;
  Clock::time_point last_commit_ = Clock::now();
  Clock::time_point last_indexed_ = last_commit_;
};

}  // namespace careo
