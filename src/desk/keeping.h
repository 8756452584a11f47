// SPDX-License-Identifier: Apache-2.0
// The bytes of a source's files, sealed into the case. From here on the files may vanish.
#pragma once

#include <mutex>
#include <string>

#include "desk/forget.h"
#include "desk/groups.h"
#include "desk/progress.h"
#include "evidence/source.h"

namespace careo {

class Keeping {
 public:
  /// REQUIRES: all of them outlive this object.
  Keeping(Case& store, Groups& groups, std::recursive_mutex& lock, Tally& tally, Progress& progress,
          const StopFlag& stop)
      : store_(store), groups_(groups), mutex_(lock), tally_(tally), progress_(progress), stop_(stop) {}

  /// Keeps what was gathered. What is gone or changed since it was hashed ends as failed: vanished.
  Result<void> keep(Gathering gathering);

 private:
  Result<void> keep_file(const SourceFile& file, const std::string& on_disk, const Forgotten& forgotten);
  Result<void> vanished(const PartId& part, const std::string& why);

  Case& store_;
  Groups& groups_;
  std::recursive_mutex& mutex_;
  Tally& tally_;
  Progress& progress_;
  const StopFlag& stop_;
};

}  // namespace careo
