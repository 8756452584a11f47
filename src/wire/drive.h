// SPDX-License-Identifier: Apache-2.0
// The driver in the child: takes a batch of jobs from the desk, finds the opener or readers of each, and sends what
// they find, frame by frame, as it is found. One thread.
#pragma once

#include <atomic>

#include "wire/confine.h"
#include "wire/toolbox.h"

namespace careo {

/// Two numbers that the child shows its warm parent, in memory they share. The parent believes them only as far as the
/// child's own outcome goes.
struct Notes {
  std::atomic<std::uint64_t> job{0};      ///< the job in hand: whose a refused file is
  std::atomic<std::uint64_t> starved{0};  ///< allocations refused so far
};

/// The whole life of a child behind lock_in(): speaks frames on `fd` until the batch is done. The exit status: 0 when
/// every job was answered. A job may spend `seconds` of CPU (0: any), then SIGPROF ends the child.
int drive(const Toolbox& toolbox, Lane lane, int fd, std::uint32_t seconds, const Locked& locked, Notes* notes);

}  // namespace careo
