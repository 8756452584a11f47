// SPDX-License-Identifier: Apache-2.0
// The first step of adding: find the files below a path and hash them, before anything reads them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "desk/progress.h"
#include "evidence/source.h"

namespace careo {

/// What stands below a path, before anything of it is read. Symbolic links are listed, not followed, so that no loop is
/// walked.
struct Walk {
  struct File {
    std::string path;  ///< below the source
    std::string on_disk;
    std::uint64_t length = 0;
  };
  std::vector<File> files;
  std::vector<SourceFile> failures;  ///< what is no file, or may not be looked at; with where it stands, in order
  std::vector<std::string> failed_on_disk;
  std::vector<std::string> empty_folders;  ///< below the source; not the source itself

  std::uint64_t bytes() const;
};

/// A source as found on this machine: its record, and where each of its files stands (same order; "": it came before).
struct Gathering {
  Source source;
  std::vector<std::string> on_disk;
  std::string head;      ///< path of the file of which the beginning alone is among them (desk/head.h); "": none
  std::string replaces;  ///< path of the one whose beginning goes with this record; "": none
};

/// What the person says about a source.
struct SourceNote {
  std::string how;
  std::string from;
  Instant received = 0;
};

/// What a person names is looked at before anything is read: NotFound where nothing is there or it may not be looked
/// at, Unsupported where it is neither a file nor a folder.
Result<void> look_at(const std::vector<std::string>& paths);

/// Walks a file or a folder. NotFound when `path` itself is not there; Refused with "stopped" when `stop` was set.
Result<Walk> walk(const std::string& path, const StopFlag& stop);

/// Told how many bytes were dealt with, a block at a time.
using Moved = std::function<void(std::uint64_t)>;

/// Hashes a file of a walk. One that cannot be read has its reason as its failure. Refused with "stopped".
Result<SourceFile> hashed(const Walk::File& file, const Moved& moved, const StopFlag& stop);

/// Walks `path` and hashes every file.
Result<Gathering> gather(const std::string& path, const SourceNote& note, Progress& progress, const StopFlag& stop);

/// Streams a file in blocks of 1 MiB. With the system's words on failure: NotFound where it is gone, Denied where it
/// may not be read, else Io. Not more than `most` bytes.
Result<void> stream_file(const std::string& path, const std::function<Result<void>(Bytes)>& block,
                         std::uint64_t most = UINT64_MAX);

/// Why nothing came of a file, as the inventory says it (docs/formats/json.md): locked, damaged or vanished, then
/// words.
std::string why_not(const Error& error);

}  // namespace careo
