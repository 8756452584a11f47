// SPDX-License-Identifier: Apache-2.0
// careo serve: the desk in the browser, on this machine only.
#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "careo/commands.h"
#include "careo/voice.h"
#include "serve/serve_desk.h"

extern char** environ;

namespace careo::cli {
namespace {

// Where cases lie that are made by name alone.
std::string folder_of_cases() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') {
    const passwd* user = ::getpwuid(::getuid());
    home = user == nullptr ? "/" : user->pw_dir;
  }
  return (std::filesystem::path(home) / "careo").string();
}

Result<int> port_of(const Arguments& arguments, int otherwise) {
  if (!arguments.has("--port")) return otherwise;
  const std::string text = arguments.value("--port");
  int out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || out < 0 || out > 65535)
    return fail(Fault::Refused, "--port takes a number from 0 to 65535");
  return out;
}

bool has_display() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

// The browser that the person chose for the whole machine. Where it cannot be started, the printed address remains.
void open_browser(const std::string& address) {
  std::string program = "xdg-open";
  std::string words = address;
  char* argv[] = {program.data(), words.data(), nullptr};
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
  pid_t child = 0;
  ::posix_spawnp(&child, program.c_str(), &files, nullptr, argv, environ);
  ::posix_spawn_file_actions_destroy(&files);
}

}  // namespace

Result<int> run_serve(const Arguments& arguments) {
  ServeOptions options;
  options.front.intake = TRY(intake_options(arguments));
  options.front.cases = folder_of_cases();
  if (const char* user = std::getenv("USER")) options.front.by = user;
  options.port = TRY(port_of(arguments, options.port));
  options.until_closed = arguments.has("--until-closed");
  if (!arguments.words.empty()) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(arguments.words[0], ignored))
      return fail(Fault::NotFound, "there is no case at " + arguments.words[0]);
    const auto whole = std::filesystem::absolute(arguments.words[0], ignored);
    options.open = {whole.string(), TRY(key_of(arguments, Ask::Once))};
  }
  const auto ready = [&](const std::string& address) {
    print(address);
    say_note("the desk is open at this address, for one visit; Ctrl-C closes it");
    std::fflush(stdout);
    if (!arguments.has("--no-browser") && has_display()) open_browser(address);
  };
  TRY(serve_desk(options, ready, stop_flag()));
  return kDone;
}

}  // namespace careo::cli
