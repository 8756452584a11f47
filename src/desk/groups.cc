// SPDX-License-Identifier: Apache-2.0
#include "desk/groups.h"

namespace careo {
namespace {

// A group is acknowledged with one fsync at the latest after so much time or so many bytes: what a crash can cost.
constexpr auto kGroupTime = std::chrono::milliseconds(250);
constexpr std::uint64_t kGroupBytes = 8ULL << 20;
// The index follows so far behind: each of its transactions writes a piece that must be merged with others later.
constexpr auto kIndexTime = std::chrono::seconds(1);

}  // namespace

Result<void> Groups::commit_when_due() {
  const auto now = Clock::now();
  if (store_.pending_bytes() < kGroupBytes && now - last_commit_ < kGroupTime) return {};
  TRY(commit());
  return now - last_indexed_ < kIndexTime ? Result<void>() : catch_up();
}

Result<void> Groups::commit() {
  TRY(store_.commit());
  last_commit_ = Clock::now();
  return {};
}

Result<void> Groups::publish() {
  return store_.publish();
}

Result<void> Groups::catch_up() {
  if (indexing_ == Indexing::No) return {};
  TRY(index_.catch_up(store_));
  last_indexed_ = Clock::now();
  return {};
}

}  // namespace careo
