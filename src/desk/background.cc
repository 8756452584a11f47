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

namespace careo {
namespace {

// Holds the process's number and, while it lives, a lock: a number without a lock is a leftover and is never killed.
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
  TRY(intake.recognise_all());
  return intake.mine_all();
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
  const bool done = named && read_on(path, key, options).has_value();
  ::unlink(name.c_str());
  std::_Exit(done ? 0 : 1);
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
