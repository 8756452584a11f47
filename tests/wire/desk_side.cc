// SPDX-License-Identifier: Apache-2.0
#include "wire/desk_side.h"

#include <algorithm>

namespace careo {

Result<Buffer> MemorySource::read(std::uint64_t offset, std::uint64_t length) {
  if (offset + length > text_.size()) return fail(Fault::NotFound, "the file is gone");
  const Bytes piece = slice(bytes_of(text_), offset, length);
  return Buffer(piece.begin(), piece.end());
}

Job job_of(std::string text, Stage stage) {
  Job out;
  out.part.sha256 = sha256(text);
  out.part.length = text.size();
  out.stage = stage;
  out.bytes = std::make_shared<MemorySource>(std::move(text));
  return out;
}

Result<void> Recorder::derived(const Job& job, const Child& child) {
  open_ = &children[&job];
  open_->push_back({child.name, 0, false});
  return {};
}

Result<void> Recorder::derived_bytes(Bytes bytes) {
  open_->back().bytes += bytes.size();
  return {};
}

Result<void> Recorder::derived_end(bool complete) {
  open_->back().complete = complete;
  return {};
}

Result<void> Recorder::outcome(const Job& job, Outcome outcome) {
  if (refuses) return fail(Fault::Io, "the disk is full");
  if (!outcomes.emplace(&job, std::move(outcome)).second) ++twice;
  return {};
}

Outcome outcome_of(Crew& crew, std::string text) {
  const std::vector<Job> jobs = {job_of(std::move(text))};
  Recorder recorder;
  const auto run = crew.run(jobs, recorder);
  if (!run) {
    Outcome out;
    out.state = State::Failed;
    out.reason = "the crew failed: " + run.error().text();
    return out;
  }
  return recorder.outcomes.at(jobs.data());
}

CrewOptions toy_options() {
  CrewOptions out;
  out.worker = CAREO_BINARY_DIR "/test_worker";
  out.seconds = 1;
  out.keep_stderr = true;
  return out;
}

}  // namespace careo
