// SPDX-License-Identifier: Apache-2.0
// Counts allocations that failed in this process. Measured: with 1 GiB of memory poppler "read" a 123 KB file that
// needs 25 s and far more, said so on standard error only, and gave 46 bytes of text as if that were all. So a limit on
// memory truncates in silence unless every refused allocation is seen. apps/worker/watched_malloc.cc stands before
// malloc and mmap and tells this file; it is no part of the room, because every program that links a library which
// defines malloc gets that malloc.
#pragma once

#include <atomic>
#include <cstdint>

// Sanitizers own malloc, so nothing is watched under them.
#if defined(__SANITIZE_ADDRESS__)
#define CAREO_WATCHED_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define CAREO_WATCHED_MALLOC 0
#endif
#endif
#ifndef CAREO_WATCHED_MALLOC
#define CAREO_WATCHED_MALLOC 1
#endif

namespace careo {

/// Allocations refused so far. Safe to call anywhere, a signal handler included.
std::uint64_t allocations_refused();

/// Counts one more.
void note_refused_allocation();

/// From here on refusals are counted in `counter`, which others may watch: it outlives the process when it lies in
/// shared memory, so a child that dies of hunger has said so. Never null.
void count_refusals_in(std::atomic<std::uint64_t>* counter);

/// False where malloc belongs to a sanitizer. REQUIRES elsewhere: the program links apps/worker/watched_malloc.cc.
bool allocations_are_watched();

}  // namespace careo
