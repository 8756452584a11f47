// SPDX-License-Identifier: Apache-2.0
#include "desk/intake.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "desk/forget.h"

namespace careo {
namespace {

// A batch runs in one locked child: large enough that a fork (4.5 ms) is nothing a part, small enough to bisect.
constexpr std::size_t kBatchParts = 1024;
constexpr std::uint64_t kBatchBytes = 16ULL << 20;
// A group is acknowledged with one fsync at the latest after so much time or so many bytes: what a crash can cost.
constexpr auto kGroupTime = std::chrono::milliseconds(250);
constexpr std::uint64_t kGroupBytes = 8ULL << 20;
// The index follows so far behind: each of its transactions writes a piece that must be merged with others later.
constexpr auto kIndexTime = std::chrono::seconds(1);
constexpr std::uint32_t kMaxDepth = 32;
// Parts up to this size are held while their batch runs: their children's bytes are then cut out of memory.
constexpr std::uint64_t kHeldBytes = 1ULL << 20;

// So many of what waits are taken out of the catalog at once.
constexpr std::uint64_t kPage = 4096;

// What waits, in 56 bytes. Hints repeat, so they are numbered.
struct Item {
  Sha256 sha256;
  std::uint64_t length = 0;
  std::uint32_t hints = 0;
  std::uint32_t depth = 0;
};

// A laptop has no more memory because somebody asks again.
constexpr std::uint64_t kMostTimesMemory = 4;

IntakeOptions raised(IntakeOptions options) {
  options.limits = std::max(options.limits, 1U);
  options.crew.seconds *= options.limits;
  options.crew.memory *= std::min<std::uint64_t>(options.limits, kMostTimesMemory);
  return options;
}

Budget raised(Budget budget, unsigned times) {
  budget.children *= times;
  budget.bytes_out *= times;
  budget.ratio *= times;
  budget.text_bytes *= times;
  budget.pixels *= std::min<std::uint64_t>(times, kMostTimesMemory);
  budget.pages *= times;
  budget.pictures *= times;
  budget.mime_depth *= times;
  return budget;
}

}  // namespace

class Intake::Work {
 public:
  Work(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop)
      : store_(store),
        index_(index),
        options_(raised(std::move(options))),
        progress_(progress),
        stop_(stop),
        crew_(options_.crew),
        mutex_(options_.guard != nullptr ? *options_.guard : own_mutex_) {
    crew_.stopped = [this] { return stop_.load(); };
  }

  Result<void> keep(Gathering found);
  Result<void> run(Stage stage, std::string phase);
  Result<void> queue_waiting(Stage stage);
  Result<void> next_page();
  Result<void> queue_texts(const std::vector<PartId>& parts);
  Result<void> queue_pictures();
  Result<void> queue_again(const std::vector<PartId>& parts);

  Tally tally;
  std::vector<PartId> replaced;

 private:
  friend class Intake;
  class Bytes_;
  class Collector;

  Result<void> keep_file(const SourceFile& file, const std::string& on_disk, const Forgotten& forgotten);
  void enqueue(const Part& part, std::uint32_t depth);
  Result<std::vector<Job>> next_batch(Stage stage);
  Result<std::vector<Text>> texts_of(const PartId& id);
  void work(Stage stage);
  Result<void> identify(const Job& job, const std::vector<Part>& derived, Outcome* outcome);
  Result<void> identify_range(const Job& job, Child* child);
  Result<void> finish(const Job& job, const std::vector<Part>& derived, Outcome outcome);
  Result<void> queue_children(const Outcome& outcome, std::uint32_t depth);
  Result<void> commit_when_due();
  Result<void> commit();
  Result<void> catch_up();
  void count(const Outcome& outcome);
  std::uint32_t number_of(const Hints& hints);
  std::uint32_t most_depth() const { return kMaxDepth * options_.limits; }

  Case& store_;
  SearchIndex& index_;
  const IntakeOptions options_;
  Progress& progress_;
  const StopFlag& stop_;
  CrewOptions crew_;

  // Guards the case, the index and all below. Recursive: while a derived child streams in, its opener pulls bytes too.
  std::recursive_mutex own_mutex_;
  std::recursive_mutex& mutex_;
  std::condition_variable_any changed_;
  std::deque<Item> queue_;
  std::unordered_set<PartId> queued_;                 // waiting or running: a part is never given out twice
  std::unordered_map<PartId, std::uint32_t> depths_;  // of what is running
  std::map<Hints, std::uint32_t> numbers_;
  std::vector<const Hints*> hints_;  // by number; they stand in the map
  std::optional<Stage> paged_;       // what waits for it stands in the catalog and is queued page by page
  bool more_ = false;                // may wait there, behind place_
  std::uint64_t place_ = 0;          // of the last page
  bool article_ = false;
  unsigned busy_ = 0;
  std::optional<Error> error_;
  std::chrono::steady_clock::time_point last_commit_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_indexed_ = last_commit_;
};

// A part's bytes out of the case. Reads lock the case, since two crews share it.
class Intake::Work::Bytes_ : public PartSource {
 public:
  Bytes_(Work& work, const Part& part) : work_(work), id_(part.id()), size_(part.length) {}

  std::uint64_t size() const override { return size_; }

  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    const std::lock_guard lock(work_.mutex_);
    return read_locked(offset, length);
  }

  Result<Buffer> read_locked(std::uint64_t offset, std::uint64_t length) {
    if (size_ > kHeldBytes) return work_.store_.bytes(id_, offset, length);
    if (!held_) held_ = TRY(work_.store_.bytes(id_, 0, size_));
    const Bytes out = slice(*held_, offset, length);
    return Buffer(out.begin(), out.end());
  }

 private:
  Work& work_;
  const PartId id_;
  const std::uint64_t size_;
  std::optional<Buffer> held_;
};

// Receives one batch. Between derived() and derived_end() it holds the case: the log takes one stream at a time.
class Intake::Work::Collector : public Receiver {
 public:
  explicit Collector(Work& work) : work_(work) {}

  ~Collector() override {
    if (stream_.owns_lock()) static_cast<void>(work_.store_.keep_abandon());
  }

  Result<void> derived(const Job&, const Child& child) override {
    stream_ = std::unique_lock(work_.mutex_);
    hints_ = child.hints;
    length_ = 0;
    return work_.store_.keep_begin();
  }

  Result<void> derived_bytes(Bytes bytes) override {
    hasher_.update(bytes);
    length_ += bytes.size();
    return work_.store_.keep(bytes);
  }

  Result<void> derived_end(bool) override {
    const Part part{hasher_.finish(), length_, hints_};
    const auto kept = work_.store_.keep_end(part);
    derived_.push_back(part);
    stream_.unlock();
    return kept;
  }

  Result<void> outcome(const Job& job, Outcome outcome) override {
    const std::lock_guard lock(work_.mutex_);
    if (work_.stop_) return fail(Fault::Refused, "stopped");
    auto finished = work_.finish(job, derived_, std::move(outcome));
    derived_.clear();
    return finished;
  }

 private:
  Work& work_;
  std::unique_lock<std::recursive_mutex> stream_;
  Hasher hasher_;
  Hints hints_;
  std::uint64_t length_ = 0;
  std::vector<Part> derived_;  // of the job that is running, in order
};

Result<void> Intake::Work::keep(Gathering found) {
  const bool any = !found.source.files.empty();
  Forgotten forgotten;
  Gathering gathering;
  {
    const std::lock_guard lock(mutex_);
    forgotten = TRY(Forgotten::of(store_));
    gathering = forgotten.without(std::move(found), &progress_);
    if (any && gathering.source.files.empty()) return {};
    TRY(store_.put(gathering.source));
    TRY(commit());
  }
  tally = {};
  tally.phase = "taking in";
  tally.total = gathering.source.files.size();
  for (const SourceFile& file : gathering.source.files) tally.total_bytes += file.length;
  for (std::size_t i = 0; i < gathering.on_disk.size(); ++i) {
    if (stop_) break;
    const SourceFile& file = gathering.source.files[i];
    if (file.failure.empty()) TRY(keep_file(file, gathering.on_disk[i], forgotten));
    ++tally.done;
    progress_.tell(tally);
  }
  const std::lock_guard lock(mutex_);
  return commit();
}

// The case is held a block at a time, so that whoever asks it meanwhile does not wait for a whole mailbox.
Result<void> Intake::Work::keep_file(const SourceFile& file, const std::string& on_disk, const Forgotten& forgotten) {
  const Part part{file.sha256, file.length, {}};
  const PartId id = part.id();
  {
    const std::lock_guard lock(mutex_);
    if (store_.keeps(id) || forgotten.emptied(file.sha256)) return {};
    TRY(store_.keep_begin());
  }
  std::optional<Error> unkept;  // a failure of the case, apart from one of the file that is read
  auto read = stream_file(on_disk, [&](Bytes block) -> Result<void> {
    if (stop_) return fail(Fault::Refused, "stopped");
    tally.bytes += block.size();
    progress_.tell(tally);
    const std::lock_guard lock(mutex_);
    auto kept = store_.keep(block);
    if (!kept) unkept = kept.error();
    return kept;
  });
  if (unkept) return tl::unexpected(std::move(*unkept));
  const std::lock_guard lock(mutex_);
  const auto kept = read ? store_.keep_end(part) : store_.keep_abandon();
  if (read && kept) return commit_when_due();
  if (!kept && kept.error().fault != Fault::Malformed) return kept;  // Malformed: other bytes than were hashed before
  if (stop_) return {};
  Outcome gone;
  gone.part = id;
  gone.reader = "desk/1";
  gone.state = State::Failed;
  // Whatever the disk says now: it was there when it was hashed. By this word Case::waiting() knows it again.
  gone.reason = "vanished: " + (read ? std::string("changed since it was hashed") : read.error().text());
  if (!store_.has(id, Stage::Open)) TRY(store_.put(gone));
  return {};
}

// Few distinct hints occur (charsets times text types), but a hostile mailbox declares another one for each part.
std::uint32_t Intake::Work::number_of(const Hints& hints) {
  const auto [known, fresh] = numbers_.try_emplace(hints, static_cast<std::uint32_t>(hints_.size()));
  if (fresh) hints_.push_back(&known->first);
  return known->second;
}

void Intake::Work::enqueue(const Part& part, std::uint32_t depth) {
  if (!queued_.insert(part.id()).second) return;
  queue_.push_back({part.sha256, part.length, number_of(part.hints), depth});
  ++tally.total;
}

Result<void> Intake::Work::queue_waiting(Stage stage) {
  const std::lock_guard lock(mutex_);
  if (stage == Stage::Open)
    for (const Case::Waiting& one : TRY(store_.returned())) enqueue(one.part, one.depth);
  paged_ = stage;
  more_ = true;
  place_ = 0;
  if (stage != Stage::Open) tally.total = TRY(store_.count_waiting(stage));
  return next_page();
}

// Of what is to be opened a second look, from the start, finds what has a place again that an earlier run knew; nothing
// may be running then, since that is still unopened.
Result<void> Intake::Work::next_page() {
  if (!paged_ || !queue_.empty()) return {};
  const bool opening = paged_ == Stage::Open;
  const bool alone = busy_ == 0;
  for (const bool again : {false, true}) {
    if (again && (!opening || !alone || !queue_.empty() || place_ == 0)) break;
    if (again) place_ = 0;
    for (const Case::Waiting& one : TRY(store_.waiting(*paged_, &place_, kPage)))
      queue_.push_back({one.part.sha256, one.part.length, number_of(one.part.hints), opening ? one.depth : 0});
  }
  more_ = !queue_.empty();
  if (!opening) return {};
  const bool over = queue_.empty() && alone;
  tally.total = tally.done + (over ? 0 : TRY(store_.count_waiting(Stage::Open)));
  return {};
}

Result<void> Intake::Work::queue_again(const std::vector<PartId>& parts) {
  const std::lock_guard lock(mutex_);
  for (const PartId& id : parts) {
    const Trail trail = TRY(store_.trail(id));
    const auto depth = static_cast<std::uint32_t>(trail.steps.size());
    if (depth < most_depth()) enqueue(TRY(store_.part(id)).part, depth);
  }
  return {};
}

Result<void> Intake::Work::queue_texts(const std::vector<PartId>& parts) {
  const std::lock_guard lock(mutex_);
  for (const PartId& id : parts)
    if (store_.has(id, Stage::Open)) enqueue(TRY(store_.part(id)).part, 0);
  return {};
}

namespace {

// What wants_recognising() may say yes to.
const std::vector<std::string> kPictured = {"image/", "application/pdf"};

// Pictures are in every image, and in a PDF that has pages without text of their own.
bool wants_recognising(const Outcome& outcome) {
  if (outcome.stage != Stage::Open || outcome.state == State::Failed) return false;
  if (outcome.media_type.starts_with("image/")) return true;
  if (outcome.media_type != "application/pdf") return false;
  for (const Text& text : outcome.texts)
    if (text.utf8.find_first_not_of(" \t\r\n\f") == std::string::npos) return true;
  return outcome.texts.empty();
}

}  // namespace

// Pictures that gave no document first: what they show is not known at all yet.
Result<void> Intake::Work::queue_pictures() {
  const std::lock_guard lock(mutex_);
  std::vector<Part> later;
  for (const PartId& id : TRY(store_.opened_without(Stage::Ocr, kPictured))) {
    const Outcome outcome = TRY(store_.outcome(id, Stage::Open));
    if (!wants_recognising(outcome)) continue;
    const Part part = TRY(store_.part(outcome.part)).part;
    const bool known = std::any_of(outcome.readings.begin(), outcome.readings.end(),
                                   [](const Reading& reading) { return reading.kind == "mrz"; });
    known ? later.push_back(part) : enqueue(part, 0);
  }
  for (const Part& part : later) enqueue(part, 0);
  return {};
}

Result<std::uint64_t> unrecognised(Case& store) {
  std::uint64_t out = 0;
  for (const PartId& id : TRY(store.opened_without(Stage::Ocr, kPictured)))
    out += wants_recognising(TRY(store.outcome(id, Stage::Open))) ? 1U : 0U;
  return out;
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

Result<std::vector<Job>> Intake::Work::next_batch(Stage stage) {
  std::vector<Job> out;
  std::uint64_t bytes = 0;
  // A page takes the recogniser seconds: small batches let both crews work and the progress move.
  const std::size_t limit = stage == Stage::Ocr ? 1 : kBatchParts;
  while (!queue_.empty() && out.size() < limit) {
    const Item& item = queue_.front();
    if (!out.empty() && (bytes + item.length > kBatchBytes || depths_[out.front().part.id()] != item.depth)) break;
    Job job;
    job.part = {item.sha256, item.length, *hints_[item.hints]};
    job.stage = stage;
    job.article = article_;
    job.budget = raised(job.budget, options_.limits);
    job.budget.depth_left = most_depth() - std::min(most_depth(), item.depth);
    // A large store of mail may always give a few times its own size: that is no bomb.
    job.budget.bytes_out = std::max(job.budget.bytes_out, item.length > UINT64_MAX / 4 ? item.length : item.length * 4);
    const PartId id = job.part.id();
    if (stage == Stage::Mine) {
      const std::vector<Text> texts = TRY(texts_of(id));
      if (texts.empty()) {
        ++tally.done;
        queue_.pop_front();
        continue;
      }
      job.bytes = std::make_shared<MemoryBytes>(pack_texts(texts));
    } else {
      job.bytes = std::make_shared<Bytes_>(*this, job.part);
    }
    bytes += item.length;
    depths_[id] = item.depth;
    out.push_back(std::move(job));
    queue_.pop_front();
  }
  return out;
}

Result<void> Intake::Work::run(Stage stage, std::string phase) {
  tally.phase = std::move(phase);
  progress_.tell(tally);
  error_.reset();
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < options_.crews; ++i) threads.emplace_back([this, stage] { work(stage); });
  threads.clear();
  queue_.clear();
  queued_.clear();
  depths_.clear();
  paged_.reset();
  // Whoever was told to stop says so by Refused; a full disk is no less full for that.
  if (error_ && !(stop_ && error_->fault == Fault::Refused)) return tl::unexpected(std::move(*error_));
  {
    const std::lock_guard lock(mutex_);
    TRY(store_.publish());
    if (!stop_) TRY(catch_up());
  }
  if (stop_) return fail(Fault::Refused, "stopped");
  return {};
}

void Intake::Work::work(Stage stage) {
  std::unique_ptr<Crew> crew;
  Collector collector(*this);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !queue_.empty() || more_ || busy_ == 0 || error_ || stop_; });
    if (error_ || stop_) break;
    Result<void> ran = next_page();
    if (ran && queue_.empty() && busy_ == 0) break;
    if (ran && queue_.empty()) continue;
    std::vector<Job> jobs;
    if (ran) {
      auto batch = next_batch(stage);
      if (batch) {
        jobs = std::move(*batch);
      } else {
        ran = tl::unexpected(std::move(batch).error());
      }
    }
    if (ran && jobs.empty()) continue;
    ++busy_;
    lock.unlock();
    if (ran && !crew) {
      auto started = Crew::start(crew_);
      if (started) {
        crew = std::move(*started);
      } else {
        ran = tl::unexpected(std::move(started).error());
      }
    }
    if (ran) ran = crew->run(jobs, collector);
    lock.lock();
    --busy_;
    if (!ran && !error_) error_ = std::move(ran).error();
    changed_.notify_all();
  }
  changed_.notify_all();
}

Result<void> Intake::Work::identify_range(const Job& job, Child* child) {
  auto* const bytes = static_cast<Bytes_*>(job.bytes.get());
  const Step& step = child->step;
  if (step.length > job.part.length || step.offset > job.part.length - step.length)
    return fail(Fault::Malformed, "the worker named bytes that are not there");
  if (step.transforms.empty()) {  // a piece at a time: a locked member of an archive may be as large as a disk
    Hasher hasher;
    for (std::uint64_t done = 0; done < step.length;) {
      const std::uint64_t length = std::min(step.length - done, kHeldBytes);
      hasher.update(TRY(bytes->read_locked(step.offset + done, length)));
      done += length;
    }
    child->part = Part{hasher.finish(), step.length, child->hints};
    return {};
  }
  const Buffer raw = TRY(bytes->read_locked(step.offset, step.length));
  const Buffer made = TRY(take_step(raw, Step::range(0, raw.size(), step.transforms)));
  child->part = Part{sha256(made), made.size(), child->hints};
  return {};
}

// The desk hashes every child itself: a worker's word about bytes is never taken. A mailbox may have a million
// children: the list goes while the new one comes.
Result<void> Intake::Work::identify(const Job& job, const std::vector<Part>& derived, Outcome* outcome) {
  std::size_t next_derived = 0;
  Children identified;
  TRY(outcome->children.drain([&](Child child) -> Result<void> {
    if (stop_) return fail(Fault::Refused, "stopped");
    if (child.step.kind == Step::Kind::Range) {
      const auto known = identify_range(job, &child);
      if (!known && known.error().fault != Fault::Malformed) return known;
    } else if (next_derived < derived.size()) {
      child.part = derived[next_derived++];
    }
    if (child.part) {
      identified.push_back(child);
      return {};
    }
    outcome->unread.push_back({{}, 0, "a part named without its bytes: " + child.step.print()});
    if (outcome->state == State::Read) outcome->state = State::Cut;
    return {};
  }));
  outcome->children = std::move(identified);
  return {};
}

namespace {

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

Result<void> Intake::Work::finish(const Job& job, const std::vector<Part>& derived, Outcome outcome) {
  const std::uint32_t depth = depths_[outcome.part];
  TRY(identify(job, derived, &outcome));
  drop_one_child_in_the_fault_build(&outcome);
  if (store_.has(outcome.part, outcome.stage)) {
    Outcome before = TRY(store_.outcome(outcome.part, outcome.stage));
    if (supersedes(outcome, before)) {
      replaced.push_back(outcome.part);
      TRY(store_.put(&outcome));
    } else {
      outcome = std::move(before);
    }
  } else {
    TRY(store_.put(&outcome));
  }
  TRY(queue_children(outcome, depth + 1));
  queued_.erase(outcome.part);
  depths_.erase(outcome.part);
  count(outcome);
  outcome = {};  // the index reads it again out of the log: one of a large mailbox at a time
  progress_.tell(tally);
  changed_.notify_all();
  return commit_when_due();
}

Result<void> Intake::Work::queue_children(const Outcome& outcome, std::uint32_t depth) {
  for (const Child& child : outcome.children) {
    const PartId id = child.part->id();
    if (store_.has(id, Stage::Open)) continue;
    if (depth < most_depth()) {
      if (!paged_) enqueue(*child.part, depth);
      more_ = paged_.has_value();
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
  if (outcome.state == State::Failed) ++tally.failed;
  for (const Reading& reading : outcome.readings) {
    if (reading.kind == "mail") ++tally.mails;
    if (reading.kind == "mrz") ++tally.documents;
  }
}

Result<void> Intake::Work::commit_when_due() {
  const auto now = std::chrono::steady_clock::now();
  if (store_.pending_bytes() < kGroupBytes && now - last_commit_ < kGroupTime) return {};
  TRY(commit());
  return now - last_indexed_ < kIndexTime ? Result<void>() : catch_up();
}

Result<void> Intake::Work::commit() {
  TRY(store_.commit());
  last_commit_ = std::chrono::steady_clock::now();
  return {};
}

Result<void> Intake::Work::catch_up() {
  if (options_.indexing == Indexing::No) return {};
  TRY(index_.catch_up(store_));
  last_indexed_ = std::chrono::steady_clock::now();
  return {};
}

Intake::Intake(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop)
    : work_(std::make_unique<Work>(store, index, std::move(options), progress, stop)) {}
Intake::~Intake() = default;

Result<void> Intake::keep(Gathering gathering) {
  return work_->keep(std::move(gathering));
}

Result<void> Intake::open_all() {
  work_->tally = {};
  TRY(work_->queue_waiting(Stage::Open));
  return work_->run(Stage::Open, "reading");
}

Result<void> Intake::mine_all() {
  work_->tally = {};
  work_->article_ = false;
  TRY(work_->queue_waiting(Stage::Mine));
  return work_->run(Stage::Mine, "reading dates and figures");
}

Result<void> Intake::mine_articles(const Source& source) {
  work_->tally = {};
  work_->article_ = true;
  std::vector<PartId> files;
  for (const SourceFile& file : source.files) files.push_back(Part{file.sha256, file.length, {}}.id());
  TRY(work_->queue_texts(files));
  return work_->run(Stage::Mine, "reading articles");
}

Result<void> Intake::recognise_all() {
  work_->tally = {};
  TRY(work_->queue_pictures());
  return work_->run(Stage::Ocr, "recognising text");
}

Result<void> Intake::open_again(const std::vector<PartId>& parts) {
  work_->tally = {};
  work_->replaced.clear();
  TRY(work_->queue_again(parts));
  return work_->run(Stage::Open, "reading again");
}

Result<void> Intake::mine_again(const std::vector<PartId>& parts, bool article) {
  work_->tally = {};
  work_->replaced.clear();
  work_->article_ = article;
  TRY(work_->queue_texts(parts));
  return work_->run(Stage::Mine, "reading dates and figures again");
}

Result<void> Intake::recognise_again(const std::vector<PartId>& parts) {
  work_->tally = {};
  work_->replaced.clear();
  TRY(work_->queue_again(parts));
  return work_->run(Stage::Ocr, "recognising text again");
}

const std::vector<PartId>& Intake::replaced() const {
  return work_->replaced;
}

Result<void> Intake::settle() {
  work_->tally.phase = "merging the index";
  const std::lock_guard lock(work_->mutex_);
  return work_->index_.settle([this]() -> Result<void> {
    work_->progress_.tell(work_->tally);
    return work_->stop_ ? fail(Fault::Refused, "stopped") : Result<void>();
  });
}

const Tally& Intake::tally() const {
  return work_->tally;
}

Result<std::string> program_of_ours(std::string_view name) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string beside = (self.parent_path() / name).string();
  const std::string packaged = (self.parent_path().parent_path() / "lib/careo" / name).string();
  for (const std::string& path : {beside, packaged})
    if (::access(path.c_str(), X_OK) == 0) return path;
  return fail(Fault::NotFound, "no program at " + beside + " or " + packaged);
}

Result<std::string> worker_program() {
  return program_of_ours("careo-worker");
}

}  // namespace careo
