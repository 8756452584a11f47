// SPDX-License-Identifier: Apache-2.0
#include "wire/outbox.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "wire/channel.h"

namespace careo {
namespace {

constexpr std::size_t kCapacity = 256U << 10;    // one system call a quarter megabyte, not one a frame
constexpr std::int64_t kPatience = 50'000'000;   // ns: the desk sees progress of a slow child at least this often
constexpr std::size_t kSignalStack = 64U << 10;  // a crash may be a stack that ran out
constexpr std::array<int, 9> kFatal = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGPROF, SIGXCPU, SIGTERM};

// What a signal handler may see: whole frames from `from` to `to`. The only state of this file that is not an object's,
// because a handler has no other way to reach it.
struct Pending {
  int fd = -1;
  std::uint8_t* bytes = nullptr;
  std::atomic<std::size_t> from{0};
  std::atomic<std::size_t> to{0};
};
Pending pending;

bool write_all(int fd, const std::uint8_t* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t wrote = ::write(fd, bytes, count);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes += wrote;
    count -= static_cast<std::size_t>(wrote);
  }
  return true;
}

void last_words(int signal) {
  const std::size_t from = pending.from.exchange(pending.to.load());
  const std::size_t to = pending.to.load();
  if (pending.fd >= 0 && from < to) write_all(pending.fd, pending.bytes + from, to - from);
  ::signal(signal, SIG_DFL);
  ::syscall(SYS_tgkill, ::getpid(), ::syscall(SYS_gettid), signal);
}

void take_signals() {
  alignas(16) static std::array<char, kSignalStack> room;
  stack_t stack{};
  stack.ss_sp = room.data();
  stack.ss_size = room.size();
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = last_words;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
  for (const int signal : kFatal) ::sigaction(signal, &action, nullptr);
}

void release_signals() {
  for (const int signal : kFatal) ::signal(signal, SIG_DFL);
}

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);  // a few ns, no system call; 4 ms fine is fine enough
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Outbox::Outbox(int fd) : fd_(fd), flushed_at_(now()) {
  if (pending.bytes == nullptr) {
    // Apart from the heap: a parser that overruns its buffer is more likely to hit its neighbours there.
    void* room = ::mmap(nullptr, kCapacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pending.bytes = room == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(room);
  }
  pending.from = 0;
  pending.to = 0;
  pending.fd = fd;
  take_signals();
}

Outbox::~Outbox() {
  release_signals();
  pending.fd = -1;
}

Result<void> Outbox::flush() {
  if (gone_) return fail(Fault::Io, "the desk is gone");
  flushed_at_ = now();
  // `from` follows each write, so that a signal in the middle sends what is left and nothing twice.
  for (std::size_t from = 0; from < pending.to.load(); pending.from = from) {
    const ssize_t wrote = ::write(fd_, pending.bytes + from, pending.to.load() - from);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      gone_ = true;
      return io_error("writing to the desk");
    }
    from += static_cast<std::size_t>(wrote);
  }
  pending.to = 0;
  pending.from = 0;
  return {};
}

Result<void> Outbox::put(FrameType type, Bytes payload) {
  if (gone_) return fail(Fault::Io, "the desk is gone");
  const std::size_t whole = kFrameHeader + payload.size();
  if (pending.bytes == nullptr || whole > kCapacity - pending.to.load()) TRY(flush());
  if (pending.bytes == nullptr || whole > kCapacity) {
    Buffer frame;
    append_frame(&frame, type, payload);
    gone_ = !write_all(fd_, frame.data(), frame.size());
    if (gone_) return io_error("writing to the desk");
    return {};
  }
  std::uint8_t* at = pending.bytes + pending.to.load();
  const auto length = static_cast<std::uint32_t>(payload.size());
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(length >> (8 * i));
  at[4] = static_cast<std::uint8_t>(type);
  if (!payload.empty()) std::memcpy(at + kFrameHeader, payload.data(), payload.size());
  pending.to += whole;
  if (now() - flushed_at_ > kPatience) return flush();
  return {};
}

}  // namespace careo
