// SPDX-License-Identifier: Apache-2.0
// The child's way out: frames gather in one buffer and leave in large writes, and what is in the buffer when a signal
// kills the child still leaves, so that what was read before a crash is kept. One per process, one thread.
#pragma once

#include "wire/frame.h"

namespace careo {

class Outbox {
 public:
  /// Writes to `fd`. Takes the process's fatal signals until it is destroyed: the handler writes the whole frames
  /// gathered so far and lets the signal do its work. REQUIRES: no other Outbox.
  explicit Outbox(int fd);
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// Io once the other side is gone.
  Result<void> put(FrameType type, Bytes payload);
  Result<void> flush();

 private:
  int fd_;
  bool gone_ = false;
  std::int64_t flushed_at_ = 0;
};

}  // namespace careo
