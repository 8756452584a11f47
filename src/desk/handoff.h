// SPDX-License-Identifier: Apache-2.0
// `careo add` while the desk holds the case: the terminal hands its work to the desk, through a socket in the case's
// folder. Both ends belong to one user, or nothing is said (docs/decisions/0020-add-is-handed-to-the-desk.md).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "desk/add.h"

namespace careo {

/// What a terminal asks of the desk: whole paths; without any, to go on with what waits.
struct HandedWork {
  std::vector<std::string> paths;
  SourceNote note;
  Patience patience = Patience::Documents;
  std::vector<std::string> passwords;  ///< tried on what is locked
};

/// The desk's end. Listens as long as it lives, on a thread of its own.
class Handoff {
 public:
  /// Called for each piece of work; "" where it was begun, else why not, for people.
  using Begin = std::function<std::string(const HandedWork&)>;

  /// REQUIRES: this process holds the case. Io where the file system knows no sockets (FAT on a stick).
  static Result<std::unique_ptr<Handoff>> listen(const std::string& case_path, Begin begin);
  ~Handoff();
  Handoff(const Handoff&) = delete;
  Handoff& operator=(const Handoff&) = delete;

 private:
  Handoff(std::string case_path, int listening, int bell, Begin begin);
  void serve();
  void answer(int peer);

  const std::string case_path_;
  const int listening_;
  const int bell_;  // an eventfd: rung once, at the end
  const Begin begin_;
  std::thread thread_;
};

/// The terminal's end. NotFound: no desk of this user listens there. Refused: it does, and said why not.
Result<void> hand_over(const std::string& case_path, const HandedWork& work);

}  // namespace careo
