// SPDX-License-Identifier: Apache-2.0
// Files that come as a stream and not from the disk: dropped into the browser, or pasted. Their bytes go sealed into
// the case as they come; nothing of them touches the disk in clear. What was announced comes in rounds, as a folder on
// the disk does (docs/decisions/0024-in-rounds.md).
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "desk/forget.h"
#include "desk/rounds.h"
#include "store/case.h"

namespace careo {

/// One source while it comes in. Between begin() and end() nobody else may keep bytes in the case; reading is free.
/// Killed anywhere: bytes that no source names are in the log and in no account; receiving them again is cheap.
class Reception {
 public:
  /// REQUIRES: `store` and `guard` outlive this object.
  Reception(Case& store, std::recursive_mutex& guard) : store_(store), guard_(guard) {}
  ~Reception();
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  struct Plan {
    /// How many files come with each, in the order in which they were announced, without what has come. The first may
    /// be none: then the beginning of a file comes with it, where one is wanted.
    std::vector<std::size_t> rounds;
    std::uint64_t long_file = 0;  ///< behind the first round the beginning of the first mailbox that long; 0: of none
  };
  /// Says what will come: small ones first, no path twice, those last whose length is not known yet (kUnmeasured). What
  /// came before in a drop that broke off comes with the first round, so nothing is planned before all are measured.
  /// A path that ends with '/' is an empty folder. Refused where a path is empty or stands there twice.
  Result<Plan> announce(std::string label, const SourceNote& note, std::vector<SourceFile> files);
  static constexpr std::uint64_t kUnmeasured = UINT64_MAX;
  /// The same files, all measured, and the plan for the rest of them.
  Result<Plan> measured(const std::vector<SourceFile>& files);

  /// Begins a file. `path` is below the source, '/' between names; it is data, never a path on this machine. Refused
  /// where something was announced, and not this.
  Result<void> begin(std::string path);
  /// One that could not be read where it lay: it is listed, with its reason.
  Result<void> miss(const std::string& path, std::string why);
  /// Begins the beginning of one, to be taken and ended like a file (desk/head.h).
  Result<void> begin_head(std::string path);
  Result<void> take(Bytes bytes);
  Result<void> end();
  /// The file did not come whole: it is left out.
  void abandon();

  bool has_head() const { return head_.has_value(); }
  /// All that was announced has come.
  bool over() const { return came_.size() + gone_.size() >= announced_.size(); }
  /// Something came that no round named yet.
  bool has_news() const { return news_; }
  /// What came and was not taken in, since it was forgotten here before.
  const std::vector<LeftOut>& left_out() const { return left_out_; }

  /// What came of what was announced, as a round to be read. None where that is no more than what stands: a record that
  /// names fewer files would take places away.
  std::optional<Gathering> round();
  /// Puts on record what came and no round named yet: it waits, to be read when the case is opened again. A file of
  /// which only the beginning was read is still to come.
  Result<void> leave();
  /// Of what was not announced: writes the source's record; its files are parts of the case that wait. Refused without
  /// files.
  Result<Source> close(std::string label, const SourceNote& note);

 private:
  Plan plan(const std::vector<SourceFile>& files);
  void take_folders(std::vector<SourceFile>* files);
  void find_head(const Source& other, const std::vector<SourceFile>& listing);
  std::vector<SourceFile> came() const;
  bool expects(const std::string& path) const { return announced_.empty() || announced_.contains(path); }
  Result<void> end_head();

  Case& store_;
  std::recursive_mutex& guard_;
  Source source_;                           // as announced
  std::set<std::string> announced_;         // paths
  std::map<std::string, SourceFile> came_;  // by path: the later of one name stands, as it would in a folder
  std::map<std::string, SourceFile> gone_;  // came, and is not taken in
  std::set<std::string> before_;            // paths that came in a drop that broke off
  std::size_t standing_ = 0;                // files that the record names which stands
  RoundSize most_;                          // of the next round
  bool news_ = false;
  std::optional<SourceFile> head_;      // of one that is to come
  std::optional<SourceFile> replaces_;  // the beginning that goes with the next round, since the whole has come
  SourceFile file_;
  Hasher hasher_;
  Buffer held_;  // of a beginning
  enum class Open { Nothing, File, Head } open_ = Open::Nothing;
  std::optional<Forgotten> forgotten_;  // nothing is forgotten while a source comes in
  std::vector<LeftOut> left_out_;
};

}  // namespace careo
