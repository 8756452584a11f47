// SPDX-License-Identifier: Apache-2.0
#include "desk/queue.h"

namespace careo {
namespace {

// So many of what waits are taken out of the catalog at once.
constexpr std::uint64_t kPage = 4096;

}  // namespace

// Few distinct hints occur (charsets times text types), but a hostile mailbox declares another one for each part.
std::uint32_t Queue::number_of(const Hints& hints) {
  const auto [known, fresh] = numbers_.try_emplace(hints, static_cast<std::uint32_t>(hints_.size()));
  if (fresh) hints_.push_back(&known->first);
  return known->second;
}

void Queue::add(const Part& part, std::uint32_t depth) {
  if (!known_.insert(part.id()).second) return;
  items_.push_back({part.sha256, part.length, number_of(part.hints), depth});
  ++tally_.total;
}

Result<void> Queue::begin(Stage stage) {
  if (stage == Stage::Open)
    for (const Case::Waiting& one : TRY(store_.returned())) add(one.part, one.depth);
  paged_ = stage;
  more_ = true;
  place_ = 0;
  if (stage != Stage::Open) tally_.total = TRY(store_.count_waiting(stage));
  return fill(true);
}

void Queue::add_child(const Part& part, std::uint32_t depth) {
  if (!paged_) add(part, depth);
  look_again();
}

void Queue::clear() {
  items_.clear();
  known_.clear();
  depths_.clear();
  paged_.reset();
}

// Of what is to be opened a second look, from the start, finds what has a place again that an earlier run knew; nothing
// may be running then, since that is still unopened.
Result<void> Queue::fill(bool alone) {
  if (!paged_ || !items_.empty()) return {};
  const bool opening = paged_ == Stage::Open;
  for (const bool again : {false, true}) {
    if (again && (!opening || !alone || !items_.empty() || place_ == 0)) break;
    if (again) place_ = 0;
    for (const Case::Waiting& one : TRY(store_.waiting(*paged_, &place_, kPage)))
      items_.push_back({one.part.sha256, one.part.length, number_of(one.part.hints), opening ? one.depth : 0});
  }
  more_ = !items_.empty();
  if (!opening) return {};
  const bool over = items_.empty() && alone;
  tally_.total = tally_.done + (over ? 0 : TRY(store_.count_waiting(Stage::Open)));
  return {};
}

std::optional<Queue::Next> Queue::next() const {
  if (items_.empty()) return std::nullopt;
  const Item& item = items_.front();
  return Next{{item.sha256, item.length, *hints_[item.hints]}, item.depth};
}

void Queue::take() {
  const Item& item = items_.front();
  depths_[Part{item.sha256, item.length, *hints_[item.hints]}.id()] = item.depth;
  items_.pop_front();
}

void Queue::pass() {
  ++tally_.done;
  items_.pop_front();
}

std::uint32_t Queue::depth(const PartId& running) const {
  const auto found = depths_.find(running);
  return found == depths_.end() ? 0 : found->second;
}

void Queue::done(const PartId& part) {
  known_.erase(part);
  depths_.erase(part);
}

}  // namespace careo
