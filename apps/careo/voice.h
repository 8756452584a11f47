// SPDX-License-Identifier: Apache-2.0
// How careo speaks in a terminal: results on standard output, everything else on standard error, "careo: error: ..."
// then "careo: hint: ...", no shouting, no final stop. Nothing that came out of a document reaches a terminal raw.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"
#include "careo/args.h"
#include "desk/progress.h"

namespace careo::cli {

void say_error(std::string_view message);
void say_hint(std::string_view message);
void say_note(std::string_view message);
/// Prints the error with the hint that fits its fault, and returns the exit code for it.
int give_up(const Error& error, const Command& command);

/// One line of results.
void print(std::string_view line);

/// Everything printed is written out; ends the program where it cannot be.
void end_print();

/// A line that is rewritten in a terminal, or a line every ten seconds elsewhere: phase, share, rate, time left.
class TerminalProgress : public Progress {
 public:
  TerminalProgress();
  ~TerminalProgress() override;
  void tell(const Tally& tally) override;
  void left_out(const LeftOut& file) override;
  /// Ends the line that is being rewritten.
  void finish();

 private:
  std::string line(const Tally& tally, double seconds) const;
  const bool terminal_;
  std::string phase_;
  std::chrono::steady_clock::time_point phase_start_;
  std::chrono::steady_clock::time_point next_;
  bool open_line_ = false;
};

/// Reads a line from the terminal without echo; Refused where there is no terminal.
Result<std::string> ask_secret(std::string_view prompt);

}  // namespace careo::cli
