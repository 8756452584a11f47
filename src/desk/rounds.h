// SPDX-License-Identifier: Apache-2.0
// A folder is taken in in rounds, small files first: what came with one is read, and can be searched, before the next
// begins (docs/decisions/0024-in-rounds.md). The beginning of a large mailbox comes with the first
// (docs/decisions/0026-the-beginning-first.md).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "desk/forget.h"
#include "desk/gather.h"

namespace careo {

/// What comes with one round at most: the first is what two crews read in about a second. Each is four times the one
/// before: few enough that the source's record, which is written with each and names all that came so far, is written
/// once and a third.
struct RoundSize {
  std::uint64_t bytes = 8ULL << 20;
  std::size_t files = 1000;
  void grow() {
    bytes = std::max(bytes, bytes * 4);
    files = std::max(files, files * 4);
  }
};

class Rounds {
 public:
  /// Of what a walk found below `label`. As much of it as is in `before` comes with the first round: little of that is
  /// left to read. REQUIRES: `progress` and `stop` outlive this object.
  Rounds(std::string label, Walk found, const SourceNote& note, const std::vector<Source>& before, Forgotten forgotten,
         Progress& progress, const StopFlag& stop);

  std::uint64_t bytes() const { return bytes_; }  ///< of all files, as the walk saw them

  /// Hashes the files of the next round. The source is as far as it is known with them: until the last round it is
  /// called what it is while it comes in (coming_id). What was forgotten here before is left out, and told to the
  /// progress. Null: nothing is left.
  Result<std::optional<Gathering>> next(const Moved& moved);
  bool over() const { return over_; }  ///< nothing is left behind the round that came

 private:
  void start_behind(const Source& other);
  std::size_t end_of_round() const;
  Result<void> begin_head(std::size_t from);
  bool has_head(const Walk::File& file) const { return head_ && head_->path == file.path; }
  Result<void> take(const Walk::File& file, const Moved& moved);
  Gathering gathered();

  Progress& progress_;
  const StopFlag& stop_;
  const Forgotten forgotten_;
  Source source_;
  std::vector<SourceFile> left_out_;
  std::vector<Walk::File> files_;                         // small ones first
  std::unordered_map<std::string, std::string> on_disk_;  // of this round, by path
  std::uint64_t bytes_ = 0;
  std::size_t next_ = 0;
  std::optional<SourceFile> head_;  // of one that is to come; among the source's files until then
  std::string replaces_;            // whose beginning goes with this round
  RoundSize most_;                  // of the next round
  bool begun_ = false;
  bool over_ = false;
};

}  // namespace careo
