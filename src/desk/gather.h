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

/// A source as found on this machine: its record, and where each of its files stands (same order).
struct Gathering {
  Source source;
  std::vector<std::string> on_disk;
};

/// What the person says about a source.
struct SourceNote {
  std::string how;
  std::string from;
  Instant received = 0;
};

/// Walks `path` (a file or a folder; symbolic links are listed, not followed, so that no loop is walked) and hashes
/// every file. A file that cannot be read is listed with its reason; NotFound when `path` itself is not there.
/// Refused with "stopped" when `stop` was set.
Result<Gathering> gather(const std::string& path, const SourceNote& note, Progress& progress, const StopFlag& stop);

/// Streams a file in blocks of 1 MiB. With the system's words on failure: NotFound where it is gone, Denied where it
/// may not be read, else Io.
Result<void> stream_file(const std::string& path, const std::function<Result<void>(Bytes)>& block);

/// Why nothing came of a file, as the inventory says it (docs/formats/json.md): locked, damaged or vanished, then
/// words.
std::string why_not(const Error& error);

}  // namespace careo
