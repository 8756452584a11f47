// SPDX-License-Identifier: Apache-2.0
#include "wire/broker.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::uint32_t kMostCalls = 20'000;  // a child that asks more is playing with us
constexpr std::size_t kPage = 4096;           // process_vm_readv stops at an unmapped page: read page by page
constexpr std::uint64_t kHarmlessFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_DIRECTORY | O_NOCTTY | O_NOFOLLOW;
constexpr std::uint64_t kLargeFile = 0100000;  // O_LARGEFILE is 0 in glibc's headers, not on the wire

bool is_below(std::string_view path, std::string_view root) {
  if (!path.starts_with(root)) return false;
  return path.size() == root.size() || path[root.size()] == '/';
}

// Roots may be links themselves (/usr/lib on a merged system), so each has the name it was asked by and a real one.
struct Root {
  std::string asked;
  std::string real;
};

std::vector<Root> resolve_roots() {
  std::vector<Root> out;
  for (const std::string& root : shared_roots()) {
    char* real = ::realpath(root.c_str(), nullptr);
    if (real == nullptr) continue;
    out.push_back({root, real});
    std::free(real);  // NOLINT: realpath's own
  }
  return out;
}

const std::vector<Root>& roots() {
  static const std::vector<Root> kRoots = resolve_roots();
  return kRoots;
}

bool asks_below_root(const std::string& path) {
  if (path.find("/..") != std::string::npos) return false;  // no need to be clever: no library asks so
  for (const Root& root : roots())
    if (is_below(path, root.asked) || is_below(path, root.real)) return true;
  return false;
}

// What the descriptor really is, after every link: the inode is pinned, so nothing can be swapped behind the check.
bool is_really_below_root(int fd) {
  char name[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t length = ::readlink(link.c_str(), name, sizeof name);
  if (length <= 0 || length >= static_cast<ssize_t>(sizeof name)) return false;
  const std::string_view path(name, static_cast<std::size_t>(length));
  for (const Root& root : roots())
    if (is_below(path, root.real)) return true;
  return false;
}

bool is_file_or_folder(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

// Opened by name only: neither readable nor a side effect yet. errno says why not.
Descriptor pin(const std::string& path) {
  if (!asks_below_root(path)) {
    errno = EACCES;
    return Descriptor();
  }
  Descriptor out(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!out) return out;
  if (is_file_or_folder(out.get()) && is_really_below_root(out.get())) return out;
  errno = EACCES;
  return Descriptor();
}

// Code cannot be mapped in confinement, so a module that was not loaded before is as missing as a foreign file.
bool is_code(const std::string& path) {
  return path.ends_with(".so") || path.find(".so.") != std::string::npos;
}

// Files whose absence changes no text and no pixel: the state of the machine.
bool is_beside_the_point(const std::string& path) {
  for (const std::string_view root : {"/proc", "/sys", "/dev", "/etc/localtime", "/usr/share/zoneinfo"})
    if (is_below(path, root)) return true;
  return false;
}

}  // namespace

const std::vector<std::string>& shared_roots() {
  static const std::vector<std::string> kRoots = {"/usr/share/poppler",        "/usr/share/fonts",
                                                  "/usr/share/fontconfig",     "/etc/fonts",
                                                  "/var/cache/fontconfig",     "/usr/lib/x86_64-linux-gnu/gconv",
                                                  "/usr/lib64/gconv",          "/usr/share/tesseract-ocr",
                                                  "/usr/share/tessdata",       "/usr/lib/locale/C.utf8",
                                                  "/usr/share/misc/magic.mgc", "/usr/lib/file/magic.mgc"};
  return kRoots;
}

struct Broker::Call {
  std::uint64_t id = 0;
  int number = 0;
  std::uint64_t arguments[6] = {};
};

Broker::Broker(Descriptor listener, int child, std::function<void(const std::string&)> refused)
    : listener_(std::move(listener)), child_(child), refused_(std::move(refused)) {}

bool Broker::answer() {
  seccomp_notif request{};
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &request) != 0) return errno == EINTR;
  Call call;
  call.id = request.id;
  call.number = request.data.nr;
  for (int i = 0; i < 6; ++i) call.arguments[i] = request.data.args[i];
  // Whichever thread asks: its memory and its descriptors are the child's.
  if (++calls_ > kMostCalls) {
    reply(call.id, 0, EACCES);
  } else {
    handle(call);
  }
  return true;
}

Result<std::string> Broker::path_at(const Call& call, std::uint64_t address) const {
  std::string out;
  while (out.size() < PATH_MAX) {
    char piece[kPage];
    const std::size_t want = kPage - (address + out.size()) % kPage;
    const iovec here{piece, want};
    const iovec there{reinterpret_cast<void*>(address + out.size()), want};  // NOLINT: an address in the child
    const ssize_t got = ::process_vm_readv(child_, &here, 1, &there, 1, 0);
    if (got <= 0) return fail(Fault::Malformed, "a path that cannot be read");
    const std::string_view text(piece, static_cast<std::size_t>(got));
    const std::size_t end = text.find('\0');
    out.append(text.substr(0, end));
    if (end == std::string_view::npos) continue;
    // The child may have died and its number may be another's by now: then what was read is worthless.
    std::uint64_t id = call.id;
    if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_ID_VALID, &id) != 0) break;
    return out;
  }
  return fail(Fault::Malformed, "a path that cannot be read");
}

void Broker::handle(const Call& call) {
  const bool has_folder = call.number == SYS_openat || call.number == SYS_newfstatat || call.number == SYS_faccessat ||
                          call.number == SYS_faccessat2;
  const std::uint64_t* const rest = call.arguments + (has_folder ? 1 : 0);
  const auto path = path_at(call, rest[0]);
  if (!path) return reply(call.id, 0, EFAULT);
  if (call.number == SYS_newfstatat && path->empty()) return own_status(call);
  switch (call.number) {
    case SYS_open:
    case SYS_openat: return open_file(call, *path, rest[1]);
    case SYS_access:
    case SYS_faccessat:
    case SYS_faccessat2: {
      const Descriptor file = pin(*path);
      const int why = errno;
      if (!file) note_refusal(*path);
      return reply(call.id, 0, !file ? why : (rest[1] & W_OK) != 0 ? EACCES : 0);
    }
    default: break;
  }
  Descriptor file = pin(*path);
  const int why = errno;
  if (file) return give_status(call, std::move(file), rest[1]);
  note_refusal(*path);
  reply(call.id, 0, why);
}

void Broker::open_file(const Call& call, const std::string& path, std::uint64_t flags) {
  if ((flags & ~(kHarmlessFlags | kLargeFile)) != 0) return reply(call.id, 0, EACCES);
  Descriptor pinned = is_code(path) ? Descriptor() : pin(path);
  const int why = is_code(path) ? EACCES : errno;
  if (!pinned) {
    note_refusal(path);
    return reply(call.id, 0, why);
  }
  const std::string link = "/proc/self/fd/" + std::to_string(pinned.get());
  const int folder = (flags & O_DIRECTORY) != 0 ? O_DIRECTORY : 0;
  const Descriptor file(::open(link.c_str(), O_RDONLY | O_CLOEXEC | folder));
  if (!file) return reply(call.id, 0, errno);
  seccomp_notif_addfd add{};
  add.id = call.id;
  add.srcfd = static_cast<std::uint32_t>(file.get());
  add.newfd_flags = O_CLOEXEC;
  const int given = ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_ADDFD, &add);
  if (given < 0) return reply(call.id, 0, errno == EMFILE ? EMFILE : EACCES);
  reply(call.id, given, 0);
}

// fstat() of glibc 2.36 is newfstatat with an empty path: its own descriptors, nothing else.
void Broker::own_status(const Call& call) {
  const auto fd = static_cast<std::int32_t>(call.arguments[0]);
  if ((call.arguments[3] & AT_EMPTY_PATH) == 0 || fd < 0) return reply(call.id, 0, ENOENT);
  const std::string name = "/proc/" + std::to_string(child_) + "/fd/" + std::to_string(fd);
  Descriptor file(::open(name.c_str(), O_PATH | O_CLOEXEC));
  if (!file) return reply(call.id, 0, EBADF);
  give_status(call, std::move(file), call.arguments[2]);
}

void Broker::give_status(const Call& call, Descriptor file, std::uint64_t out_address) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return reply(call.id, 0, errno);
  const iovec here{&status, sizeof status};
  const iovec there{reinterpret_cast<void*>(out_address), sizeof status};  // NOLINT: an address in the child
  const ssize_t wrote = ::process_vm_writev(child_, &here, 1, &there, 1, 0);
  reply(call.id, 0, wrote == static_cast<ssize_t>(sizeof status) ? 0 : EFAULT);
}

void Broker::note_refusal(const std::string& path) {
  if (path.empty() || path[0] != '/' || is_beside_the_point(path)) return;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  std::string name = path.substr(path.rfind('/') + 1);
  if (name.size() > 100) name.resize(100);
  refused_(clean_utf8(name).text);
}

void Broker::reply(std::uint64_t id, std::int64_t value, int error) {
  seccomp_notif_resp response{};
  response.id = id;
  response.val = value;
  response.error = -error;
  ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &response);  // fails only when the child is dead
}

}  // namespace careo
