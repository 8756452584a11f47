// SPDX-License-Identifier: Apache-2.0
// How a child of the worker locks itself in: limits, no privileges, Landlock, and a short list of system calls. What it
// can still do is in docs/decisions/0003-confinement.md. Everything here is for the one thread of a fresh fork.
#pragma once

#include <cstdint>

#include "wire/channel.h"
#include "wire/filter.h"

namespace careo {

struct Limits {
  std::uint64_t cpu_seconds = 0;    ///< SIGXCPU then, SIGKILL two seconds later
  std::uint64_t address_space = 0;  ///< bytes, all in all; 0: unlimited
  Threads threads = Threads::Refuse;
};

/// What the kernel granted this process.
struct Locked {
  bool seccomp = false;
  bool broker = false;
  int landlock_abi = 0;  ///< 0: no Landlock
};

/// Locks the calling process in for good. `hand_over` is a packet socket to the warm parent: the listener of the
/// broker's filter goes there and an answer is awaited; it and every descriptor but 0, 1 and 2 are closed. Steps that
/// this kernel lacks are left out and show in the result; Io where a step that should work does not.
Result<Locked> lock_in(const Limits& limits, Descriptor hand_over);

/// Takes the right to open anything but files below `roots`, to read, and to connect; for the warm parent, whose
/// broker then cannot open more whatever a child talks it into. The Landlock ABI, or 0.
int keep_only(const std::vector<std::string>& roots);

}  // namespace careo
