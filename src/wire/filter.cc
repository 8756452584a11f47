// SPDX-License-Identifier: Apache-2.0
#include "wire/filter.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "wire/starved.h"

#if !defined(__x86_64__)
#error "careo confines workers on x86-64 only; another processor needs its own list of calls"
#endif

namespace careo {
namespace {

constexpr std::uint32_t kX32Bit = 0x40000000;  // the x32 way into the same calls (asm/unistd.h)

// Memory, signals, time, its own descriptors and its end. Nothing that names a path, a process or an address.
// newfstatat is not here: with AT_EMPTY_PATH it still takes a path, so it belongs to the broker.
constexpr std::array kAllowed = {SYS_read,
                                 SYS_write,
                                 SYS_readv,
                                 SYS_writev,
                                 SYS_pread64,
                                 SYS_preadv,
                                 SYS_lseek,
                                 SYS_close,
                                 SYS_fstat,
                                 SYS_getdents64,
                                 SYS_fadvise64,
                                 SYS_munmap,
                                 SYS_mremap,
                                 SYS_brk,
                                 SYS_madvise,
                                 SYS_rt_sigaction,
                                 SYS_rt_sigprocmask,
                                 SYS_rt_sigreturn,
                                 SYS_sigaltstack,
                                 SYS_setitimer,
                                 SYS_getitimer,
                                 SYS_futex,
                                 SYS_clock_gettime,
                                 SYS_clock_getres,
                                 SYS_gettimeofday,
                                 SYS_time,
                                 SYS_nanosleep,
                                 SYS_clock_nanosleep,
                                 SYS_getrandom,
                                 SYS_getpid,
                                 SYS_gettid,
                                 SYS_getuid,
                                 SYS_geteuid,
                                 SYS_getgid,
                                 SYS_getegid,
                                 SYS_getrusage,
                                 SYS_getrlimit,
                                 SYS_sched_yield,
                                 SYS_sched_getaffinity,
                                 SYS_getcpu,
                                 SYS_restart_syscall,
                                 SYS_exit,
                                 SYS_exit_group};

// Calls that name a path and that libraries make in good faith.
constexpr std::array kBrokered = {SYS_open,   SYS_openat,    SYS_stat,       SYS_lstat,
                                  SYS_access, SYS_faccessat, SYS_faccessat2, SYS_newfstatat};

// No parser makes these in good faith: the attempt itself ends the child, and the outcome says so. TRAP rather than
// KILL, so that what was read before still leaves; a child that takes the signal away gains nothing, since the call
// is not made.
constexpr std::array kNever = {SYS_execve,
                               SYS_execveat,
                               SYS_fork,
                               SYS_vfork,
                               SYS_ptrace,
                               SYS_process_vm_readv,
                               SYS_process_vm_writev,
                               SYS_io_uring_setup,
                               SYS_io_uring_enter,
                               SYS_io_uring_register,
                               SYS_bpf,
                               SYS_mount,
                               SYS_umount2,
                               SYS_unshare,
                               SYS_setns,
                               SYS_memfd_create,
                               SYS_userfaultfd,
                               SYS_keyctl,
                               SYS_add_key,
                               SYS_request_key,
                               SYS_perf_event_open,
                               SYS_personality,
                               SYS_pivot_root,
                               SYS_chroot,
                               SYS_open_by_handle_at,
                               SYS_name_to_handle_at,
                               SYS_kexec_load,
                               SYS_init_module,
                               SYS_finit_module,
                               SYS_delete_module,
                               SYS_reboot,
                               SYS_swapon,
                               SYS_pidfd_open,
                               SYS_pidfd_getfd,
                               SYS_pidfd_send_signal,
                               SYS_seccomp,
                               SYS_kcmp,
                               SYS_modify_ldt,
                               SYS_ioperm,
                               SYS_iopl,
                               SYS_move_mount,
                               SYS_fsopen,
                               SYS_open_tree,
                               SYS_fanotify_init};

constexpr auto kNumber = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
constexpr auto kArch = static_cast<std::uint32_t>(offsetof(seccomp_data, arch));
// Each argument is 64 bits; the filter compares 32 at a time, low half first (little endian).
constexpr std::uint32_t low_of(unsigned argument) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + 8 * argument;
}
constexpr std::uint32_t high_of(unsigned argument) {
  return low_of(argument) + 4;
}

constexpr std::uint32_t refuse_with(int error) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
}

class Program {
 public:
  void load(std::uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, 0, 0, offset); }
  void answer(std::uint32_t action) { add(BPF_RET | BPF_K, 0, 0, action); }
  // The next `count` instructions run only where the test holds.
  void only_if_equal(std::uint32_t value, std::uint8_t count) { add(BPF_JMP | BPF_JEQ | BPF_K, 0, count, value); }
  void only_if_other(std::uint32_t value, std::uint8_t count) { add(BPF_JMP | BPF_JEQ | BPF_K, count, 0, value); }
  void only_if_at_least(std::uint32_t value, std::uint8_t count) { add(BPF_JMP | BPF_JGE | BPF_K, 0, count, value); }
  void only_if_clear(std::uint32_t bits, std::uint8_t count) { add(BPF_JMP | BPF_JSET | BPF_K, count, 0, bits); }

  template <typename Numbers>
  void each(const Numbers& numbers, std::uint32_t action) {
    for (const auto number : numbers) {
      only_if_equal(static_cast<std::uint32_t>(number), 1);
      answer(action);
    }
  }
  Filter take() { return std::move(out_); }

 private:
  void add(int code, std::uint8_t yes, std::uint8_t no, std::uint32_t k) {
    out_.push_back({static_cast<std::uint16_t>(code), yes, no, k});
  }
  Filter out_;
};

// Calls with one harmless use. Each block ends in an answer, so the number need not be loaded again behind it.
void add_narrow_rules(Program* program, std::uint32_t self) {
  // Mapping and protecting without a right to execute: code that a file smuggles in stays data.
  for (const auto number : {SYS_mmap, SYS_mprotect}) {
    program->only_if_equal(static_cast<std::uint32_t>(number), 4);
    program->load(low_of(2));
    program->only_if_clear(PROT_EXEC, 1);
    program->answer(SECCOMP_RET_ALLOW);
    program->answer(refuse_with(EPERM));
  }
  // A signal to itself alone: abort() needs it.
  program->only_if_equal(SYS_tgkill, 4);
  program->load(low_of(0));
  program->only_if_equal(self, 1);
  program->answer(SECCOMP_RET_ALLOW);
  program->answer(refuse_with(EPERM));
  // Reading a limit (pthread_getattr_np does), never setting one: the new value must be null, both halves.
  program->only_if_equal(SYS_prlimit64, 8);
  program->load(low_of(0));
  program->only_if_equal(0, 5);
  program->load(low_of(2));
  program->only_if_equal(0, 3);
  program->load(high_of(2));
  program->only_if_equal(0, 1);
  program->answer(SECCOMP_RET_ALLOW);
  program->answer(refuse_with(EPERM));
  // Flags of its own descriptors.
  program->only_if_equal(SYS_fcntl, 6);
  program->load(low_of(1));
  program->only_if_equal(F_GETFD, 1);
  program->answer(SECCOMP_RET_ALLOW);
  program->only_if_equal(F_GETFL, 1);
  program->answer(SECCOMP_RET_ALLOW);
  program->answer(refuse_with(EPERM));
  // isatty() before buffering: no, it is not.
  program->only_if_equal(SYS_ioctl, 1);
  program->answer(refuse_with(ENOTTY));
  // glibc falls back to clone, which the last answer refuses, when clone3 is unknown.
  program->only_if_equal(SYS_clone3, 1);
  program->answer(refuse_with(ENOSYS));
}

// A thread shares everything with its process, this filter included. No other flag passes, so neither a process nor a
// namespace can be made this way.
void add_thread_rules(Program* program) {
  constexpr std::uint32_t kThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                    CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  program->only_if_equal(SYS_clone, 6);
  program->load(low_of(0));
  program->only_if_equal(kThread, 3);
  program->load(high_of(0));
  program->only_if_equal(0, 1);
  program->answer(SECCOMP_RET_ALLOW);
  program->answer(refuse_with(EPERM));
  // What a new thread says of itself first; glibc ends the program when the second is refused.
  program->each(std::array{SYS_set_robust_list, SYS_rseq}, SECCOMP_RET_ALLOW);
}

}  // namespace

Filter child_filter(int self, OpenCalls open_calls, Threads threads) {
  Program program;
  program.load(kArch);
  program.only_if_other(AUDIT_ARCH_X86_64, 1);
  program.answer(SECCOMP_RET_KILL_PROCESS);
  program.load(kNumber);
  program.only_if_at_least(kX32Bit, 1);
  program.answer(SECCOMP_RET_KILL_PROCESS);
  program.each(kAllowed, SECCOMP_RET_ALLOW);
  add_narrow_rules(&program, static_cast<std::uint32_t>(self));
  // The sanitizer that checks an object's type first asks, with a pipe, whether its memory is there.
  if (!allocations_are_watched()) program.each(std::array{SYS_pipe, SYS_pipe2}, SECCOMP_RET_ALLOW);
  if (threads == Threads::Allow) add_thread_rules(&program);
  program.each(kBrokered, open_calls == OpenCalls::Broker ? SECCOMP_RET_ALLOW : refuse_with(EACCES));
  program.each(kNever, SECCOMP_RET_TRAP);
  program.answer(refuse_with(EPERM));
  return program.take();
}

Filter broker_filter() {
  Program program;
  program.load(kArch);
  program.only_if_other(AUDIT_ARCH_X86_64, 1);
  program.answer(SECCOMP_RET_ALLOW);
  program.load(kNumber);
  program.each(kBrokered, SECCOMP_RET_USER_NOTIF);
  program.answer(SECCOMP_RET_ALLOW);
  return program.take();
}

}  // namespace careo
