// SPDX-License-Identifier: Apache-2.0
// The desk's side of the wire: a crew of confined workers that turns jobs into outcomes, whatever the jobs contain.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Where a job's bytes come from on the desk's side. Read by the crew's thread only.
class PartSource {
 public:
  virtual ~PartSource() = default;
  virtual std::uint64_t size() const = 0;
  /// Exactly `length` bytes from `offset`, fewer only at the end; Io or NotFound (vanished) otherwise.
  virtual Result<Buffer> read(std::uint64_t offset, std::uint64_t length) = 0;
};

/// A part that is held whole.
class MemoryBytes : public PartSource {
 public:
  explicit MemoryBytes(Buffer bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    const Bytes out = slice(bytes_, offset, length);
    return Buffer(out.begin(), out.end());
  }

 private:
  const Buffer bytes_;
};

struct Job {
  Part part;
  Stage stage = Stage::Open;
  Budget budget;
  std::shared_ptr<PartSource> bytes;  ///< for Stage::Mine: pack_texts() of the part's texts
  bool article = false;               ///< Stage::Mine: read statements too
};

/// Packs texts for a Mine job; the wire unpacks them strictly.
Buffer pack_texts(const std::vector<Text>& texts);

/// Takes what a batch gives, on the thread that called run(). Derived bytes come between derived() and derived_end(),
/// one child at a time; `outcome.children` lists every child again, ranges and derived ones, in the order found.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual Result<void> derived(const Job& job, const Child& child) = 0;
  virtual Result<void> derived_bytes(Bytes bytes) = 0;
  /// `complete` is false where the worker died in the middle: what came is kept, and the outcome says cut.
  virtual Result<void> derived_end(bool complete) = 0;
  virtual Result<void> outcome(const Job& job, Outcome outcome) = 0;
};

/// Each word is tried on each locked member to its last byte: a longer list would be guessing, not unlocking.
inline constexpr std::size_t kMostPasswords = 1000;
inline constexpr std::size_t kLongestPassword = 1000;  ///< bytes

struct CrewOptions {
  std::string worker;                  ///< the worker program
  std::uint32_t seconds = 20;          ///< of CPU for one job in the library lane; a batch gets this much a job
  std::uint32_t wall_seconds = 0;      ///< a child that slept this long in one job is ended; 0: twice `seconds` and ten
  std::uint64_t memory = 1ULL << 30;   ///< address space of a child beyond its parent's
  std::vector<std::string> passwords;  ///< tried in this order on what is locked; UTF-8, none empty
  bool confine = true;                 ///< false only for the proof that confinement changes no text and no pixel
  bool keep_stderr = false;            ///< for tests: what libraries print is hostile text, so it goes nowhere
  std::function<bool()> stopped;       ///< asked some times a second while a child works; true: run() ends as Refused
};

/// What the kernel granted. Below Seccomp nothing hostile is opened.
struct Confinement {
  bool seccomp = false;
  int landlock_abi = 0;
  bool broker = false;  ///< false: fonts and CMaps that were not loaded before are missing, and the outcome says so
  std::string text() const;
};

/// One thread's workers: three warm parents, started when first needed. Not safe to share between threads.
class Crew {
 public:
  static Result<std::unique_ptr<Crew>> start(CrewOptions options);
  virtual ~Crew() = default;

  /// Runs every job to an outcome and hands each to `receiver` exactly once. A crash, a limit or a lie of the worker
  /// becomes the outcome of the guilty job alone: the batch is bisected. An error means that the receiver failed or
  /// that workers cannot be started at all.
  virtual Result<void> run(const std::vector<Job>& jobs, Receiver& receiver) = 0;

  /// Draws a region of a part as PNG (see Renderer).
  virtual Result<Buffer> render(const Part& part, std::shared_ptr<PartSource> bytes, const Region& region,
                                int max_side) = 0;

  virtual Confinement confinement() const = 0;
};

}  // namespace careo
