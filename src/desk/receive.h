// SPDX-License-Identifier: Apache-2.0
// Files that come as a stream and not from the disk: dropped into the browser, or pasted. Their bytes go sealed into
// the case as they come; nothing of them touches the disk in clear.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "desk/forget.h"
#include "desk/gather.h"
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

  /// Begins a file. `path` is below the source, '/' between names; it is data, never a path on this machine.
  Result<void> begin(std::string path);
  Result<void> take(Bytes bytes);
  Result<void> end();
  /// The file did not come whole: it is left out.
  void abandon();

  std::size_t files() const { return source_.files.size(); }
  /// What came and was not taken in, since it was forgotten here before.
  const std::vector<LeftOut>& left_out() const { return left_out_; }

  /// Writes the source's record: from here on its files are parts of the case that wait. Refused without files.
  Result<Source> close(std::string label, const SourceNote& note);

 private:
  Case& store_;
  std::recursive_mutex& guard_;
  Source source_;
  SourceFile file_;
  Hasher hasher_;
  bool open_ = false;
  std::optional<Forgotten> forgotten_;  // nothing is forgotten while a source comes in
  std::vector<LeftOut> left_out_;
};

}  // namespace careo
