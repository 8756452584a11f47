// SPDX-License-Identifier: Apache-2.0
// careo, the command line: finds the command, runs it, turns errors into words and exit codes.
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "careo/commands.h"
#include "careo/voice.h"

namespace careo::cli {
namespace {

StopFlag stop{false};

struct Entry {
  std::string_view name;
  Result<int> (*run)(const Arguments&);
};

constexpr Entry kEntries[] = {
    {"new", run_new},         {"add", run_add},       {"inventory", run_inventory}, {"ids", run_ids},
    {"people", run_people},   {"search", run_search}, {"show", run_show},           {"claims", run_claims},
    {"retry", run_retry},     {"check", run_check},   {"read", run_read},           {"compare", run_compare},
    {"resolve", run_resolve}, {"serve", run_serve},   {"decide", run_decide},       {"forget", run_forget},
};

// The second signal ends at once: a person who presses Ctrl-C twice means it.
void on_signal(int) {
  if (stop.exchange(true)) std::_Exit(kInterrupted);
}

// What is large goes back to the system when it is let go of. Left alone, the C library takes such memory out of its
// heaps once it has met some, and keeps what a large mailbox needed until the end.
void give_memory_back() {
  constexpr int kLarge = 256 << 10;
  ::mallopt(M_MMAP_THRESHOLD, kLarge);
}

// No core dump and no debugger: memory holds keys and what the leak says.
void keep_memory_private() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

int run(std::span<const std::string_view> argv) {
  if (argv.empty() || argv[0] == "--help" || argv[0] == "-h" || argv[0] == "help") {
    print(help());
    return argv.empty() ? kUsage : kDone;
  }
  if (argv[0] == "--version") {
    print("careo " CAREO_VERSION);
    return kDone;
  }
  const auto arguments = parse(argv);
  if (!arguments) {
    say_error(arguments.error().text());
    const bool known = std::ranges::find(commands(), argv[0], &Command::name) != commands().end();
    say_hint(known ? "careo " + std::string(argv[0]) + " --help" : "careo --help");
    return kUsage;
  }
  if (arguments->has("--help")) {
    print(help(*arguments->command));
    return kDone;
  }
  for (const Entry& entry : kEntries) {
    if (entry.name != arguments->command->name) continue;
    const auto code = entry.run(*arguments);
    return code ? *code : give_up(code.error(), *arguments->command);
  }
  return kUsage;
}

}  // namespace

const StopFlag& stop_flag() {
  return stop;
}

}  // namespace careo::cli

int main(int argc, char** argv) {
  careo::cli::keep_memory_private();
  careo::cli::give_memory_back();
  struct sigaction action {};
  action.sa_handler = careo::cli::on_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // A closed pipe or a file above the limit is an error of a call, told in words, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  const int code = careo::cli::run(words);
  careo::cli::end_print();
  return code;
}
