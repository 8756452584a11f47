// SPDX-License-Identifier: Apache-2.0
// How long work says where it stands, and how it is asked to stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/date.h"

namespace careo {

/// Where the work stands. Totals grow while containers open; `total` is what is known now.
struct Tally {
  std::string phase;       ///< "hashing", "reading", "recognising text"
  std::uint64_t done = 0;  ///< parts
  std::uint64_t total = 0;
  std::uint64_t bytes = 0;  ///< of the phase, where bytes are the better measure
  std::uint64_t total_bytes = 0;
  std::uint64_t mails = 0;
  std::uint64_t documents = 0;  ///< images with a machine-readable zone
  std::uint64_t failed = 0;     ///< when opened: the inventory's own
};

/// A file that is not taken in: it was forgotten in this case before.
struct LeftOut {
  std::string path;
  Instant at = 0;  ///< when it was forgotten
  std::string by;
  std::string reason;
};

/// What came of words that were tried on what is locked.
struct Unlocking {
  std::uint64_t locked = 0;  ///< parts that nobody could open before
  std::uint64_t opened = 0;  ///< of them, those that a word opened
};

/// Told often (hundreds of times a second): must be cheap, and is called from one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void tell(const Tally& tally) = 0;
  virtual void left_out(const LeftOut&) {}
  virtual void unlocked(const Unlocking&) {}
};

/// Set by a signal handler or another thread; work stops at the next part, with everything acknowledged kept.
using StopFlag = std::atomic<bool>;
inline const StopFlag kNeverStopped{false};

}  // namespace careo
