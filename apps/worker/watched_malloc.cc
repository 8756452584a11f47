// SPDX-License-Identifier: Apache-2.0
// Stands before malloc and mmap in a worker, so that no refused allocation goes unseen (wire/starved.h says why).
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "wire/starved.h"

#if CAREO_WATCHED_MALLOC

// glibc keeps its allocator under these names so that a program can stand before malloc. Names and signatures are
// glibc's own; operator new calls malloc, so it is counted too.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

static void* counted(void* got) {
  if (got == nullptr) careo::note_refused_allocation();
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
  if (out == MAP_FAILED && errno == ENOMEM) careo::note_refused_allocation();
  return out;
}

void* mmap64(void* address, std::size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap(address, length, protection, flags, fd, offset);
}
}

#endif
