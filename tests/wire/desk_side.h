// SPDX-License-Identifier: Apache-2.0
// The desk as far as the wire's tests need one: parts in memory, and a receiver that writes down what it hears.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wire/crew.h"

namespace careo {

class MemorySource final : public PartSource {
 public:
  explicit MemorySource(std::string text) : text_(std::move(text)) {}
  std::uint64_t size() const override { return text_.size() + missing_; }
  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override;
  /// The source claims to be longer than it is, as a file that was cut behind our back.
  void lose(std::uint64_t bytes) { missing_ = bytes; }

 private:
  std::string text_;
  std::uint64_t missing_ = 0;
};

Job job_of(std::string text, Stage stage = Stage::Open);

class Recorder final : public Receiver {
 public:
  struct Derived {
    std::string name;
    std::uint64_t bytes = 0;
    bool complete = false;
  };
  Result<void> derived(const Job& job, const Child& child) override;
  Result<void> derived_bytes(Bytes bytes) override;
  Result<void> derived_end(bool complete) override;
  Result<void> outcome(const Job& job, Outcome outcome) override;

  std::map<const Job*, Outcome> outcomes;
  std::map<const Job*, std::vector<Derived>> children;
  int twice = 0;  ///< outcomes given a second time
  bool refuses = false;

 private:
  std::vector<Derived>* open_ = nullptr;
};

/// One job through a crew.
Outcome outcome_of(Crew& crew, std::string text);

CrewOptions toy_options();

}  // namespace careo
