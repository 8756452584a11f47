// SPDX-License-Identifier: Apache-2.0
// A source: what was added to a case, with how and when it was received.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/hash.h"
#include "evidence/trail.h"

namespace careo {

/// One file of a source as it was when it was hashed, before anything read it.
struct SourceFile {
  std::string path;  ///< below the source, '/' between names, bytes as the file system gave them
  std::uint64_t length = 0;
  Sha256 sha256;
  std::string failure;  ///< "" or why it could not be hashed, its kind first ("locked: ..."): it is listed all the same
  auto operator<=>(const SourceFile&) const = default;
};

struct Source {
  SourceId id;
  std::string label;  ///< what the person typed, for people
  Instant received = 0;
  std::string how;                ///< in the person's words
  std::string from;               ///< who gave it: kept in the sealed compartment, never in an outcome
  std::vector<SourceFile> files;  ///< sorted by path
  SourceId came_as;               ///< what it was called while it came in (coming_id), "": it came at once
  std::uint64_t to_come = 0;      ///< files below it that are not named yet; above 0 only while `id` is `came_as`

  /// Folders below it in which nothing stands, sorted: said by the inventory, no parts of the case. What comes out of a
  /// browser names those that were dropped, not those of a chosen folder.
  std::vector<std::string> empty_folders = {};

  bool coming() const { return !came_as.empty() && id == came_as; }
};

/// Adds to `folders` those of `more` that it does not have, in order: another walk of the same folder may see more.
void add_folders(std::vector<std::string>* folders, const std::vector<std::string>& more);

/// The id that the listing gives: paths, lengths and hashes, nothing about time, place or label, so that adding the
/// same leak again is known to be the same.
SourceId source_id(const std::vector<SourceFile>& files);

/// A browser takes half a millisecond to say how long a file is: of more files only the paths make the name.
inline constexpr std::size_t kMeasuredFiles = 200;

/// What a source is called until all of its files are hashed: by their paths, and the lengths of the first. The same
/// folder, found again after a kill, is called the same. REQUIRES: sorted by path.
SourceId coming_id(const std::vector<SourceFile>& files);

}  // namespace careo
