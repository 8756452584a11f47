// SPDX-License-Identifier: Apache-2.0
#include "wire/probes.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace careo {
namespace {

constexpr const char* kOutside = "/etc/passwd";
constexpr const char* kFonts = "/etc/fonts/fonts.conf";

// Zero when a raw call went through.
template <typename... Arguments>
int raw(long number, Arguments... arguments) {
  errno = 0;
  return ::syscall(number, arguments...) >= 0 ? 0 : errno;
}

int opened(const char* path, int flags) {
  return ::open(path, flags, 0600) >= 0 ? 0 : errno;
}

int socket_of(int family, int type) {
  return raw(SYS_socket, family, type, 0);
}

int map_code() {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 0 : errno;
}

int write_then_execute() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0 ? 0 : errno;
}

int protect_with_key() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return raw(SYS_pkey_mprotect, page, 4096, PROT_READ | PROT_EXEC, -1);
}

int raise_limit() {
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  return raw(SYS_prlimit64, 0, RLIMIT_AS, &more, nullptr);
}

int raise_limit_of_parent() {
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  return raw(SYS_prlimit64, 1, RLIMIT_AS, &more, nullptr);
}

int read_memory_of(int process) {
  static std::array<char, 16> into{};
  const iovec here{into.data(), into.size()};
  const iovec there{into.data(), into.size()};
  return raw(SYS_process_vm_readv, process, &here, 1, &there, 1, 0);
}

int write_memory_of(int process) {
  static std::array<char, 16> from{};
  const iovec here{from.data(), from.size()};
  return raw(SYS_process_vm_writev, process, &here, 1, &here, 1, 0);
}

// The warm parent's number, without asking the kernel, which refuses: children are numbered after their parents.
int a_neighbour() {
  return ::getpid() - 1;
}

int execute(long number) {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  if (number == SYS_execveat) return raw(number, AT_FDCWD, name, arguments, arguments, 0);
  return raw(number, name, arguments, arguments);
}

int start_odd_thread() {
  static std::array<char, 4096> stack{};
  return raw(SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_FS | CLONE_FILES, stack.data() + 4096, 0, 0, 0);
}

int start_thread_in_namespace() {
  static std::array<char, 4096> stack{};
  return raw(SYS_clone, 0x3d0f00L | CLONE_NEWNET, stack.data() + 4096, 0, 0, 0);
}

int start_thread() {
  pthread_t thread{};
  int into = 0;
  const auto body = [](void* out) -> void* {
    *static_cast<int*>(out) = opened(kOutside, O_RDONLY) == EACCES ? 1 : 2;
    return nullptr;
  };
  if (const int error = ::pthread_create(&thread, nullptr, body, &into); error != 0) return error;
  ::pthread_join(thread, nullptr);
  return into == 1 ? 0 : EIO;
}

int fork_by_clone() {
  const long got = ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (got == 0) ::_exit(0);
  return got > 0 ? 0 : errno;
}

int fork_by_clone3() {
  std::array<std::uint64_t, 11> arguments{};
  arguments[4] = SIGCHLD;
  const long got = ::syscall(SYS_clone3, arguments.data(), sizeof arguments);
  if (got == 0) ::_exit(0);
  return got > 0 ? 0 : errno;
}

int fork_by_name() {
  const long got = ::syscall(SYS_fork);
  if (got == 0) ::_exit(0);
  return got > 0 ? 0 : errno;
}

// i386's way into the kernel, where 20 is getpid.
int old_interrupt() {
  long out = 20;
  __asm__ volatile("int $0x80" : "+a"(out) : : "memory");
  return out > 0 ? 0 : EPERM;
}

// An empty path is fstat; this one is not empty.
int status_behind_empty_path() {
  struct stat status {};
  return raw(SYS_newfstatat, AT_FDCWD, kOutside, &status, AT_EMPTY_PATH);
}

int status_of_outside() {
  struct stat status {};
  return ::stat(kOutside, &status) == 0 ? 0 : errno;
}

int status_of_memory_not_there() {
  return raw(SYS_newfstatat, AT_FDCWD, 8, 8, 0);
}

int open_by_second_way() {
  std::array<std::uint64_t, 3> how{};
  return raw(SYS_openat2, AT_FDCWD, kOutside, how.data(), sizeof how);
}

int pass_descriptor() {
  msghdr message{};
  return raw(SYS_sendmsg, 0, &message, 0);
}

int take_descriptor() {
  msghdr message{};
  return raw(SYS_recvmsg, 0, &message, MSG_DONTWAIT);
}

int answer_own_broker() {
  for (int fd = 3; fd < 64; ++fd)
    if (::fcntl(fd, F_GETFD) >= 0) return 0;
  return EBADF;
}

int read_own_memory_file() {
  const int fd = ::open("/proc/self/mem", O_RDWR);
  return fd >= 0 ? 0 : errno;
}

int read_parents_memory_file() {
  char name[64];
  std::snprintf(name, sizeof name, "/proc/%d/mem", a_neighbour());
  return opened(name, O_RDWR);
}

int type_into_terminal() {
  char letter = 'x';
  return raw(SYS_ioctl, 0, 0x5412, &letter);  // TIOCSTI
}

int list_root() {
  DIR* folder = ::opendir("/");
  return folder != nullptr ? 0 : errno;
}

int host_name() {
  std::array<char, 390> names{};
  return raw(SYS_uname, names.data());
}

}  // namespace

const std::vector<Probe>& escape_probes() {
  static const std::vector<Probe> kProbes = {
      {"open outside", [] { return opened(kOutside, O_RDONLY); }},
      {"open by dots", [] { return opened("/usr/share/fonts/../../../etc/passwd", O_RDONLY); }},
      {"open above", [] { return opened("..", O_RDONLY); }},
      {"open here", [] { return opened(".", O_RDONLY); }},
      {"open by a link", [] { return opened("/proc/self/root/etc/passwd", O_RDONLY); }},
      {"open beside a root", [] { return opened("/usr/share/fontsx", O_RDONLY); }},
      {"openat2", open_by_second_way},
      {"open a shared file to write", [] { return opened(kFonts, O_RDWR); }},
      {"truncate a shared file by opening", [] { return opened(kFonts, O_RDONLY | O_TRUNC); }},
      {"create", [] { return opened("/tmp/careo-probe", O_CREAT | O_WRONLY); }},
      {"create below a root", [] { return opened("/usr/share/fonts/careo-probe", O_CREAT | O_RDONLY); }},
      {"unnamed file", [] { return opened("/tmp", O_TMPFILE | O_RDWR); }},
      {"list the root folder", list_root},
      {"unlink", [] { return raw(SYS_unlink, "/tmp/careo-probe"); }},
      {"stat outside", status_of_outside},
      {"stat behind an empty path", status_behind_empty_path},
      {"stat of wild memory", status_of_memory_not_there},
      {"access outside", [] { return raw(SYS_access, kOutside, F_OK); }},
      {"statx outside", [] { return raw(SYS_statx, AT_FDCWD, kOutside, 0, 0xfff, nullptr); }},
      {"readlink",
       [] {
         std::array<char, 64> into{};
         return raw(SYS_readlink, "/proc/self/exe", into.data(), into.size());
       }},
      {"statfs",
       [] {
         std::array<char, 256> into{};
         return raw(SYS_statfs, "/", into.data());
       }},
      {"getxattr", [] { return raw(SYS_getxattr, kOutside, "user.x", nullptr, 0); }},
      {"chmod", [] { return raw(SYS_chmod, "/tmp", 0777); }},
      {"chown", [] { return raw(SYS_chown, "/tmp", 0, 0); }},
      {"rename", [] { return raw(SYS_rename, "/tmp/careo-a", "/tmp/careo-b"); }},
      {"link", [] { return raw(SYS_link, kOutside, "/tmp/careo-probe"); }},
      {"symlink", [] { return raw(SYS_symlink, kOutside, "/tmp/careo-probe"); }},
      {"mkdir", [] { return raw(SYS_mkdir, "/tmp/careo-probe", 0700); }},
      {"mknod", [] { return raw(SYS_mknod, "/tmp/careo-probe", S_IFIFO | 0600, 0); }},
      {"truncate", [] { return raw(SYS_truncate, "/tmp/careo-probe", 0); }},
      {"utimensat", [] { return raw(SYS_utimensat, AT_FDCWD, "/tmp", nullptr, 0); }},
      {"chdir", [] { return raw(SYS_chdir, "/tmp"); }},
      {"chroot", [] { return raw(SYS_chroot, "/tmp"); }},
      {"TCP socket", [] { return socket_of(AF_INET, SOCK_STREAM); }},
      {"UDP socket", [] { return socket_of(AF_INET, SOCK_DGRAM); }},
      {"IPv6 socket", [] { return socket_of(AF_INET6, SOCK_STREAM); }},
      {"UNIX socket", [] { return socket_of(AF_UNIX, SOCK_STREAM); }},
      {"netlink socket", [] { return socket_of(AF_NETLINK, SOCK_RAW); }},
      {"socket pair",
       [] {
         std::array<int, 2> fds{};
         return raw(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, fds.data());
       }},
      {"pass a descriptor", pass_descriptor},
      {"take a descriptor", take_descriptor},
      {"execve", [] { return execute(SYS_execve); }},
      {"execveat", [] { return execute(SYS_execveat); }},
      {"fork", fork_by_name},
      {"fork by clone", fork_by_clone},
      {"fork by clone3", fork_by_clone3},
      {"start an odd thread", start_odd_thread},
      {"start a thread in a namespace of its own", start_thread_in_namespace},
      {"signal a neighbour", [] { return raw(SYS_kill, a_neighbour(), SIGTERM); }},
      {"signal everyone", [] { return raw(SYS_kill, -1, 0); }},
      {"signal a neighbour's thread", [] { return raw(SYS_tgkill, a_neighbour(), a_neighbour(), 0); }},
      {"queue a signal",
       [] {
         std::array<char, 128> info{};
         return raw(SYS_rt_sigqueueinfo, a_neighbour(), SIGUSR1, info.data());
       }},
      {"ptrace a neighbour", [] { return raw(SYS_ptrace, PTRACE_ATTACH, a_neighbour(), 0, 0); }},
      {"own memory as a file", read_own_memory_file},
      {"a neighbour's memory as a file", read_parents_memory_file},
      {"process_vm_readv", [] { return read_memory_of(a_neighbour()); }},
      {"process_vm_writev", [] { return write_memory_of(a_neighbour()); }},
      {"pidfd_open", [] { return raw(SYS_pidfd_open, a_neighbour(), 0); }},
      {"pidfd_getfd", [] { return raw(SYS_pidfd_getfd, 0, 0, 0); }},
      {"kcmp", [] { return raw(SYS_kcmp, ::getpid(), a_neighbour(), 0, 0, 0); }},
      {"io_uring",
       [] {
         std::array<char, 256> parameters{};
         return raw(SYS_io_uring_setup, 4, parameters.data());
       }},
      {"bpf",
       [] {
         std::array<char, 128> attributes{};
         return raw(SYS_bpf, 0, attributes.data(), attributes.size());
       }},
      {"mount", [] { return raw(SYS_mount, "none", "/tmp", "tmpfs", 0, nullptr); }},
      {"new mount API", [] { return raw(SYS_fsopen, "tmpfs", 0); }},
      {"unshare", [] { return raw(SYS_unshare, CLONE_NEWUSER); }},
      {"setns", [] { return raw(SYS_setns, 0, 0); }},
      {"memfd", [] { return raw(SYS_memfd_create, "probe", 0); }},
      {"userfaultfd", [] { return raw(SYS_userfaultfd, 0); }},
      {"keyctl", [] { return raw(SYS_keyctl, 0, -3, 1, 0, 0); }},
      {"add_key", [] { return raw(SYS_add_key, "user", "careo", "x", 1, -3); }},
      {"map code", map_code},
      {"write, then execute", write_then_execute},
      {"protection key", protect_with_key},
      {"raise own limit", raise_limit},
      {"raise another's limit", raise_limit_of_parent},
      {"setrlimit",
       [] {
         const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
         return raw(SYS_setrlimit, RLIMIT_CPU, &more);
       }},
      {"x32 call", [] { return raw(SYS_getpid | 0x40000000); }},
      {"i386 call", old_interrupt},
      {"type into a terminal", type_into_terminal},
      {"inotify", [] { return raw(SYS_inotify_init1, 0); }},
      {"fanotify", [] { return raw(SYS_fanotify_init, 0, 0); }},
      {"perf_event_open",
       [] {
         std::array<char, 128> attributes{};
         return raw(SYS_perf_event_open, attributes.data(), 0, -1, -1, 0);
       }},
      {"personality", [] { return raw(SYS_personality, 0x0400000); }},
      {"prctl", [] { return raw(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }},
      {"another filter", [] { return raw(SYS_seccomp, 1, 0, nullptr); }},
      {"setuid", [] { return raw(SYS_setuid, 0); }},
      {"capset", [] { return raw(SYS_capset, nullptr, nullptr); }},
      {"open by handle", [] { return raw(SYS_open_by_handle_at, 0, nullptr, 0); }},
      {"host name", host_name},
      {"sysinfo",
       [] {
         std::array<char, 128> info{};
         return raw(SYS_sysinfo, info.data());
       }},
      {"duplicate a descriptor", [] { return raw(SYS_dup, 0); }},
      {"event descriptor", [] { return raw(SYS_eventfd2, 0, 0); }},
      {"pipe",
       [] {
         std::array<int, 2> fds{};
         return raw(SYS_pipe2, fds.data(), 0);
       }},
      {"shared memory", [] { return raw(SYS_shmget, 0, 4096, 01600); }},
      {"message queue", [] { return raw(SYS_msgget, 0, 01600); }},
      {"timer",
       [] {
         int id = 0;
         return raw(SYS_timer_create, CLOCK_MONOTONIC, nullptr, &id);
       }},
      {"another processor",
       [] {
         const std::uint64_t mask = 1;
         return raw(SYS_sched_setaffinity, a_neighbour(), sizeof mask, &mask);
       }},
      {"priority", [] { return raw(SYS_setpriority, PRIO_PROCESS, a_neighbour(), 0); }},
      {"set the clock",
       [] {
         const timespec time{};
         return raw(SYS_clock_settime, CLOCK_REALTIME, &time);
       }},
      {"load a module", [] { return raw(SYS_finit_module, 0, "", 0); }},
      {"port access", [] { return raw(SYS_iopl, 3); }},
      {"descriptor table", [] { return raw(SYS_modify_ldt, 0, nullptr, 0); }},
      {"answer its own broker", answer_own_broker},
  };
  return kProbes;
}

const std::vector<Probe>& wanted_probes() {
  static const std::vector<Probe> kProbes = {
      {"open a shared file", [] { return opened(kFonts, O_RDONLY | O_CLOEXEC); }},
      {"read a shared file",
       [] {
         std::array<char, 8> into{};
         const int fd = ::open(kFonts, O_RDONLY);
         return ::read(fd, into.data(), into.size()) == 8 ? 0 : errno;
       }},
      {"stdio on a shared file",
       [] {
         std::FILE* file = std::fopen(kFonts, "re");
         if (file == nullptr) return errno;
         std::array<char, 8> into{};
         const bool read = std::fread(into.data(), 1, into.size(), file) == into.size();
         std::fclose(file);
         return read ? 0 : EIO;
       }},
      {"stat a shared file",
       [] {
         struct stat status {};
         return ::stat(kFonts, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 ? 0 : errno;
       }},
      {"stat a descriptor",
       [] {
         struct stat status {};
         return ::fstat(1, &status) == 0 && S_ISSOCK(status.st_mode) ? 0 : errno;
       }},
      {"a missing shared file is missing",
       [] { return ::open("/etc/fonts/careo-is-not-here", O_RDONLY) < 0 && errno == ENOENT ? 0 : EIO; }},
      {"list a shared folder",
       [] {
         DIR* folder = ::opendir("/etc/fonts");
         if (folder == nullptr) return errno;
         const bool listed = ::readdir(folder) != nullptr;
         ::closedir(folder);
         return listed ? 0 : EIO;
       }},
      {"start a thread as confined as we are", start_thread},
      {"memory",
       [] {
         void* got = std::malloc(64U << 20);
         std::free(got);
         return got != nullptr ? 0 : ENOMEM;
       }},
      {"time",
       [] {
         timespec time{};
         return raw(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
       }},
      {"own limits",
       [] {
         rlimit limit{};
         return ::getrlimit(RLIMIT_STACK, &limit) == 0 ? 0 : errno;
       }},
  };
  return kProbes;
}

}  // namespace careo
