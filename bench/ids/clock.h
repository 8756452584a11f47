// SPDX-License-Identifier: Apache-2.0
// Seconds of the processor: the machine that measures does other things too.
#pragma once

#include <ctime>

namespace careo::bench {

inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace careo::bench
