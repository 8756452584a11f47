// SPDX-License-Identifier: Apache-2.0
#include "desk/gather.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/descriptor.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

// Reads as long as it takes to hash at memory speed; larger blocks gained nothing.
constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kLeastBlock = 64 << 10;

std::string system_words() {
  return std::strerror(errno);
}

Fault fault_of(int number) {
  if (number == EACCES || number == EPERM) return Fault::Denied;
  return number == ENOENT ? Fault::NotFound : Fault::Io;
}

std::string why_not(int number, const std::string& words) {
  return why_not(Error{fault_of(number), words, {}, {}});
}

// What a path that is no regular file is called in the inventory.
std::string_view what_else(mode_t mode) {
  if (S_ISLNK(mode)) return "a symbolic link, not followed";
  if (S_ISFIFO(mode)) return "a pipe, not a file";
  if (S_ISSOCK(mode)) return "a socket, not a file";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "a device, not a file";
  return "not a file";
}

Result<struct stat> looked_at(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    const bool nothing = errno == ENOENT || errno == ENOTDIR;
    return fail(Fault::NotFound,
                nothing ? "there is nothing at " + path : "cannot look at " + path + ": " + system_words());
  }
  if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
    return fail(Fault::Unsupported, path + ": " + std::string(what_else(info.st_mode)));
  return info;
}

void note_failure(Walk* walk, std::string below, std::string on_disk, std::string reason) {
  walk->failures.push_back({std::move(below), 0, {}, std::move(reason)});
  walk->failed_on_disk.push_back(std::move(on_disk));
}

// Without recursion; the folder found last is the next one. A folder that cannot be listed is itself a failure with a
// name.
Walk walk_folder(const fs::path& root, const StopFlag& stop) {
  Walk out;
  std::vector<std::string> folders = {""};
  while (!folders.empty() && !stop) {
    const std::string below = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    fs::directory_iterator entries(root / below, error);
    if (error) {
      note_failure(&out, below.empty() ? "." : below, (root / below).string(), why_not(error.value(), error.message()));
      continue;
    }
    if (entries == fs::directory_iterator() && !below.empty()) out.empty_folders.push_back(below);
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
      if (error) break;
      const std::string name = entries->path().filename().string();
      std::string inside = below.empty() ? name : below + "/" + name;
      struct stat info {};
      const std::string on_disk = entries->path().string();
      if (::lstat(on_disk.c_str(), &info) != 0) {
        note_failure(&out, std::move(inside), on_disk, why_not(errno, system_words()));
      } else if (S_ISDIR(info.st_mode)) {
        folders.push_back(std::move(inside));
      } else if (S_ISREG(info.st_mode)) {
        out.files.push_back({std::move(inside), on_disk, static_cast<std::uint64_t>(info.st_size)});
      } else {
        note_failure(&out, std::move(inside), on_disk, "vanished: " + std::string(what_else(info.st_mode)));
      }
    }
    if (error)
      note_failure(&out, below.empty() ? "." : below, (root / below).string(), why_not(error.value(), error.message()));
  }
  std::sort(out.empty_folders.begin(), out.empty_folders.end());
  return out;
}

}  // namespace

std::string why_not(const Error& error) {
  const char* const kind = error.fault == Fault::Denied     ? "locked: "
                           : error.fault == Fault::NotFound ? "vanished: "
                                                            : "damaged: ";
  return kind + error.text();
}

Result<void> stream_file(const std::string& path, const std::function<Result<void>(Bytes)>& block, std::uint64_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (file.get() < 0) return fail(fault_of(errno), system_words());
  struct stat info = {};
  if (::fstat(file.get(), &info) != 0) return fail(fault_of(errno), system_words());
  // A leak is often a million small files: a block made for each, zeroed a page at a time, costs ten times the reading.
  Buffer buffer(std::clamp<std::size_t>(static_cast<std::size_t>(info.st_size), kLeastBlock, kBlock));
  while (most > 0) {
    const ssize_t count = ::read(file.get(), buffer.data(), std::min<std::uint64_t>(buffer.size(), most));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(Fault::Io, system_words());
    if (count == 0) return {};
    most -= static_cast<std::uint64_t>(count);
    TRY(block(Bytes(buffer).first(static_cast<std::size_t>(count))));
  }
  return {};
}

std::uint64_t Walk::bytes() const {
  std::uint64_t out = 0;
  for (const File& file : files) out += file.length;
  return out;
}

Result<void> look_at(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) TRY(looked_at(path));
  return {};
}

Result<Walk> walk(const std::string& path, const StopFlag& stop) {
  const struct stat info = TRY(looked_at(path));
  Walk out;
  if (S_ISDIR(info.st_mode)) {
    out = walk_folder(path, stop);
  } else {
    out.files.push_back({fs::path(path).filename().string(), path, static_cast<std::uint64_t>(info.st_size)});
  }
  if (stop) return fail(Fault::Refused, "stopped");
  return out;
}

Result<SourceFile> hashed(const Walk::File& file, const Moved& moved, const StopFlag& stop) {
  SourceFile out{file.path, 0, {}, ""};
  Hasher hasher;
  const auto read = stream_file(file.on_disk, [&](Bytes block) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    hasher.update(block);
    out.length += block.size();
    moved(block.size());
    return {};
  });
  if (stop) return fail(Fault::Refused, "stopped");
  out.sha256 = hasher.finish();
  if (!read) out = {file.path, 0, {}, why_not(read.error())};
  return out;
}

Result<Gathering> gather(const std::string& path, const SourceNote& note, Progress& progress, const StopFlag& stop) {
  Walk found = TRY(walk(path, stop));
  Tally tally;
  tally.phase = "hashing";
  tally.total = found.files.size();
  tally.total_bytes = found.bytes();
  std::vector<std::pair<SourceFile, std::string>> all;
  for (std::size_t i = 0; i < found.failures.size(); ++i)
    all.emplace_back(std::move(found.failures[i]), std::move(found.failed_on_disk[i]));
  const auto moved = [&](std::uint64_t bytes) {
    tally.bytes += bytes;
    progress.tell(tally);
  };
  for (Walk::File& file : found.files) {
    all.emplace_back(TRY(hashed(file, moved, stop)), std::move(file.on_disk));
    ++tally.done;
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first.path < b.first.path; });

  Gathering out;
  out.source.label = path;
  out.source.how = note.how;
  out.source.from = note.from;
  out.source.received = note.received;
  out.source.empty_folders = std::move(found.empty_folders);
  for (auto& [file, on_disk] : all) {
    out.source.files.push_back(std::move(file));
    out.on_disk.push_back(std::move(on_disk));
  }
  out.source.id = source_id(out.source.files);
  return out;
}

}  // namespace careo
