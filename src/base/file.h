// SPDX-License-Identifier: Apache-2.0
// The one door to the disk for everything a case writes. The real disk, and one in memory that remembers every call so
// that a power cut can be replayed at any of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

/// An open file. Writes are not durable before sync() returns. Not safe to share between threads.
class File {
 public:
  virtual ~File() = default;
  virtual Result<Buffer> read(std::uint64_t offset, std::uint64_t length) = 0;  ///< fewer bytes only at the end
  virtual Result<void> write(std::uint64_t offset, Bytes bytes) = 0;
  virtual Result<void> truncate(std::uint64_t length) = 0;
  virtual Result<void> sync() = 0;
  virtual Result<std::uint64_t> size() = 0;
};

/// Names are plain names below the case's folder, without '/'.
class Disk {
 public:
  enum class Mode { Read, Write, Create };  ///< Create fails where the file exists
  virtual ~Disk() = default;
  virtual Result<std::unique_ptr<File>> open(const std::string& name, Mode mode) = 0;
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<void> remove(const std::string& name) = 0;
  virtual Result<std::vector<std::string>> list() = 0;  ///< sorted
  virtual Result<void> sync() = 0;                      ///< makes creations, renames and removals durable
  /// Holds the folder for one writer; Refused where another process holds it. One that holds it for a moment is waited
  /// for, three seconds at most.
  virtual Result<void> lock() = 0;
  /// Holds it for a moment, so that no other opens it at once; Refused where another process holds it.
  virtual Result<void> lock_for_a_moment() { return lock(); }
  virtual void unlock() = 0;
  virtual std::string path(const std::string& name) const = 0;  ///< for libraries that open files themselves
};

/// The folder `path` on the real disk; `make` creates it (0700), Refused where it exists and is not empty.
enum class Folder { Existing, Make };
Result<std::unique_ptr<Disk>> open_disk(const std::string& path, Folder folder);

}  // namespace careo
