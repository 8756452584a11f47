// SPDX-License-Identifier: Apache-2.0
#include "desk/limits.h"

#include <algorithm>

namespace careo {
namespace {

// A laptop has no more memory because somebody asks again.
constexpr std::uint64_t kMostTimesMemory = 4;

}  // namespace

CrewOptions raised(CrewOptions options, unsigned times) {
  options.seconds *= times;
  options.memory *= std::min<std::uint64_t>(times, kMostTimesMemory);
  return options;
}

Budget raised(Budget budget, unsigned times) {
  budget.children *= times;
  budget.bytes_out *= times;
  budget.ratio *= times;
  budget.text_bytes *= times;
  budget.pixels *= std::min<std::uint64_t>(times, kMostTimesMemory);
  budget.pages *= times;
  budget.pictures *= times;
  budget.mime_depth *= times;
  return budget;
}

}  // namespace careo
