// SPDX-License-Identifier: Apache-2.0
// The wire against a hostile worker (the desk's decoder and transcript) and against a hostile desk (the child's
// decoder). The first byte chooses: 0 and 1 a worker's stream in a batch or alone, 2 a desk's stream, 3 one packet, 4
// packed texts.
#include <cstdlib>

#include "wire/crew.h"
#include "wire/frame.h"
#include "wire/message.h"
#include "wire/transcript.h"

namespace careo {
namespace {

class Nothing final : public PartSource {
 public:
  std::uint64_t size() const override { return 1000; }
  Result<Buffer> read(std::uint64_t, std::uint64_t length) override { return Buffer(length); }
};

void require(bool holds) {
  if (!holds) std::abort();
}

// Whatever a worker says, what the receiver gets is in order and packs to a record that reads back equal.
class Checker final : public Receiver {
 public:
  Result<void> derived(const Job&, const Child&) override {
    require(!open_);
    open_ = true;
    return {};
  }
  Result<void> derived_bytes(Bytes bytes) override {
    require(open_ && !bytes.empty());
    return {};
  }
  Result<void> derived_end(bool) override {
    require(open_);
    open_ = false;
    return {};
  }
  Result<void> outcome(const Job& job, Outcome outcome) override {
    require(!open_ && outcome.part == job.part.id());
    const auto back = unpack_outcome(pack(outcome));
    require(back && *back == outcome);
    ++outcomes;
    return {};
  }
  std::size_t outcomes = 0;

 private:
  bool open_ = false;
};

void hear_worker(Bytes stream, std::size_t count) {
  std::vector<Job> jobs(count);
  std::vector<const Job*> batch;
  for (Job& job : jobs) {
    job.part.length = 1000;
    job.bytes = std::make_shared<Nothing>();
    batch.push_back(&job);
  }
  Checker checker;
  const auto keep = count == 1 ? Transcript::Keep::Stream : Transcript::Keep::Hold;
  Transcript transcript(batch, Lane::Light, keep, &checker, nullptr);
  FrameReader reader;
  reader.feed(stream);
  for (;;) {
    const auto frame = reader.next();
    if (!frame || !*frame || !transcript.take(**frame)) break;
  }
  if (keep == Transcript::Keep::Stream && transcript.answered() == 0)
    require(transcript.end_badly("crashed").has_value());
  require(checker.outcomes + transcript.elsewhere().size() == transcript.answered());
}

void hear_desk(Bytes stream) {
  FrameReader reader;
  reader.feed(stream);
  for (;;) {
    const auto frame = reader.next();
    if (!frame || !*frame) return;
    (void)job_in((*frame)->payload);
    (void)passwords_in((*frame)->payload);
    (void)page_in((*frame)->payload);
    (void)render_in((*frame)->payload);
  }
}

void hear_packet(Bytes packet) {
  const auto frame = parse_packet(packet);
  if (!frame) return;
  (void)spawn_in(frame->payload);
  (void)hello_in(frame->payload);
  (void)ready_in(frame->payload);
  (void)refused_in(frame->payload);
  (void)ended_in(frame->payload);
  (void)png_in(frame->payload);
}

void unpack(Bytes bytes) {
  const auto texts = unpack_texts(bytes);
  if (texts) require(*unpack_texts(pack_texts(*texts)) == *texts);
}

}  // namespace
}  // namespace careo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const careo::Bytes rest(data + 1, size - 1);
  switch (data[0]) {
    case 0: careo::hear_worker(rest, 3); break;
    case 1: careo::hear_worker(rest, 1); break;
    case 2: careo::hear_desk(rest); break;
    case 3: careo::hear_packet(rest); break;
    default: careo::unpack(rest); break;
  }
  return 0;
}
