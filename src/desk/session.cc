// SPDX-License-Identifier: Apache-2.0
#include "desk/session.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "crypto/secret.h"

namespace careo {

Result<Session> Session::open(const std::string& path, const Key& key, Case::Access access) {
  Session out;
  out.store = TRY(Case::open(path, key, access));
  out.index = TRY(SearchIndex::open(out.store->index_database()));
  TRY(out.index->catch_up(*out.store));
  return out;
}

namespace {

// A key file in anonymous memory: its path exists while the descriptor does, and no disk ever holds it.
class MemoryKey {
 public:
  static Result<MemoryKey> make() {
    const int file = ::memfd_create("careo-key", MFD_CLOEXEC);
    if (file < 0) return fail(Fault::Io, std::string("no memory for a key: ") + std::strerror(errno));
    MemoryKey out(file);
    const Secret secret = Secret::random();
    if (::write(file, secret.bytes().data(), Secret::kSize) != static_cast<ssize_t>(Secret::kSize))
      return fail(Fault::Io, "no memory for a key");
    return out;
  }
  MemoryKey(MemoryKey&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  MemoryKey& operator=(MemoryKey&&) = delete;
  ~MemoryKey() {
    if (file_ >= 0) ::close(file_);
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  explicit MemoryKey(int file) : file_(file) {}
  int file_;
};

}  // namespace

Result<std::unique_ptr<Throwaway>> Throwaway::make() {
  std::error_code error;
  std::string folder = (std::filesystem::temp_directory_path(error) / "careo-read-XXXXXX").string();
  if (error || ::mkdtemp(folder.data()) == nullptr)
    return fail(Fault::Io, "no temporary folder: " + (error ? error.message() : std::strerror(errno)));
  std::unique_ptr<Throwaway> out(new Throwaway);
  out->folder_ = folder;
  const MemoryKey key_file = TRY(MemoryKey::make());
  Key key;
  key.key_file = key_file.path();
  TRY(Case::create(folder + "/case", key));
  out->session_ = TRY(Session::open(folder + "/case", key, Case::Access::Write));
  return out;
}

Throwaway::~Throwaway() {
  session_.index.reset();
  session_.store.reset();
  std::error_code ignored;  // a folder left behind holds sealed bytes whose key is gone
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace careo
