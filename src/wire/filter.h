// SPDX-License-Identifier: Apache-2.0
// The system calls a confined child has, as programs for the kernel's filter (seccomp(2), classic BPF). Written by hand
// for one processor: every child needs its own process number in one rule, and building a program per fork with a
// library costs more than the fork.
#pragma once

#include <linux/filter.h>

#include <vector>

namespace careo {

using Filter = std::vector<sock_filter>;

enum class OpenCalls {
  Refuse,  ///< EACCES
  Broker,  ///< let through, because the broker's filter hands them to the warm parent
};

enum class Threads {
  Refuse,
  Allow,  ///< pthread_create as glibc makes it, exactly; measured: without a thread libde265 waits for one for ever
};

/// Everything but the short list is refused: most with EPERM, what no parser ever needs with SIGSYS. `self` is the
/// child's own process number, the only one it may signal.
Filter child_filter(int self, OpenCalls open_calls, Threads threads);

/// Hands calls that name a path to whoever listens; leaves all others to the next filter.
Filter broker_filter();

}  // namespace careo
