// SPDX-License-Identifier: Apache-2.0
#include "wire/drive.h"

#include <sys/time.h>

#include <exception>
#include <new>
#include <stdexcept>

#include "wire/job_sink.h"
#include "wire/starved.h"

namespace careo {
namespace {

constexpr std::uint64_t kHead = 64U << 10;  // what Opener::may() is promised
constexpr std::string_view kNobody = "worker/1";

// The answer to one job, before it is sent.
struct Verdict {
  State state = State::Read;
  std::string reason;
  std::string reader{kNobody};
  bool elsewhere = false;
};

// A job with its own copy of the frame it came in.
struct HeldJob {
  Buffer payload;
  JobMessage message;
};

// What an opener's error makes of the part; `found` tells what came out before. What is not understood is kept,
// whatever it says of itself.
Verdict verdict_of(const Error& error, JobSink::Found found, bool vanished) {
  const State cut_or_failed = found != JobSink::Found::Nothing ? State::Cut : State::Failed;
  const State cut_or_kept = found == JobSink::Found::Content ? State::Cut : State::Kept;
  if (vanished) return {cut_or_failed, "vanished: " + error.text(), std::string(kNobody), false};
  switch (error.fault) {
    case Fault::Unsupported: return {cut_or_kept, error.text(), std::string(kNobody), false};
    case Fault::Denied: return {cut_or_failed, "locked: " + error.text(), std::string(kNobody), false};
    case Fault::Refused: return {State::Cut, error.text(), std::string(kNobody), false};
    case Fault::Malformed:
    case Fault::NotFound: return {cut_or_failed, "damaged: " + error.text(), std::string(kNobody), false};
    case Fault::Io:
    case Fault::Bug: break;
  }
  return {cut_or_failed, "crashed: " + error.text(), std::string(kNobody), false};
}

// Libraries' exceptions are caught where they are wrapped; this is the last net, so that one that got away costs one
// part and not the batch.
template <typename Work>
Result<void> guarded(Work work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return fail(Fault::Refused, "memory limit");
  } catch (const std::length_error&) {
    return fail(Fault::Refused, "memory limit");
  } catch (const std::exception& thrown) {
    return fail(Fault::Bug, std::string("an exception got away: ") + thrown.what());
  } catch (...) {
    return fail(Fault::Bug, "an exception got away");
  }
}

class Driver {
 public:
  Driver(const Toolbox& toolbox, Lane lane, int fd, std::uint32_t seconds, Notes* notes)
      : toolbox_(toolbox), lane_(lane), link_(fd), seconds_(seconds), notes_(notes) {}

  Result<void> run(const Locked& locked) {
    TRY(link_.out.put(FrameType::Ready, pack(ReadyMessage{locked.seccomp, locked.broker,
                                                          static_cast<std::uint8_t>(locked.landlock_abi)})));
    TRY(link_.out.flush());
    std::vector<HeldJob> jobs;
    for (;;) {
      const auto frame = TRY(link_.next());
      if (!frame) return {};  // no batch after all
      if (frame->type == FrameType::Passwords && jobs.empty() && passwords_.empty()) {
        passwords_ = TRY(passwords_in(frame->payload));
        continue;
      }
      if (frame->type == FrameType::Render) return render(frame->payload);
      if (frame->type == FrameType::Go) break;
      if (frame->type != FrameType::Job || jobs.size() == kBatchJobs) return fail(Fault::Malformed, "not a batch");
      HeldJob job;
      job.payload.assign(frame->payload.begin(), frame->payload.end());
      job.message = TRY(job_in(job.payload));  // views the copy, whose memory moves along with the vector
      jobs.push_back(std::move(job));
    }
    for (const HeldJob& job : jobs) TRY(answer(job.message));
    return link_.out.flush();
  }

 private:
  Result<void> answer(const JobMessage& job) {
    notes_->job = job.index;
    set_alarm();
    TRY(link_.out.put(FrameType::Begin, pack_number(job.index)));
    const std::uint64_t refused_before = allocations_refused();
    Verdict verdict = TRY(work_on(job));
    if (verdict.elsewhere) return link_.out.put(FrameType::Elsewhere, {});
    if (allocations_refused() != refused_before && verdict.reason != "memory limit") {
      // Whoever asked for that memory may have gone on without it and said nothing, or called the file damaged.
      if (verdict.state == State::Read) verdict.state = State::Cut;
      verdict.reason = verdict.state == State::Failed ? "crashed: memory limit: " + verdict.reason : "memory limit";
      TRY(link_.out.put(FrameType::Unread, pack_unread({.region = {}, .length = 0, .reason = "memory limit"})));
    }
    return link_.out.put(FrameType::Done, pack(DoneMessage{verdict.state, verdict.reason, verdict.reader}));
  }

  // CPU seconds of this job alone; the batch as a whole is bounded by RLIMIT_CPU.
  void set_alarm() const {
    if (seconds_ == 0) return;
    const itimerval alarm{{0, 0}, {seconds_, 0}};
    ::setitimer(ITIMER_PROF, &alarm, nullptr);
  }

  Result<Verdict> work_on(const JobMessage& job) {
    LinkedBytes bytes(&link_, job.length, job.inside ? std::optional<Bytes>(job.bytes) : std::nullopt, passwords_);
    if (job.stage == Stage::Mine) return mine(job, bytes);
    const auto head = bytes.at(0, kHead);
    if (!head) return verdict_of(head.error(), JobSink::Found::Nothing, bytes.vanished());
    const Opener* opener = nullptr;
    const auto chosen = guarded([&]() -> Result<void> {
      opener = opener_for(*head, job.hints);
      return {};
    });
    if (!chosen) return verdict_of(chosen.error(), JobSink::Found::Nothing, false);
    if (opener == nullptr) return nobody(job);
    return open(*opener, job, bytes);
  }

  Verdict nobody(const JobMessage& job) const {
    if (lane_ == Lane::Light && job.stage == Stage::Open && !toolbox_.library.empty())
      return {State::Kept, {}, {}, true};
    return {State::Kept, "unsupported type", std::string(kNobody), false};
  }

  const Opener* opener_for(Bytes head, const Hints& hints) const {
    const auto& openers = lane_ == Lane::Light ? toolbox_.light : toolbox_.library;
    for (const Opener* opener : openers)
      if (opener->may(head, hints)) return opener;
    return nullptr;
  }

  Result<Verdict> open(const Opener& opener, const JobMessage& job, LinkedBytes& bytes) {
    const bool ocr = job.stage == Stage::Ocr && toolbox_.recogniser != nullptr;
    const std::string_view reader = ocr ? toolbox_.recogniser->name() : opener.name();
    JobSink sink(toolbox_, job, reader, &link_);
    const auto opened = guarded([&] { return opener.open(bytes, job.hints, job.budget, sink); });
    return finish(&sink, opened, reader, bytes.vanished());
  }

  Result<Verdict> mine(const JobMessage& job, LinkedBytes& bytes) {
    JobSink sink(toolbox_, job, miners_name(), &link_);
    const auto mined = guarded([&]() -> Result<void> {
      const Bytes packed = TRY(bytes.at(0, job.length));
      for (const Text& text : TRY(unpack_texts(packed))) TRY(sink.mine(text));
      return {};
    });
    return finish(&sink, mined, miners_name(), bytes.vanished());
  }

  static Verdict finish(JobSink* sink, const Result<void>& worked, std::string_view reader, bool vanished) {
    Verdict out;
    if (!worked) {
      out = verdict_of(worked.error(), sink->found(), vanished);
      sink->end_open_child();
      if (out.state == State::Cut && sink->found() != JobSink::Found::Nothing) sink->give_up_rest(out.reason);
    } else if (!sink->first_unread().empty()) {
      out.state = State::Cut;
      out.reason = sink->first_unread();
    }
    out.reader = is_plain_word(reader) ? reader : kNobody;
    return out;
  }

  // All miners answer for the record together; a new version of one makes it a new record.
  std::string miners_name() const {
    std::string out;
    for (const TextReader* miner : toolbox_.miners) out += (out.empty() ? "" : "+") + std::string(miner->name());
    return out.empty() ? std::string(kNobody) : out;
  }

  Result<void> render(Bytes payload) {
    const RenderMessage asked = TRY(render_in(payload));
    LinkedBytes bytes(&link_, asked.length, std::nullopt, {});
    PngMessage answer;
    Buffer png;
    const auto drawn = guarded([&]() -> Result<void> {
      if (toolbox_.renderer == nullptr) return fail(Fault::Unsupported, "no renderer");
      png = TRY(toolbox_.renderer->png(bytes, asked.hints, asked.region, static_cast<int>(asked.max_side)));
      return {};
    });
    if (drawn && png.size() + 16 > kind_of(static_cast<std::uint8_t>(FrameType::Png))->most)
      return link_.out.put(FrameType::Png, pack(PngMessage{false, Fault::Refused, "too large a picture", {}}));
    answer.drawn = drawn.has_value();
    if (drawn) {
      answer.png = png;
    } else {
      answer.fault = drawn.error().fault;
      answer.message = drawn.error().text();
    }
    TRY(link_.out.put(FrameType::Png, pack(answer)));
    return link_.out.flush();
  }

  const Toolbox& toolbox_;
  Lane lane_;
  Link link_;
  std::uint32_t seconds_;
  Notes* notes_;
  std::vector<std::string> passwords_;  // of this batch
};

}  // namespace

int drive(const Toolbox& toolbox, Lane lane, int fd, std::uint32_t seconds, const Locked& locked, Notes* notes) {
  count_refusals_in(&notes->starved);
  Driver driver(toolbox, lane, fd, seconds, notes);
  return driver.run(locked) ? 0 : 1;
}

}  // namespace careo
