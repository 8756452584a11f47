// SPDX-License-Identifier: Apache-2.0
// What stands behind the Intake: one queue, one log, and the crews between them. Included by the Intake alone.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "desk/course.h"
#include "desk/crews.h"
#include "desk/groups.h"
#include "desk/intake.h"
#include "desk/keeping.h"
#include "desk/limits.h"
#include "desk/queue.h"

namespace careo {

class Intake::Work : public Supply {
 public:
  Work(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop);

  Result<void> keep(Gathering found);
  Result<void> take_in(const std::string& path, const SourceNote& note);
  Result<void> take_round(const Gathering& round);
  Result<void> queue_waiting(Stage stage);
  Result<void> queue_texts(const std::vector<PartId>& parts);
  Result<void> queue_pictures();
  Result<void> queue_again(const std::vector<PartId>& parts);
  /// Reads what is queued, and what is found in it.
  Result<void> run(Stage stage, std::string phase);
  Result<void> settle();

  bool may_have() const override { return queue_.may_have(); }
  Result<std::vector<Job>> next(bool alone) override;
  std::unique_ptr<Receiver> receiver() override;

  Tally tally;
  std::vector<PartId> replaced;
  bool article = false;

 private:
  Result<std::optional<Job>> job_for(const Queue::Next& next);
  Result<std::vector<Text>> texts_of(const PartId& id);
  Result<void> finish(const Job& job, const std::vector<Part>& derived, Outcome outcome);
  Result<void> write(Outcome* outcome);
  Result<void> bring_whole(const Gathering& round);
  Result<void> write_whole(Outcome* outcome);
  Result<void> queue_children(const Outcome& outcome, std::uint32_t depth);
  void end_course();
  void tell();
  void count(const Outcome& outcome);
  std::uint32_t most_depth() const { return kMaxDepth * options_.limits; }

  Case& store_;
  SearchIndex& index_;
  const IntakeOptions options_;
  Progress& progress_;
  const StopFlag& stop_;
  // Guards the case, the index and all below. Recursive: while a derived child streams in, its opener pulls bytes too.
  std::recursive_mutex own_mutex_;
  std::recursive_mutex& mutex_;
  Groups groups_;
  Queue queue_;
  Crews crews_;
  Stage stage_ = Stage::Open;
  std::optional<Course> course_;  // while something comes in in rounds
  struct Whole {
    PartId part;
    Source source;
    std::string path;
  };
  std::optional<Whole> whole_;  // comes in place of its beginning, as soon as it is cut apart
};

}  // namespace careo
