// SPDX-License-Identifier: Apache-2.0
#include "wire/crew.h"

#include <algorithm>
#include <array>
#include <deque>

#include "wire/transcript.h"
#include "wire/worker_process.h"

namespace careo {
namespace {

constexpr std::uint64_t kBytesPerSecond = 16ULL << 20;    // a tenth of what our slowest reader of containers does
constexpr std::uint64_t kInside = 1ULL << 20;             // larger parts are pulled: a worker may need only their head
constexpr auto kGlance = std::chrono::milliseconds(200);  // at who waits for us to stop
constexpr auto kLockIn = std::chrono::seconds(30);        // a fork on a loaded machine
constexpr int kMostStops = 12;                            // for a child that only just keeps awake
constexpr auto kIdle = std::chrono::seconds(10);          // then a warm parent costs more than warming up another

using Jobs = std::vector<const Job*>;

Lane lane_of(Stage stage) {
  if (stage == Stage::Look) return Lane::Library;
  return stage == Stage::Ocr ? Lane::Ocr : Lane::Light;
}

// What one child came to: the jobs of its batch that it did not answer, and why; and those for another lane.
struct Run {
  Jobs rest;
  std::string death;
  Jobs elsewhere;
};

// Batches still to run. A library's child reads one file; ours read many small parts together.
std::deque<Jobs> batches_of(const Jobs& jobs, Lane lane) {
  std::deque<Jobs> out;
  std::uint64_t bytes = 0;
  for (const Job* job : jobs) {
    const std::uint64_t size = job->bytes->size() <= kInside ? job->bytes->size() : 0;
    const bool full =
        out.empty() || lane != Lane::Light || out.back().size() == kBatchJobs || bytes + size > kBatchBytes;
    if (full) {
      out.emplace_back();
      bytes = 0;
    }
    out.back().push_back(job);
    bytes += size;
  }
  return out;
}

class LocalCrew final : public Crew {
 public:
  explicit LocalCrew(CrewOptions options) : options_(std::move(options)) {}

  // Asks a first child, of which nothing is wanted, what it was granted.
  Result<void> look_around() {
    const auto seen = look();
    if (seen || seen.error().fault == Fault::Refused) return seen;
    retire(Lane::Light);  // it may have died of something else: once more
    return look();
  }

  Result<void> run(const std::vector<Job>& jobs, Receiver& receiver) override {
    Jobs lanes[3];
    for (const Job& job : jobs) lanes[static_cast<std::size_t>(lane_of(job.stage))].push_back(&job);
    auto& [light, library, ocr] = lanes;
    let_idle_go(light.empty() ? Lane::Library : Lane::Light);
    const Jobs sent_on = TRY(run_lane(Lane::Light, light, receiver));
    library.insert(library.end(), sent_on.begin(), sent_on.end());
    TRY(run_lane(Lane::Library, library, receiver));
    TRY(run_lane(Lane::Ocr, ocr, receiver));
    return {};
  }

  Result<Buffer> render(const Part& part, std::shared_ptr<PartSource> bytes, const Region& region,
                        int max_side) override {
    auto png = render_once(part, *bytes, region, max_side);
    if (!png && png.error().fault == Fault::Io) retire(Lane::Library);
    return png;
  }

  Confinement confinement() const override { return confinement_; }

 private:
  Result<void> look() {
    const auto talk = TRY(start_child(Lane::Light, 0));
    talk->say(FrameType::Go, pack_number(0));
    const auto heard = TRY(talk->hear(Clock::now() + kLockIn));
    if (heard.event != Conversation::Event::Closed || !talk->ending().death.empty())
      return fail(Fault::Io, "the worker does not do nothing when told so");
    return {};
  }

  WorkerProcess* worker(Lane lane) { return workers_[static_cast<std::size_t>(lane)].get(); }
  void retire(Lane lane) { workers_[static_cast<std::size_t>(lane)].reset(); }

  // Among a million mails there are minutes without a picture, and the libraries' warm parent holds 36 MB.
  void let_idle_go(Lane busy) {
    const auto now = Clock::now();
    for (const Lane lane : {Lane::Light, Lane::Library, Lane::Ocr})
      if (lane != busy && now - used_[static_cast<std::size_t>(lane)] > kIdle) retire(lane);
  }

  // A job's time grows with its bytes: a mail store of 10 GB is no hang after 20 seconds.
  std::uint32_t seconds_for(std::uint64_t largest) const {
    return options_.seconds + static_cast<std::uint32_t>(std::min<std::uint64_t>(largest / kBytesPerSecond, 3600));
  }

  Result<Descriptor> spawn(Lane lane, std::size_t jobs, std::uint64_t largest) {
    const SpawnMessage order{seconds_for(largest), static_cast<std::uint32_t>(jobs), options_.memory, options_.confine};
    auto& slot = workers_[static_cast<std::size_t>(lane)];
    if (slot) {
      if (auto wire = slot->spawn(order)) return wire;
      slot.reset();  // it died between two batches
    }
    slot = TRY(WorkerProcess::start(options_, lane));
    return slot->spawn(order);
  }

  // No hostile byte goes out before the child has said that it is locked in.
  Result<void> expect_ready(Conversation* talk) {
    const auto heard = TRY(talk->hear(Clock::now() + kLockIn));
    if (heard.event != Conversation::Event::Frame || heard.frame.type != FrameType::Ready)
      return fail(Fault::Io, "a worker could not lock itself in");
    const ReadyMessage ready = TRY(ready_in(heard.frame.payload));
    confinement_ = {ready.seccomp, ready.landlock_abi, ready.broker};
    if (options_.confine && !ready.seccomp)
      return fail(Fault::Refused,
                  "this kernel does not confine workers (no seccomp filters), so nothing hostile is opened");
    return {};
  }

  // The jobs that need another lane.
  Result<Jobs> run_lane(Lane lane, const Jobs& jobs, Receiver& receiver) {
    Jobs elsewhere;
    std::deque<Jobs> batches = batches_of(jobs, lane);
    while (!batches.empty()) {
      const Jobs batch = std::move(batches.front());
      batches.pop_front();
      auto run = run_batch(lane, batch, receiver);
      if (!run) {
        retire(lane);
        return tl::unexpected<Error>(std::move(run).error());
      }
      elsewhere.insert(elsewhere.end(), run->elsewhere.begin(), run->elsewhere.end());
      if (!run->death.empty()) retire(lane);
      put_back(run->rest, &batches);
      used_[static_cast<std::size_t>(lane)] = Clock::now();
    }
    return elsewhere;
  }

  // The first job without an answer is the likely guilty: it runs alone. It need not be (a job before may have hurt the
  // child, or the last frames were lost), so the others run in halves, which ends after few runs whoever it was.
  static void put_back(const Jobs& rest, std::deque<Jobs>* batches) {
    if (rest.empty()) return;
    const auto middle = rest.begin() + 1 + (static_cast<std::ptrdiff_t>(rest.size()) - 1) / 2;
    if (middle != rest.end()) batches->emplace_front(middle, rest.end());
    if (middle != rest.begin() + 1) batches->emplace_front(rest.begin() + 1, middle);
    batches->push_front({rest.front()});
  }

  struct Loaded {
    Jobs jobs;
    std::vector<Buffer> bytes;  // empty where the child pulls
  };

  // Parts that are no longer there never reach a worker.
  static Result<Loaded> load(const Jobs& batch, Receiver& receiver) {
    Loaded out;
    for (const Job* job : batch) {
      Result<Buffer> bytes = job->bytes->size() <= kInside ? job->bytes->read(0, job->bytes->size()) : Buffer();
      if (bytes && job->bytes->size() <= kInside && bytes->size() != job->bytes->size())
        bytes = fail(Fault::NotFound, "shorter than it was");
      if (!bytes) {
        TRY(receiver.outcome(*job, vanished(*job, bytes.error())));
        continue;
      }
      out.jobs.push_back(job);
      out.bytes.push_back(std::move(*bytes));
    }
    return out;
  }

  Result<Run> run_batch(Lane lane, const Jobs& batch, Receiver& receiver) {
    Loaded loaded = TRY(load(batch, receiver));
    if (loaded.jobs.empty()) return Run{};
    std::uint64_t largest = 0;
    for (const Job* job : loaded.jobs) largest = std::max(largest, job->bytes->size());
    const auto talk = TRY(start_child(lane, loaded.jobs.size(), largest));
    if (!options_.passwords.empty()) talk->say(FrameType::Passwords, pack_passwords(options_.passwords));
    send_jobs(&loaded, talk.get());
    const bool alone = loaded.jobs.size() == 1;
    Transcript transcript(loaded.jobs, lane, alone ? Transcript::Keep::Stream : Transcript::Keep::Hold, &receiver,
                          [&talk](std::uint64_t job) { return talk->refused_files(job); });
    Run run;
    run.death = TRY(listen(lane, talk.get(), &transcript));
    const bool unanswered = transcript.answered() < loaded.jobs.size();
    if (unanswered && run.death.empty()) run.death = "crashed: left early";
    if (unanswered && alone) TRY(transcript.end_badly(run.death));
    run.rest.assign(loaded.jobs.begin() + static_cast<std::ptrdiff_t>(transcript.answered()), loaded.jobs.end());
    run.elsewhere = transcript.elsewhere();
    return run;
  }

  // A worker that dies at its start, or cannot start a child, is replaced once; if the new one cannot either, nothing
  // can be read here.
  Result<std::unique_ptr<Conversation>> start_child(Lane lane, std::size_t jobs, std::uint64_t largest = 0) {
    auto child = try_child(lane, jobs, largest);
    if (!child && child.error().fault != Fault::Refused) child = try_child(lane, jobs, largest);
    if (!child) return wrap(child.error(), "starting a worker");
    return child;
  }

  Result<std::unique_ptr<Conversation>> try_child(Lane lane, std::size_t jobs, std::uint64_t largest) {
    Descriptor wire = TRY(spawn(lane, jobs, largest));
    auto talk = std::make_unique<Conversation>(worker(lane), std::move(wire));
    const auto ready = expect_ready(talk.get());
    if (ready) return talk;
    retire(lane);
    return tl::unexpected(ready.error());
  }

  static void send_jobs(Loaded* loaded, Conversation* talk) {
    for (std::size_t i = 0; i < loaded->jobs.size(); ++i) {
      const Job& job = *loaded->jobs[i];
      JobMessage message;
      message.index = i;
      message.stage = job.stage;
      message.article = job.article;
      message.hints = job.part.hints;
      message.budget = job.budget;
      message.length = job.bytes->size();
      message.inside = job.bytes->size() <= kInside;
      message.bytes = loaded->bytes[i];
      talk->say(FrameType::Job, pack(message));
      loaded->bytes[i] = Buffer();
    }
    talk->say(FrameType::Go, pack_number(loaded->jobs.size()));
  }

  // For children that sleep: twice their CPU seconds and some, for a machine with other work to do.
  Clock::duration wall_clock() const {
    if (options_.wall_seconds > 0) return std::chrono::seconds(options_.wall_seconds);
    return std::chrono::seconds(10 + 2 * static_cast<std::int64_t>(options_.seconds));
  }

  // Listens to a child until it has ended: why it died, or "". An error is the receiver's or the machine's.
  Result<std::string> listen(Lane lane, Conversation* talk, Transcript* transcript) {
    const auto patience = wall_clock();
    auto until = Clock::now() + patience;
    int stops = 0;
    for (;;) {
      let_idle_go(lane);
      const auto glance = options_.stopped ? std::min(until, Clock::now() + kGlance) : until;
      const auto heard = talk->hear(glance);
      if (options_.stopped && options_.stopped()) return fail(Fault::Refused, "stopped");
      if (!heard) return betrayed(lane, heard.error());
      if (heard->event == Conversation::Event::Late && Clock::now() < until) continue;
      if (heard->event == Conversation::Event::Closed) {
        const Ending ending = talk->ending();
        if (!ending.known) retire(lane);
        return ending.death;
      }
      if (heard->event == Conversation::Event::Late) {
        if (++stops > kMostStops) {
          retire(lane);
          return std::string("time limit");
        }
        worker(lane)->stop_child();
        until = Clock::now() + patience;
        continue;
      }
      const auto before = Clock::now();
      const auto said = transcript->take(heard->frame);
      if (transcript->receiver_error()) return tl::unexpected<Error>(*transcript->receiver_error());
      if (!said) return betrayed(lane, said.error());
      if (said->kind == Transcript::Heard::Kind::TooMuchHeld) {
        retire(lane);
        return std::string("too much for a batch");
      }
      if (said->kind == Transcript::Heard::Kind::Pull) give_page(*transcript->current(), said->pull, talk);
      // Time that the desk takes is not the child's.
      until =
          said->kind == Transcript::Heard::Kind::JobOver ? Clock::now() + patience : until + (Clock::now() - before);
    }
  }

  std::string betrayed(Lane lane, const Error& lie) {
    retire(lane);
    return "crashed: broke the protocol: " + lie.text();
  }

  static void give_page(const Job& job, const PullMessage& asked, Conversation* talk) {
    const auto bytes = job.bytes->read(asked.offset, asked.length);
    PageMessage page;
    page.there = bytes && bytes->size() == asked.length;
    if (page.there) page.bytes = *bytes;
    talk->say(FrameType::Page, pack(page));
  }

  Result<Buffer> render_once(const Part& part, PartSource& bytes, const Region& region, int max_side) {
    const auto talk = TRY(start_child(Lane::Library, 1));
    RenderMessage message;
    message.hints = part.hints;
    message.region = region;
    message.max_side = static_cast<std::uint32_t>(std::max(1, max_side));
    message.length = bytes.size();
    talk->say(FrameType::Render, pack(message));
    const auto until = Clock::now() + wall_clock();
    for (;;) {
      const auto heard = TRY(talk->hear(until));
      if (heard.event == Conversation::Event::Late) return fail(Fault::Io, "drawing: time limit");
      if (heard.event == Conversation::Event::Closed) return fail(Fault::Io, "drawing: " + talk->ending().death);
      if (heard.frame.type == FrameType::Pull) {
        TRY(give_render_page(bytes, heard.frame.payload, talk.get()));
        continue;
      }
      if (heard.frame.type != FrameType::Png) return fail(Fault::Io, "drawing: the worker broke the protocol");
      return png_of(heard.frame.payload, talk.get());
    }
  }

  static Result<void> give_render_page(PartSource& bytes, Bytes payload, Conversation* talk) {
    const auto asked = pull_in(payload);
    if (!asked || asked->offset > bytes.size() || asked->length > bytes.size() - asked->offset)
      return fail(Fault::Io, "drawing: the worker broke the protocol");
    const auto page = bytes.read(asked->offset, asked->length);
    PageMessage answer;
    answer.there = page && page->size() == asked->length;
    if (answer.there) answer.bytes = *page;
    talk->say(FrameType::Page, pack(answer));
    return {};
  }

  static Result<Buffer> png_of(Bytes payload, Conversation* talk) {
    const auto message = png_in(payload);
    if (!message) return fail(Fault::Io, "drawing: the worker broke the protocol");
    const PngMessage drawn = *message;
    Buffer png(drawn.png.begin(), drawn.png.end());
    const Ending ending = talk->ending();  // so that its warm parent is free for the next
    if (!ending.known) return fail(Fault::Io, "drawing: " + ending.death);
    if (!drawn.drawn) return fail(drawn.fault, drawn.message);
    return png;
  }

  std::array<std::unique_ptr<WorkerProcess>, 3> workers_;
  std::array<Clock::time_point, 3> used_{};
  CrewOptions options_;
  Confinement confinement_;
};

}  // namespace

std::string Confinement::text() const {
  if (!seccomp) return "none";
  std::string out = "seccomp";
  out += landlock_abi > 0 ? ", Landlock " + std::to_string(landlock_abi) : ", no Landlock";
  return out + (broker ? ", broker" : ", no broker: files that a library loads late are missing");
}

Result<std::unique_ptr<Crew>> Crew::start(CrewOptions options) {
  auto out = std::make_unique<LocalCrew>(std::move(options));
  TRY(out->look_around());
  return out;
}

}  // namespace careo
