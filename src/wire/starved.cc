// SPDX-License-Identifier: Apache-2.0
#include "wire/starved.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define CAREO_OWN_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define CAREO_OWN_MALLOC 0
#endif
#endif
#ifndef CAREO_OWN_MALLOC
#define CAREO_OWN_MALLOC 1
#endif

namespace careo {
namespace {

std::atomic<std::uint64_t> own_counter{0};
std::atomic<std::uint64_t>* refused = &own_counter;  // set before the first thread, read by malloc

}  // namespace

std::uint64_t allocations_refused() {
  return refused->load(std::memory_order_relaxed);
}

void count_refusals_in(std::atomic<std::uint64_t>* counter) {
  refused = counter;
}

bool allocations_are_watched() {
  return CAREO_OWN_MALLOC != 0;
}

}  // namespace careo

#if CAREO_OWN_MALLOC

// glibc keeps its allocator under these names so that a program can stand before malloc. Names and signatures are
// glibc's own; operator new calls malloc, so it is counted too.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

static void* counted(void* got) {
  if (got == nullptr) careo::refused->fetch_add(1, std::memory_order_relaxed);
  return got;
}

void* malloc(std::size_t size) {
  return counted(__libc_malloc(size));
}

void* calloc(std::size_t count, std::size_t size) {
  return counted(__libc_calloc(count, size));
}

void* realloc(void* old, std::size_t size) {
  void* got = __libc_realloc(old, size);
  // realloc(p, 0) frees and gives null: no failure.
  return size == 0 ? got : counted(got);
}

void* memalign(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  if (alignment < sizeof(void*) || (alignment & (alignment - 1)) != 0) return EINVAL;
  void* got = counted(__libc_memalign(alignment, size));
  if (got == nullptr) return ENOMEM;
  *out = got;
  return 0;
}

// Callers outside libc only; libc's own uses are behind malloc.
void* mmap(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
  const long got = ::syscall(SYS_mmap, address, length, protection, flags, fd, offset);
  void* out = reinterpret_cast<void*>(got);  // NOLINT: the kernel's answer is an address
  if (out == MAP_FAILED && errno == ENOMEM) careo::refused->fetch_add(1, std::memory_order_relaxed);
  return out;
}

void* mmap64(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap(address, length, protection, flags, fd, offset);
}
}

#endif
