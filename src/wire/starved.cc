// SPDX-License-Identifier: Apache-2.0
#include "wire/starved.h"

namespace careo {
namespace {

std::atomic<std::uint64_t> own_counter{0};
std::atomic<std::uint64_t>* refused = &own_counter;  // set before the first thread, read by malloc

}  // namespace

std::uint64_t allocations_refused() {
  return refused->load(std::memory_order_relaxed);
}

void note_refused_allocation() {
  refused->fetch_add(1, std::memory_order_relaxed);
}

void count_refusals_in(std::atomic<std::uint64_t>* counter) {
  refused = counter;
}

bool allocations_are_watched() {
  return CAREO_WATCHED_MALLOC != 0;
}

}  // namespace careo
