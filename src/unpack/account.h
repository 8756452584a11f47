// SPDX-License-Identifier: Apache-2.0
// Which bytes of a part its children and its unread runs take, in whatever order they are found; all between them is
// structure.
#pragma once

#include <vector>

#include "evidence/opener.h"

namespace careo {

/// A run of a part's bytes.
struct ByteRun {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint64_t end() const { return offset + length; }
  auto operator<=>(const ByteRun&) const = default;
};

class Account {
 public:
  void add(Claim::By by, ByteRun run) { taken_.push_back({run, by}); }
  /// Adds an unread run and says why. An empty run is told, but takes no bytes.
  void unread(ByteRun run, std::string reason, Sink& sink);
  /// Claims all `size` bytes in order. Of runs that overlap the first one keeps its bytes.
  void settle(std::uint64_t size, Sink& sink);

 private:
  struct Taken {
    ByteRun run;
    Claim::By by;
  };
  std::vector<Taken> taken_;
};

}  // namespace careo
