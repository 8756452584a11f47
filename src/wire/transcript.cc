// SPDX-License-Identifier: Apache-2.0
#include "wire/transcript.h"

#include <algorithm>

#include "base/json.h"

namespace careo {
namespace {

constexpr std::uint64_t kMostSaid = 1ULL << 29;   // what one job may make us remember: eight times the text budget
constexpr std::uint64_t kMostHeld = 64ULL << 20;  // derived bytes of one job kept back in a batch
constexpr std::size_t kRefusedNamed = 4;          // refused files named in an outcome; more say no more

tl::unexpected<Error> lie(std::string what) {
  return fail(Fault::Malformed, std::move(what));
}

bool anything_in(const Outcome& outcome) {
  return !outcome.children.empty() || !outcome.texts.empty() || !outcome.readings.empty();
}

// Whatever nobody answered for before the end is unread, and says why.
void give_up_the_rest(Outcome* outcome, const Job& job, std::uint64_t claimed, const std::string& reason) {
  if (job.stage != Stage::Open) return;
  const std::uint64_t length = job.part.length;
  if (claimed >= length) return;
  Unread rest{.region = {}, .length = length - claimed, .reason = reason};
  if (claimed > 0) {
    rest.region.bytes = Region::Span{claimed, length};
    claim(&outcome->claims, Claim::By::Unread, length - claimed);
  }
  outcome->unread.push_back(std::move(rest));
}

Outcome blank(const Job& job) {
  Outcome out;
  out.part = job.part.id();
  out.stage = job.stage;
  out.reader = "worker/1";
  return out;
}

// A failed part names its kind of failure first.
std::string failure(const std::string& reason) {
  return reason.starts_with("crashed") ? reason : "crashed: " + reason;
}

}  // namespace

Outcome vanished(const Job& job, const Error& error) {
  Outcome out = blank(job);
  out.state = State::Failed;
  out.reason = "vanished: " + error.text();
  return out;
}

Result<void> Transcript::told(Result<void> by_receiver) {
  if (!by_receiver) receiver_error_ = by_receiver.error();
  return by_receiver;
}

Result<Transcript::Heard> Transcript::take(const Frame& frame) {
  if (!begun_) {
    if (frame.type != FrameType::Begin) return lie("a frame between jobs");
    TRY(begin(frame.payload));
    return Heard{};
  }
  if (in_derived_ && frame.type != FrameType::DerivedBytes && frame.type != FrameType::DerivedEnd &&
      frame.type != FrameType::Pull && frame.type != FrameType::Unread && frame.type != FrameType::Claim)
    return lie("a frame inside a derived child");
  if (frame.type != FrameType::DerivedBytes) said_ += frame.payload.size();
  if (said_ > kMostSaid) return lie("a job that says too much");
  auto heard = take_in_job(frame);
  silent_ = silent_ && frame.type == FrameType::Pull;
  return heard;
}

Result<Transcript::Heard> Transcript::take_in_job(const Frame& frame) {
  switch (frame.type) {
    case FrameType::Child: TRY(add_child(frame.payload)); break;
    case FrameType::Derived: TRY(begin_derived(frame.payload)); break;
    case FrameType::DerivedBytes: return add_derived_bytes(frame.payload);
    case FrameType::DerivedEnd: TRY(end_derived(frame.payload)); break;
    case FrameType::Text: TRY(add_text(frame.payload)); break;
    case FrameType::Reading: TRY(add_reading(frame.payload)); break;
    case FrameType::Unread: outcome_.unread.push_back(TRY(unread_in(frame.payload))); break;
    case FrameType::Claim: TRY(add_claim(frame.payload)); break;
    case FrameType::Expect: TRY(expect(frame.payload)); break;
    case FrameType::MediaType: outcome_.media_type = TRY(media_type_in(frame.payload)); break;
    case FrameType::Pull: return pull(frame.payload);
    case FrameType::Elsewhere: return elsewhere(frame.payload);
    case FrameType::Done: return done(frame.payload);
    default: return lie("a frame that no child sends here");
  }
  return Heard{};
}

Result<void> Transcript::begin(Bytes payload) {
  const std::uint64_t index = TRY(number_in(payload));
  if (index != answered_ || answered_ >= jobs_.size()) return lie("a job out of turn");
  begun_ = true;
  in_derived_ = false;
  silent_ = true;
  outcome_ = blank(job());
  held_.clear();
  held_bytes_ = derived_bytes_ = sum_of_claims_ = said_ = 0;
  return {};
}

Result<void> Transcript::count_child() {
  if (job().stage != Stage::Open) return lie("a child of a part that was not opened");
  if (outcome_.children.size() >= job().budget.children) return lie("more children than allowed");
  return {};
}

Result<void> Transcript::add_child(Bytes payload) {
  TRY(count_child());
  Child child = TRY(child_in(payload));
  if (child.step.kind != Step::Kind::Range) return lie("a child without bytes");
  const std::uint64_t size = job().part.length;
  if (child.step.offset > size || child.step.length > size - child.step.offset) return lie("a child outside its part");
  outcome_.children.push_back(std::move(child));
  return {};
}

Result<void> Transcript::begin_derived(Bytes payload) {
  TRY(count_child());
  Child child = TRY(child_in(payload));
  if (child.step.kind == Step::Kind::Path) return lie("a path from a worker");
  outcome_.children.push_back(child);
  in_derived_ = true;
  if (keep_ == Keep::Stream) return told(receiver_->derived(job(), child));
  held_.push_back({std::move(child), {}, false});
  return {};
}

Result<Transcript::Heard> Transcript::add_derived_bytes(Bytes bytes) {
  if (!in_derived_ || bytes.empty()) return lie("bytes of no child");
  derived_bytes_ += bytes.size();
  if (derived_bytes_ > job().budget.bytes_out) return lie("more bytes than allowed");
  if (keep_ == Keep::Stream) {
    TRY(told(receiver_->derived_bytes(bytes)));
    return Heard{};
  }
  held_bytes_ += bytes.size();
  if (held_bytes_ > kMostHeld) return Heard{Heard::Kind::TooMuchHeld, {}};
  held_.back().bytes.insert(held_.back().bytes.end(), bytes.begin(), bytes.end());
  return Heard{};
}

Result<void> Transcript::end_derived(Bytes payload) {
  if (!in_derived_) return lie("the end of no child");
  if (payload.size() != 1 || payload[0] > 1) return lie("neither complete nor cut");
  in_derived_ = false;
  const bool complete = payload[0] == 1;
  if (keep_ == Keep::Stream) return told(receiver_->derived_end(complete));
  held_.back().complete = complete;
  return {};
}

Result<void> Transcript::add_text(Bytes payload) {
  outcome_.texts.push_back(TRY(text_in(payload)));
  return {};
}

// The language of a text is part of the text; its reader says it behind the text, so that a crash in the reader leaves
// the text.
Result<void> Transcript::add_reading(Bytes payload) {
  Reading reading = TRY(reading_in(payload));
  if (reading.kind == "language" && !outcome_.texts.empty()) {
    Text& text = outcome_.texts.back();
    const Json value = TRY(Json::parse(reading.value));
    if (text.language.empty()) text.language = value.text();
    return {};
  }
  outcome_.readings.push_back(std::move(reading));
  return {};
}

Result<void> Transcript::expect(Bytes payload) {
  const std::uint64_t count = TRY(number_in(payload));
  if (count > INT64_MAX) return lie("a count beyond all containers");
  outcome_.expected = count;
  return {};
}

Result<void> Transcript::add_claim(Bytes payload) {
  const Claim one = TRY(claim_in(payload));
  if (one.length > UINT64_MAX - sum_of_claims_) return lie("claims beyond all numbers");
  sum_of_claims_ += one.length;
  claim(&outcome_.claims, one.by, one.length);
  return {};
}

Result<Transcript::Heard> Transcript::pull(Bytes payload) const {
  const PullMessage asked = TRY(pull_in(payload));
  const std::uint64_t size = job().bytes->size();
  if (asked.offset > size || asked.length > size - asked.offset) return lie("a pull outside the part");
  return Heard{Heard::Kind::Pull, asked};
}

Result<Transcript::Heard> Transcript::elsewhere(Bytes payload) {
  if (!payload.empty() || !silent_ || lane_ != Lane::Light || job().stage != Stage::Open)
    return lie("a job sent on from the wrong place");
  elsewhere_.push_back(&job());
  begun_ = false;
  ++answered_;
  return Heard{Heard::Kind::JobOver, {}};
}

Result<Transcript::Heard> Transcript::done(Bytes payload) {
  DoneMessage message = TRY(done_in(payload));
  outcome_.state = message.state;
  outcome_.reason = std::move(message.reason);
  outcome_.reader = std::move(message.reader);
  const std::vector<std::string> refused = refused_ ? refused_(answered_) : std::vector<std::string>();
  for (std::size_t i = 0; i < std::min(refused.size(), kRefusedNamed); ++i)
    outcome_.unread.push_back(
        {.region = {}, .length = 0, .reason = "file not available in confinement: " + refused[i]});
  if (outcome_.state == State::Read && !outcome_.unread.empty()) {
    outcome_.state = State::Cut;
    outcome_.reason = outcome_.unread.front().reason;
  }
  if (outcome_.state == State::Read) outcome_.reason.clear();
  TRY(hand_over());
  return Heard{Heard::Kind::JobOver, {}};
}

Result<void> Transcript::hand_over() {
  for (const HeldChild& held : held_) {
    TRY(told(receiver_->derived(job(), held.child)));
    if (!held.bytes.empty()) TRY(told(receiver_->derived_bytes(held.bytes)));
    TRY(told(receiver_->derived_end(held.complete)));
  }
  held_.clear();
  TRY(told(receiver_->outcome(job(), std::move(outcome_))));
  begun_ = false;
  ++answered_;
  return {};
}

Result<void> Transcript::end_badly(const std::string& reason) {
  if (!begun_) TRY(begin(pack_number(answered_)));
  if (in_derived_) {
    in_derived_ = false;
    if (keep_ == Keep::Stream) TRY(told(receiver_->derived_end(false)));
  }
  const bool something = anything_in(outcome_);
  outcome_.state = something ? State::Cut : State::Failed;
  outcome_.reason = something ? reason : failure(reason);
  give_up_the_rest(&outcome_, job(), sum_of_claims_, outcome_.reason);
  return hand_over();
}

}  // namespace careo
