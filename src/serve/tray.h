// SPDX-License-Identifier: Apache-2.0
// The exhibits: trails chosen to be shown, with notes. Held in memory, and changed one at a time: a window that knows
// less than another takes nothing of the other's away. Not safe to share between threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace careo {

class Tray {
 public:
  /// `{"change":"put","trail","title","note"}` or `{"change":"take","trail"}`. Of what is there already only the note
  /// changes, where one is given; a note for what another window has taken away puts it there again. Refused: a tray
  /// of more than a few megabytes.
  Result<void> change(const Json& asked);
  void clear();
  /// How often it changed: another number, another tray.
  std::int64_t changes() const { return changes_; }
  /// `{"changes","rows":[{"trail","title","note"}]}`, in the order in which they were put.
  std::string json() const;

 private:
  struct Exhibit {
    std::string trail;
    std::string title;
    std::string note;
  };

  std::vector<Exhibit> exhibits_;
  std::int64_t changes_ = 0;
};

}  // namespace careo
