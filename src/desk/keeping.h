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
  Keeping(Case& store, Groups& groups, std::recursive_mutex& lock, const Forgotten& forgotten, const StopFlag& stop)
      : store_(store), groups_(groups), mutex_(lock), forgotten_(forgotten), stop_(stop) {}

  /// Writes the source's record, then keeps the bytes of its files; a record that replaces the
  /// beginning of a file is left to whoever opens that. What is gone or changed since it was hashed ends as failed:
  /// vanished.
  Result<void> keep(const Gathering& gathering, const Moved& moved);

 private:
  Result<void> keep_file(const SourceFile& file, const std::string& on_disk, std::uint64_t most, const Moved& moved);
  Result<void> vanished(const PartId& part, const std::string& why);

  Case& store_;
  Groups& groups_;
  std::recursive_mutex& mutex_;
  const Forgotten& forgotten_;
  const StopFlag& stop_;
};

}  // namespace careo
