// SPDX-License-Identifier: Apache-2.0
#include "desk/background.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "base/descriptor.h"

namespace careo {
namespace {

// Holds the process's number and, while it lives, a lock: a number without a lock is a leftover and is never killed.
// Of one that failed it says of what.
constexpr const char* kFile = "/background";
constexpr auto kPatience = std::chrono::seconds(10);

struct Mute : Progress {
  void tell(const Tally&) override {}
};

void let_go_of_terminal() {
  ::setsid();
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
  if (::nice(19) == -1) return;  // slower than it could be is no reason to stop
}

Result<void> read_on(const std::string& path, const Key& key, const IntakeOptions& options) {
  Session session = TRY(Session::open(path, key, Case::Access::Write));
  const StopFlag never{false};
  Mute mute;
  Intake intake(*session.store, *session.index, options, mute, never);
  TRY(intake.open_all());
  TRY(intake.look_all());
  TRY(intake.recognise_all());
  return intake.mine_all();
}

// What it failed of stands in clear, so it is the kind of it alone: an error's own words may name a key file or a part.
struct Failure {
  Fault fault;
  std::string_view words;
};
constexpr Failure kFailures[] = {
    {Fault::Io, "the disk is full, or something was taken away"},
    {Fault::Denied, "the key did not open the case"},
    {Fault::NotFound, "something that it needs is not there"},
    {Fault::Refused, "another careo had the case, or a limit was met"},
    {Fault::Malformed, "a file of the case is damaged; `careo check` names it"},
    {Fault::Unsupported, "the case is of another version"},
    {Fault::Bug, "a mistake in careo itself"},
};

std::string word_of(Fault fault) {
  return "failed: " + std::string(name_of(fault));
}

// Over what stands there: where the disk is full, the block of the number is still its own.
void leave_word(int file, Fault why) {
  const std::string word = word_of(why);
  const ssize_t wrote = ::pwrite(file, word.data(), word.size(), 0);
  if (wrote < 0 || ::ftruncate(file, wrote) != 0) return;  // the number of a process that is gone: a leftover
}

}  // namespace

Result<void> read_on_in_background(const std::string& path, const Key& key, const IntakeOptions& options) {
  const pid_t child = ::fork();
  if (child < 0) return fail(Fault::Io, std::string("no background process: ") + std::strerror(errno));
  if (child > 0) return {};
  let_go_of_terminal();
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_IGN);
  const std::string name = path + kFile;
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0 || ::flock(file, LOCK_EX | LOCK_NB) != 0) std::_Exit(0);  // another one is at it
  const std::string number = std::to_string(::getpid());
  const bool named = ::ftruncate(file, 0) == 0 && ::write(file, number.data(), number.size()) > 0;
  const auto done = named ? read_on(path, key, options) : Result<void>();
  if (done) ::unlink(name.c_str());
  if (!done) leave_word(file, done.error().fault);
  std::_Exit(named && done ? 0 : 1);
}

std::string why_background_failed(const std::string& path) {
  const Descriptor file(::open((path + kFile).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  char word[32] = {};
  if (file.get() < 0 || ::pread(file.get(), word, sizeof word - 1, 0) <= 0) return {};
  for (const Failure& failure : kFailures)
    if (word == word_of(failure.fault)) return std::string(failure.words);
  return {};
}

void forget_background_failure(const std::string& path) {
  const Descriptor file(::open((path + kFile).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0 || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;
  if (!why_background_failed(path).empty()) ::unlink((path + kFile).c_str());
}

void end_background(const std::string& path) {
  const int file = ::open((path + kFile).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return;
  char number[24] = {};
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (::flock(file, LOCK_EX | LOCK_NB) != 0 && std::chrono::steady_clock::now() < until) {
    if (::pread(file, number, sizeof number - 1, 0) > 0) {
      const pid_t pid = static_cast<pid_t>(std::strtol(number, nullptr, 10));
      if (pid > 1) ::kill(pid, SIGTERM);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ::close(file);
}

}  // namespace careo
