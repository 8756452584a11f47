// SPDX-License-Identifier: Apache-2.0
#include "wire/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "wire/starved.h"

namespace careo {
namespace {

constexpr int kLastAccessFlag[] = {0, 12, 13, 14, 14, 15, 15, 15};  // per ABI: the highest right it knows
constexpr int kNewestAbi = 7;
constexpr std::uint64_t kReadFile = 1ULL << 2;
constexpr std::uint64_t kReadDir = 1ULL << 3;
constexpr std::uint64_t kBindAndConnectTcp = 3;  // since ABI 4
constexpr std::uint64_t kSocketsAndSignals = 3;  // scopes, since ABI 6
constexpr rlim_t kOpenFiles = 64;                // what fontconfig and poppler keep open at once, and a little more

// struct landlock_ruleset_attr as of ABI 6; Debian 12's header ends at ABI 3. Older kernels take a prefix of it.
struct RulesetAttr {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;
  std::uint64_t scoped = 0;
};

struct __attribute__((packed)) PathBeneathAttr {
  std::uint64_t allowed_access = 0;
  std::int32_t parent_fd = -1;
};

int landlock_abi() {
  constexpr unsigned kAskVersion = 1;
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion);
  if (abi <= 0) return 0;
  return abi > kNewestAbi ? kNewestAbi : static_cast<int>(abi);
}

Descriptor make_ruleset(int abi) {
  RulesetAttr attr;
  attr.handled_access_fs = (2ULL << kLastAccessFlag[abi]) - 1;
  std::size_t size = sizeof attr.handled_access_fs;
  if (abi >= 4) {
    attr.handled_access_net = kBindAndConnectTcp;
    size += sizeof attr.handled_access_net;
  }
  if (abi >= 6) {
    attr.scoped = kSocketsAndSignals;
    size += sizeof attr.scoped;
  }
  return Descriptor(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attr, size, 0)));
}

void allow_reading(int ruleset, const std::string& root) {
  const Descriptor at(::open(root.c_str(), O_PATH | O_CLOEXEC));
  if (!at) return;  // a root this machine does not have
  PathBeneathAttr rule;
  rule.allowed_access = kReadFile | kReadDir;
  rule.parent_fd = at.get();
  constexpr int kPathBeneath = 1;
  if (::syscall(SYS_landlock_add_rule, ruleset, kPathBeneath, &rule, 0) == 0) return;
  rule.allowed_access = kReadFile;  // a root that is a file
  ::syscall(SYS_landlock_add_rule, ruleset, kPathBeneath, &rule, 0);
}

int landlock(const std::vector<std::string>& roots) {
  const int abi = landlock_abi();
  if (abi == 0) return 0;
  const Descriptor ruleset = make_ruleset(abi);
  if (!ruleset) return 0;
  for (const std::string& root : roots) allow_reading(ruleset.get(), root);
  return ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0 ? abi : 0;
}

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  ::setrlimit(resource, &value);  // lowering one's own limit does not fail
}

void set_limits(const Limits& limits) {
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, 0, 0);
  limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles);
  // No limit of processes: it counts a user's threads everywhere. The list of calls lets none be made.
  limit(RLIMIT_MEMLOCK, 0, 0);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  if (limits.cpu_seconds > 0) limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 2);
  // A sanitizer's shadow memory alone is terabytes of address space.
  if (limits.address_space > 0 && allocations_are_watched())
    limit(RLIMIT_AS, limits.address_space, limits.address_space);
}

Result<void> drop_privileges() {
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  // From the bounding set too, as far as we may: nothing is executed any more, so this is belt and braces.
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
    ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  if (::syscall(SYS_capset, &header, none) != 0) return io_error("dropping capabilities");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return io_error("giving up new privileges");
  return {};
}

long install(const Filter& filter, unsigned flags) {
  const sock_fprog program{static_cast<unsigned short>(filter.size()), const_cast<sock_filter*>(filter.data())};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

// The listener goes to the warm parent, which answers when it has it. False where this kernel, or the container we
// are in, grants no listener (at most one per process tree).
Result<bool> install_broker(int hand_over) {
  const Descriptor listener(static_cast<int>(install(broker_filter(), SECCOMP_FILTER_FLAG_NEW_LISTENER)));
  TRY(send_packet(hand_over, FrameType::Go, {}, listener.get()));
  const Received answer = TRY(receive_packet(hand_over, Wait::Yes));
  if (!answer.packet) return fail(Fault::Io, "the warm parent is gone");
  return static_cast<bool>(listener);
}

}  // namespace

int keep_only(const std::vector<std::string>& roots) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 0;
  return landlock(roots);
}

Result<Locked> lock_in(const Limits& limits, Descriptor hand_over) {
  Locked out;
  set_limits(limits);
  TRY(drop_privileges());
  out.landlock_abi = landlock({});
  out.broker = TRY(install_broker(hand_over.get()));
  hand_over.close();
  // By hand: a file that the parent had open must not be a child's way out.
  if (::syscall(SYS_close_range, 3U, ~0U, 0) != 0) return io_error("closing what is not ours");
  const Filter filter = child_filter(::getpid(), out.broker ? OpenCalls::Broker : OpenCalls::Refuse, limits.threads);
  out.seccomp = install(filter, 0) == 0;
  return out;
}

}  // namespace careo
