// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "base/descriptor.h"

namespace careo {
namespace {

constexpr const char* kLockName = "lock";
// One call moves at most this much: Linux itself stops at 0x7ffff000 bytes.
constexpr std::uint64_t kMaxCall = 1ULL << 30;

tl::unexpected<Error> io_error(const std::string& what, int number) {
  const Fault fault = number == ENOENT ? Fault::NotFound : Fault::Io;
  // Said of O_NOFOLLOW, whose own words ("too many levels of symbolic links") mislead.
  return fail(fault, what + ": " + (number == ELOOP ? "a symbolic link, not followed" : std::strerror(number)));
}

class RealFile : public File {
 public:
  RealFile(Descriptor descriptor, std::string path) : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    // The size bounds the buffer, so that a hostile length costs nothing.
    const std::uint64_t end = TRY(size());
    Buffer out(offset >= end ? 0 : std::min(length, end - offset));
    std::size_t done = 0;
    while (done < out.size()) {
      const auto want = std::min<std::uint64_t>(out.size() - done, kMaxCall);
      const auto got = ::pread(descriptor_.get(), out.data() + done, want, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return io_error("cannot read " + path_, errno);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    out.resize(done);
    return out;
  }

  Result<void> write(std::uint64_t offset, Bytes bytes) override {
    while (!bytes.empty()) {
      const auto want = std::min<std::uint64_t>(bytes.size(), kMaxCall);
      const auto put = ::pwrite(descriptor_.get(), bytes.data(), want, static_cast<off_t>(offset));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return io_error("cannot write " + path_, errno);
      if (put == 0) return io_error("cannot write " + path_, EIO);
      bytes = bytes.subspan(static_cast<std::size_t>(put));
      offset += static_cast<std::uint64_t>(put);
    }
    return {};
  }

  Result<void> truncate(std::uint64_t length) override {
    if (::ftruncate(descriptor_.get(), static_cast<off_t>(length)) != 0)
      return io_error("cannot shorten " + path_, errno);
    return {};
  }

  // fdatasync also writes the length, all that is needed to read the bytes back. Never retried: after a failure the
  // kernel may have dropped the pages, and a second call would say yes about bytes that are gone.
  Result<void> sync() override {
    if (::fdatasync(descriptor_.get()) != 0) return io_error("cannot make durable " + path_, errno);
    return {};
  }

  Result<std::uint64_t> size() override {
    struct stat info {};
    if (::fstat(descriptor_.get(), &info) != 0) return io_error("cannot read the size of " + path_, errno);
    return static_cast<std::uint64_t>(info.st_size);
  }

 private:
  Descriptor descriptor_;
  std::string path_;
};

bool is_plain(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

// Does a process that writes hold the lock file? One that holds it for a moment has no range of it.
bool is_held_to_write(int descriptor) {
  struct flock query {};
  query.l_type = F_WRLCK;
  query.l_whence = SEEK_SET;
  return ::fcntl(descriptor, F_GETLK, &query) == 0 && query.l_type != F_UNLCK;
}

// "process 1234 (careo)": who holds the range of the lock file, as the kernel knows it.
std::string holder_of(int descriptor) {
  struct flock query {};
  query.l_type = F_WRLCK;
  query.l_whence = SEEK_SET;
  if (::fcntl(descriptor, F_GETLK, &query) != 0 || query.l_type == F_UNLCK || query.l_pid <= 0)
    return "this process or one of another machine";
  const std::string number = std::to_string(query.l_pid);
  const Descriptor words(::open(("/proc/" + number + "/cmdline").c_str(), O_RDONLY | O_CLOEXEC));
  char line[512] = {};
  const auto got = words.get() < 0 ? 0 : ::read(words.get(), line, sizeof line - 1);
  if (got <= 0) return "process " + number;
  std::string name(line);  // words are parted by NUL
  const std::string second = name.size() + 1 < sizeof line ? line + name.size() + 1 : "";
  name = name.substr(name.find_last_of('/') + 1);
  // What it does, where that is one plain word; all else may be somebody's path.
  const bool plain = !second.empty() && std::ranges::all_of(second, [](char c) { return c >= 'a' && c <= 'z'; });
  return "process " + number + " (" + name + (plain ? " " + second : "") + ")";
}

class RealDisk : public Disk {
 public:
  RealDisk(Descriptor folder, std::string path) : folder_(std::move(folder)), path_(std::move(path)) {}

  Result<std::unique_ptr<File>> open(const std::string& name, Mode mode) override {
    if (!is_plain(name)) return fail(Fault::Refused, "not a plain file name: " + name);
    int flags = O_CLOEXEC | O_NOFOLLOW;
    if (mode == Mode::Read) flags |= O_RDONLY;
    if (mode == Mode::Write) flags |= O_RDWR;
    if (mode == Mode::Create) flags |= O_RDWR | O_CREAT | O_EXCL;
    Descriptor out(::openat(folder_.get(), name.c_str(), flags, 0600));
    if (out.get() < 0) return io_error("cannot open " + path(name), errno);
    return std::make_unique<RealFile>(std::move(out), path(name));
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    if (!is_plain(from) || !is_plain(to)) return fail(Fault::Refused, "not a plain file name");
    if (::renameat(folder_.get(), from.c_str(), folder_.get(), to.c_str()) != 0)
      return io_error("cannot rename " + path(from), errno);
    return {};
  }

  Result<void> remove(const std::string& name) override {
    if (!is_plain(name)) return fail(Fault::Refused, "not a plain file name");
    if (::unlinkat(folder_.get(), name.c_str(), 0) != 0) return io_error("cannot remove " + path(name), errno);
    return {};
  }

  Result<std::vector<std::string>> list() override {
    const int again = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* const stream = again < 0 ? nullptr : ::fdopendir(again);
    if (stream == nullptr) return io_error("cannot list " + path_, errno);
    std::vector<std::string> out;
    errno = 0;
    while (const dirent* entry = ::readdir(stream)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") out.push_back(name);
    }
    const int failure = errno;
    ::closedir(stream);
    if (failure != 0) return io_error("cannot list " + path_, failure);
    std::sort(out.begin(), out.end());
    return out;
  }

  Result<void> sync() override {
    if (::fsync(folder_.get()) != 0) return io_error("cannot make durable " + path_, errno);
    return {};
  }

  // Two locks on an empty file: flock() keeps out every other opener, this process's own too, and goes with the
  // process; fcntl() knows its holder's number, which flock() does not tell, so nothing has to be written down.
  Result<void> lock() override {
    Descriptor out = TRY(lock_file());
    for (int waited = 0; ::flock(out.get(), LOCK_EX | LOCK_NB) != 0; ++waited) {
      if (errno != EWOULDBLOCK) return io_error("cannot lock " + path(kLockName), errno);
      if (waited == kMostWaits || is_held_to_write(out.get()))
        return fail(Fault::Refused, "held by " + holder_of(out.get()) + ", which is writing to it: " + path_);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    struct flock mine {};
    mine.l_type = F_WRLCK;
    mine.l_whence = SEEK_SET;
    static_cast<void>(::fcntl(out.get(), F_SETLK, &mine));  // only tells who; flock() above is what holds
    lock_ = std::move(out);
    return {};
  }

  Result<void> lock_for_a_moment() override {
    Descriptor out = TRY(lock_file());
    if (::flock(out.get(), LOCK_EX | LOCK_NB) != 0) return fail(Fault::Refused, "held by another process: " + path_);
    lock_ = std::move(out);
    return {};
  }

  void unlock() override { lock_ = Descriptor(-1); }

  std::string path(const std::string& name) const override { return path_ + "/" + name; }

 private:
  static constexpr int kMostWaits = 150;

  Result<Descriptor> lock_file() {
    Descriptor out(::openat(folder_.get(), kLockName, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.get() < 0) return io_error("cannot open " + path(kLockName), errno);
    return out;
  }

  Descriptor folder_;
  Descriptor lock_{-1};
  std::string path_;
};

Result<void> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) {
    // The name of the folder is durable once the folder above is.
    const std::size_t slash = path.find_last_of('/', path.find_last_not_of('/'));
    const std::string above = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    return TRY(open_disk(above, Folder::Existing))->sync();
  }
  if (errno != EEXIST) return io_error("cannot make " + path, errno);
  const auto existing = TRY(open_disk(path, Folder::Existing));
  if (!TRY(existing->list()).empty()) return fail(Fault::Refused, "exists and is not empty: " + path);
  return {};
}

}  // namespace

Result<std::unique_ptr<Disk>> open_disk(const std::string& path, Folder folder) {
  if (folder == Folder::Make) TRY(make_folder(path));
  Descriptor out(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (out.get() < 0) return io_error("cannot open " + path, errno);
  return std::make_unique<RealDisk>(std::move(out), path);
}

}  // namespace careo
