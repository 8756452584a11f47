// SPDX-License-Identifier: Apache-2.0
// What one child says about its batch, believed only as far as it can be checked: frames in, outcomes out. Any frame
// out of order, beyond a budget or outside the part is a lie, and ends the child. One thread.
#pragma once

#include <functional>
#include <optional>

#include "wire/crew.h"
#include "wire/message.h"

namespace careo {

class Transcript {
 public:
  /// Derived children of a job alone in its batch go to the receiver as they come, since that run is final. In a batch
  /// they wait for the end of their job: a crash behind them may have it run again, and nobody must see them twice.
  enum class Keep { Stream, Hold };
  /// Names of files that the broker refused during a job.
  using RefusedFiles = std::function<std::vector<std::string>(std::uint64_t job)>;

  Transcript(std::vector<const Job*> jobs, Lane lane, Keep keep, Receiver* receiver, RefusedFiles refused)
      : jobs_(std::move(jobs)), lane_(lane), keep_(keep), receiver_(receiver), refused_(std::move(refused)) {}

  struct Heard {
    enum class Kind { Nothing, Pull, JobOver, TooMuchHeld } kind = Kind::Nothing;
    PullMessage pull;
  };
  /// An error is the child's lie, unless receiver_error() holds one.
  Result<Heard> take(const Frame& frame);

  /// The child is dead or has lied in the middle of a job that stands alone: hands over what came.
  Result<void> end_badly(const std::string& reason);

  std::size_t answered() const { return answered_; }
  /// The job in hand; null between jobs.
  const Job* current() const { return begun_ ? jobs_[answered_] : nullptr; }
  /// Jobs of a light batch that need the library lane.
  const std::vector<const Job*>& elsewhere() const { return elsewhere_; }
  const std::optional<Error>& receiver_error() const { return receiver_error_; }

 private:
  struct HeldChild {
    Child child;
    Buffer bytes;
    bool complete = false;
  };
  Result<Heard> take_in_job(const Frame& frame);
  Result<void> begin(Bytes payload);
  Result<void> add_child(Bytes payload);
  Result<void> begin_derived(Bytes payload);
  Result<Heard> add_derived_bytes(Bytes bytes);
  Result<void> end_derived(Bytes payload);
  Result<void> add_text(Bytes payload);
  Result<void> add_reading(Bytes payload);
  Result<void> add_claim(Bytes payload);
  Result<void> expect(Bytes payload);
  Result<Heard> pull(Bytes payload) const;
  Result<Heard> elsewhere(Bytes payload);
  Result<Heard> done(Bytes payload);
  Result<void> count_child();
  Result<void> hand_over();
  Result<void> told(Result<void> by_receiver);
  const Job& job() const { return *jobs_[answered_]; }

  std::vector<const Job*> jobs_;
  Lane lane_;
  Keep keep_;
  Receiver* receiver_;
  RefusedFiles refused_;
  std::vector<const Job*> elsewhere_;
  std::optional<Error> receiver_error_;
  std::size_t answered_ = 0;
  // Of the job in hand:
  bool begun_ = false;
  bool in_derived_ = false;
  bool silent_ = true;  // nothing came since its begin
  Outcome outcome_;
  std::vector<HeldChild> held_;
  std::uint64_t held_bytes_ = 0;
  std::uint64_t derived_bytes_ = 0;
  std::uint64_t sum_of_claims_ = 0;
  std::uint64_t said_ = 0;  // payload bytes that stay in memory
};

/// The outcome of a part that could not be read from its source at all.
Outcome vanished(const Job& job, const Error& error);

}  // namespace careo
