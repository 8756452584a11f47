// SPDX-License-Identifier: Apache-2.0
// An open case with what is derived from it brought up to date.
#pragma once

#include <memory>
#include <string>

#include "desk/progress.h"
#include "search/index.h"
#include "store/case.h"

namespace careo {

/// What the case tells of its own long work, told to `progress`; ends it when it is stopped.
Watch watched(Progress& progress, const StopFlag& stop);

struct Session {
  std::unique_ptr<Case> store;
  std::unique_ptr<SearchIndex> index;

  /// Opens the case and lets the index see what the log holds behind its position.
  static Result<Session> open(const std::string& path, const Key& key, Case::Access access, const Watch& watch = {});
  /// The same as it stands now, for reading, on a thread of its own (Case::beside).
  Result<Session> beside();
};

/// A case for one command, sealed under a key that never touches the disk, removed with this object: what `careo read`
/// unpacks into, so that there is one way in and nothing in clear behind it.
class Throwaway {
 public:
  static Result<std::unique_ptr<Throwaway>> make();
  ~Throwaway();
  Session& session() { return session_; }

 private:
  Throwaway() = default;
  std::string folder_;
  Session session_;
};

}  // namespace careo
