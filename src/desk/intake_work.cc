// SPDX-License-Identifier: Apache-2.0
#include "desk/intake_work.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "desk/case_bytes.h"
#include "desk/collector.h"
#include "desk/identify.h"
#include "desk/pictured.h"
#include "desk/rounds.h"

namespace careo {
namespace {

// A batch runs in one locked child: large enough that a fork (4.5 ms) is nothing a part, small enough to bisect.
constexpr std::size_t kBatchParts = 1024;
constexpr std::uint64_t kBatchBytes = 16ULL << 20;

IntakeOptions at_least_once(IntakeOptions options) {
  options.limits = std::max(options.limits, 1U);
  return options;
}

// A list that takes tens of MB while it is written: what only spares work makes room.
constexpr std::size_t kManyChildren = 100'000;

// Tells how much was read: what is cut apart for many seconds has no parts to count.
class ToldBytes : public CaseBytes {
 public:
  ToldBytes(Case& store, std::recursive_mutex& lock, const Part& part, std::function<void(std::uint64_t)> told)
      : CaseBytes(store, lock, part), mutex_(lock), told_(std::move(told)) {}

  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    const std::lock_guard lock(mutex_);
    Buffer out = TRY(read_locked(offset, length));
    told_(out.size());
    return out;
  }

 private:
  std::recursive_mutex& mutex_;
  const std::function<void(std::uint64_t)> told_;
};

// tests/cli/fault.txt: a build that loses one child of its first large container, and the inventory has to say so.
void drop_one_child_in_the_fault_build([[maybe_unused]] Outcome* outcome) {
#ifdef CAREO_FAULT_DROP_CHILD
  static bool dropped = false;
  if (dropped || outcome->children.size() < 2) return;
  dropped = true;
  const std::size_t victim = outcome->part.bytes[0] % outcome->children.size();
  std::vector<Child> children = outcome->children.list();
  children.erase(children.begin() + static_cast<std::ptrdiff_t>(victim));
  outcome->children = Children(children);
#endif
}

}  // namespace

Intake::Work::Work(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop)
    : store_(store),
      index_(index),
      options_(at_least_once(std::move(options))),
      progress_(progress),
      stop_(stop),
      mutex_(options_.guard != nullptr ? *options_.guard : own_mutex_),
      groups_(store, index, options_.indexing),
      queue_(store, tally),
      crews_(raised(options_.crew, options_.limits), options_.crews, mutex_, stop) {}

Result<void> Intake::Work::keep(Gathering found) {
  const bool any = !found.source.files.empty();
  Forgotten forgotten;
  {
    const std::lock_guard lock(mutex_);
    forgotten = TRY(Forgotten::of(store_));
  }
  const Gathering gathering = forgotten.without(std::move(found), &progress_);
  if (any && gathering.source.files.empty()) return {};
  tally = {};
  tally.phase = "taking in";
  for (const SourceFile& file : gathering.source.files) tally.total_bytes += file.length;
  return Keeping(store_, groups_, mutex_, forgotten, stop_).keep(gathering, [this](std::uint64_t bytes) {
    tally.bytes += bytes;
    progress_.tell(tally);
  });
}

Result<void> Intake::Work::take_in(const std::string& path, const SourceNote& note) {
  Walk found = TRY(walk(path, stop_));
  Forgotten forgotten;
  std::vector<Source> before;
  {
    const std::lock_guard lock(mutex_);
    forgotten = TRY(Forgotten::of(store_));
    before = TRY(store_.sources());
  }
  tally = {};
  tally.phase = "reading";
  Rounds rounds(path, std::move(found), note, before, forgotten, progress_, stop_);
  before.clear();
  course_ = Course(rounds.bytes());
  Keeping keeping(store_, groups_, mutex_, forgotten, stop_);
  const auto moved = [this](std::uint64_t bytes) {
    course_->move(bytes);
    tell();
  };
  const auto all = [&]() -> Result<void> {
    while (const auto round = TRY(rounds.next(moved))) {
      TRY(keeping.keep(*round, moved));
      if (!round->replaces.empty()) TRY(bring_whole(*round));
      TRY(queue_waiting(Stage::Open));
      if (!rounds.over()) {
        course_->begin_reading(tally);
      } else if (round->replaces.empty()) {
        end_course();
      }
      TRY(run(Stage::Open, "reading"));
    }
    return {};
  };
  auto done = all();
  whole_.reset();
  end_course();
  return done;
}

Result<void> Intake::Work::take_round(const Gathering& round) {
  tally = {};
  {
    const std::lock_guard lock(mutex_);
    if (round.replaces.empty()) TRY(store_.put(round.source));
    TRY(groups_.commit());
  }
  const auto all = [&]() -> Result<void> {
    if (!round.replaces.empty()) TRY(bring_whole(round));
    TRY(queue_waiting(Stage::Open));
    return run(Stage::Open, "reading");
  };
  auto done = all();
  whole_.reset();
  end_course();
  return done;
}

// A file of which the beginning was read before: until it is cut apart itself, that stands for it, so that what was
// found is found all the while. Its outcome and the record that gives it its place are acknowledged together.
Result<void> Intake::Work::bring_whole(const Gathering& round) {
  const std::lock_guard lock(mutex_);
  const std::vector<SourceFile>& files = round.source.files;
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const SourceFile& each) { return each.path == round.replaces; });
  whole_ = Whole{{}, round.source, round.replaces};
  if (stop_) return {};
  if (file != files.end() && file->failure.empty()) {
    const Part part{file->sha256, file->length, {}};
    whole_->part = part.id();
    if (!store_.has(whole_->part, Stage::Open)) {
      TRY(store_.announce(part));
      queue_.add(part, 1);
      return {};
    }
  }
  return write_whole(nullptr);
}

// What was found in the beginning alone, a mail cut where it only seemed to end, is no more to be found.
Result<void> Intake::Work::write_whole(Outcome* outcome) {
  const Whole whole = *std::exchange(whole_, std::nullopt);
  if (whole.source.to_come == 0) end_course();
  const std::vector<PartId> before = TRY(store_.below({whole.source.came_as, {Step::path(whole.path)}, {}}));
  TRY(store_.put(whole.source));
  if (outcome != nullptr) TRY(write(outcome));
  queue_.look_again();
  TRY(index_.begin());
  for (const PartId& part : before)
    if (!TRY(store_.stands(part))) TRY(index_.remove(part));
  return index_.commit();
}

// All is here: from now on parts are counted, since one file may hold a million of them.
void Intake::Work::end_course() {
  course_.reset();
  tally.bytes = tally.total_bytes = 0;
}

void Intake::Work::tell() {
  if (course_) course_->put(&tally);
  progress_.tell(tally);
}

Result<void> Intake::Work::queue_waiting(Stage stage) {
  const std::lock_guard lock(mutex_);
  return queue_.begin(stage);
}

Result<void> Intake::Work::queue_again(const std::vector<PartId>& parts) {
  const std::lock_guard lock(mutex_);
  for (const PartId& id : parts) {
    const Trail trail = TRY(store_.trail(id));
    const auto depth = static_cast<std::uint32_t>(trail.steps.size());
    if (depth < most_depth()) queue_.add(TRY(store_.part(id)).part, depth);
  }
  return {};
}

Result<void> Intake::Work::queue_texts(const std::vector<PartId>& parts) {
  const std::lock_guard lock(mutex_);
  for (const PartId& id : parts)
    if (store_.has(id, Stage::Open)) queue_.add(TRY(store_.part(id)).part, 0);
  return {};
}

Result<void> Intake::Work::queue_pictures() {
  const std::lock_guard lock(mutex_);
  for (const Part& part : TRY(pictured(store_))) queue_.add(part, 0);
  return {};
}

Result<void> Intake::Work::run(Stage stage, std::string phase) {
  tally.phase = std::move(phase);
  tell();
  stage_ = stage;
  auto ran = crews_.run(*this);
  queue_.clear();
  if (!ran) return ran;
  {
    const std::lock_guard lock(mutex_);
    TRY(groups_.publish());
    if (!stop_) TRY(groups_.catch_up());
  }
  if (stop_) return fail(Fault::Refused, "stopped");
  return {};
}

Result<void> Intake::Work::settle() {
  tally.phase = "merging the index";
  const std::lock_guard lock(mutex_);
  return index_.settle([this]() -> Result<void> {
    progress_.tell(tally);
    return stop_ ? fail(Fault::Refused, "stopped") : Result<void>();
  });
}

Result<std::vector<Job>> Intake::Work::next(bool alone) {
  TRY(queue_.fill(alone));
  std::vector<Job> out;
  std::uint64_t bytes = 0;
  // A page takes long: small batches let both crews work and the progress move.
  const std::size_t limit = stage_ == Stage::Ocr || stage_ == Stage::Look ? 1 : kBatchParts;
  std::uint32_t depth = 0;
  while (out.size() < limit) {
    const auto next = queue_.next();
    if (!next) break;
    if (!out.empty() && (bytes + next->part.length > kBatchBytes || next->depth != depth)) break;
    auto job = TRY(job_for(*next));
    if (!job) {
      queue_.pass();
      continue;
    }
    bytes += next->part.length;
    depth = next->depth;
    out.push_back(*std::move(job));
    queue_.take();
  }
  return out;
}

// Null: nothing is to be read in it.
Result<std::optional<Job>> Intake::Work::job_for(const Queue::Next& next) {
  const std::uint64_t length = next.part.length;
  Job out;
  out.part = next.part;
  out.stage = stage_;
  out.article = article;
  out.budget = raised(out.budget, options_.limits);
  out.budget.depth_left = most_depth() - std::min(most_depth(), next.depth);
  // A large store of mail may always give a few times its own size: that is no bomb.
  out.budget.bytes_out = std::max(out.budget.bytes_out, length > UINT64_MAX / 4 ? length : length * 4);
  if (whole_ && whole_->part == out.part.id()) {
    out.bytes = std::make_shared<ToldBytes>(store_, mutex_, out.part, [this](std::uint64_t bytes) {
      if (course_) course_->move(bytes);
      tell();
    });
    return std::optional(std::move(out));
  }
  if (stage_ != Stage::Mine) {
    out.bytes = std::make_shared<CaseBytes>(store_, mutex_, out.part);
    return std::optional(std::move(out));
  }
  const std::vector<Text> texts = TRY(texts_of(out.part.id()));
  if (texts.empty()) return std::optional<Job>{};
  out.bytes = std::make_shared<MemoryBytes>(pack_texts(texts));
  return std::optional(std::move(out));
}

// The texts that are mined: recognised ones, where there are some, else its own.
Result<std::vector<Text>> Intake::Work::texts_of(const PartId& id) {
  for (const Stage stage : {Stage::Ocr, Stage::Open}) {
    if (!store_.has(id, stage)) continue;
    Outcome outcome = TRY(store_.outcome(id, stage));
    if (!outcome.texts.empty()) return std::move(outcome.texts);
  }
  return std::vector<Text>{};
}

std::unique_ptr<Receiver> Intake::Work::receiver() {
  return std::make_unique<Collector>(store_, mutex_, stop_,
                                     [this](const Job& job, const std::vector<Part>& derived, Outcome outcome) {
                                       return finish(job, derived, std::move(outcome));
                                     });
}

Result<void> Intake::Work::finish(const Job& job, const std::vector<Part>& derived, Outcome outcome) {
  const PartId id = outcome.part;
  const std::uint32_t depth = queue_.depth(id);
  if (outcome.children.size() > kManyChildren) store_.shed();
  if (auto* const bytes = dynamic_cast<CaseBytes*>(job.bytes.get())) {
    TRY(identify(*bytes, derived, stop_, &outcome));
  } else {  // texts that were mined: nothing is found inside them
    CaseBytes none(store_, mutex_, job.part);
    TRY(identify(none, derived, stop_, &outcome));
  }
  drop_one_child_in_the_fault_build(&outcome);
  TRY(whole_ && whole_->part == id ? write_whole(&outcome) : write(&outcome));
  TRY(queue_children(outcome, depth + 1));
  queue_.done(id);
  count(outcome);
  outcome = {};  // the index reads it again out of the log: one of a large mailbox at a time
  tell();
  crews_.wake();
  return groups_.commit_when_due();
}

// Where one stands already, the one that says more is what stands from here on.
Result<void> Intake::Work::write(Outcome* outcome) {
  if (!store_.has(outcome->part, outcome->stage)) return store_.put(outcome);
  Outcome before = TRY(store_.outcome(outcome->part, outcome->stage));
  if (!supersedes(*outcome, before)) {
    *outcome = std::move(before);
    return {};
  }
  replaced.push_back(outcome->part);
  return store_.put(outcome);
}

Result<void> Intake::Work::queue_children(const Outcome& outcome, std::uint32_t depth) {
  for (const Child& child : outcome.children) {
    const PartId id = child.part->id();
    if (store_.has(id, Stage::Open)) continue;
    if (depth < most_depth()) {
      queue_.add_child(*child.part, depth);
      continue;
    }
    Outcome deep;
    deep.part = id;
    deep.reader = "desk/1";
    deep.state = State::Cut;
    deep.reason = "nested more than " + std::to_string(most_depth()) + " deep";
    deep.unread.push_back({{}, child.part->length, deep.reason});
    TRY(store_.put(deep));
  }
  return {};
}

void Intake::Work::count(const Outcome& outcome) {
  ++tally.done;
  if (stage_ == Stage::Open && outcome.state == State::Failed) ++tally.failed;  // later ones leave a part cut
  for (const Reading& reading : outcome.readings) {
    if (reading.kind == "mail") ++tally.mails;
    if (reading.kind == "mrz") ++tally.documents;
  }
}

}  // namespace careo
