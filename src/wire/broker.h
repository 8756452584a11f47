// SPDX-License-Identifier: Apache-2.0
// The broker: opens, for a confined child, the few read-only files that libraries load late (CMaps, fonts, character
// tables, OCR models), and nothing else. It runs in the warm parent, which is not confined by seccomp, and hands over
// descriptors by seccomp user notification. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "wire/channel.h"

namespace careo {

/// The folders and files a child may see, whole and read-only. They hold what a distribution ships, nothing of the
/// user's.
const std::vector<std::string>& shared_roots();

class Broker {
 public:
  /// `refused` hears the last component of each existing file outside the roots that a child wanted to open.
  Broker(Descriptor listener, int child, std::function<void(const std::string&)> refused);
  int listener() const { return listener_.get(); }
  /// Answers one waiting call. False when the child has no more calls to make.
  bool answer();

 private:
  struct Call;
  void handle(const Call& call);
  void open_file(const Call& call, const std::string& path, std::uint64_t flags);
  void give_status(const Call& call, Descriptor file, std::uint64_t out_address);
  void own_status(const Call& call);
  void reply(std::uint64_t id, std::int64_t value, int error);
  Result<std::string> path_at(const Call& call, std::uint64_t address) const;
  void note_refusal(const std::string& path);

  Descriptor listener_;
  int child_;
  std::function<void(const std::string&)> refused_;
  std::uint32_t calls_ = 0;
};

}  // namespace careo
