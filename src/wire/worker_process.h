// SPDX-License-Identifier: Apache-2.0
// The desk's hold on one warm parent, and its talk with one child of it. One thread each.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <deque>
#include <memory>

#include "wire/channel.h"
#include "wire/crew.h"
#include "wire/message.h"

namespace careo {

using Clock = std::chrono::steady_clock;  // for the guard against children that sleep; no outcome depends on it

/// A running worker program. Its destructor ends it.
class WorkerProcess {
 public:
  /// Starts `options.worker` for `lane` with one socket, a clean environment, and nothing else of ours, and waits for
  /// it to warm up. Io when it cannot be started or says nothing sensible.
  static Result<std::unique_ptr<WorkerProcess>> start(const CrewOptions& options, Lane lane);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// Has a child forked; the result is our end of its wire.
  Result<Descriptor> spawn(const SpawnMessage& order);
  /// Asks the child to send what it has and end.
  void stop_child();
  /// Ends it and its child at once.
  void kill();
  int control() const { return control_.get(); }

 private:
  WorkerProcess(pid_t pid, Descriptor control) : pid_(pid), control_(std::move(control)) {}
  pid_t pid_;
  Descriptor control_;
};

/// How a child's life ended, for the outcome of the job it leaves behind; empty `death`: in order.
struct Ending {
  std::string death;
  bool known = false;  ///< the warm parent said so
};

/// One child's wire: sends what is queued while it listens, and gathers what the warm parent says about the child.
class Conversation {
 public:
  Conversation(WorkerProcess* worker, Descriptor wire) : worker_(worker), wire_(std::move(wire)) {}

  void say(FrameType type, Bytes payload);
  enum class Event { Frame, Closed, Late };
  struct Heard {
    Event event = Event::Closed;
    Frame frame;
  };
  /// The next frame, the end of the child, or that `until` has passed. Malformed for what is no frame.
  Result<Heard> hear(Clock::time_point until);
  /// After Closed: waits for the warm parent's word on how it ended.
  Ending ending();
  std::vector<std::string> refused_files(std::uint64_t job);

 private:
  Result<void> send_some();
  Result<bool> read_some();
  void hear_control(Wait wait);

  WorkerProcess* worker_;
  Descriptor wire_;
  FrameReader in_;
  std::deque<Buffer> queue_;
  std::size_t sent_ = 0;  // of the queue's first
  bool deaf_ = false;     // the child takes no more
  bool parent_gone_ = false;
  std::optional<EndedMessage> ended_;
  std::vector<RefusedMessage> refused_;
};

}  // namespace careo
