// SPDX-License-Identifier: Apache-2.0
#include "desk/sample.h"

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "desk/program.h"

namespace careo {
namespace {

// The same leak as `./dev demo` makes: small enough for a minute, large enough to have every trouble in it.
constexpr const char* kSeed = "7";
constexpr const char* kMails = "400";

Result<void> run(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  char path[] = "PATH=/usr/bin:/bin";
  char* environment[] = {path, nullptr};
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addclosefrom_np(&files, 3);  // the desk's sockets and the case are not its business
  pid_t child = 0;
  const int started = ::posix_spawn(&child, argv[0], &files, nullptr, argv.data(), environment);
  ::posix_spawn_file_actions_destroy(&files);
  if (started != 0) return fail(Fault::Io, words[0] + ": " + std::strerror(started));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return fail(Fault::Io, std::string("waiting: ") + std::strerror(errno));
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return fail(Fault::Io, "the demo's leak could not be made");
  return {};
}

}  // namespace

Result<std::unique_ptr<Sample>> Sample::make() {
  const std::string program = TRY(program_of_ours("sample-leak"));
  std::error_code error;
  std::string folder = (std::filesystem::temp_directory_path(error) / "careo-demo-XXXXXX").string();
  if (error || ::mkdtemp(folder.data()) == nullptr)
    return fail(Fault::Io, "no temporary folder: " + (error ? error.message() : std::strerror(errno)));
  std::unique_ptr<Sample> out(new Sample);
  out->folder_ = folder;
  TRY(run({program, "--seed", kSeed, "--mails", kMails, "--out", folder + "/sample"}));
  return out;
}

Sample::~Sample() {
  std::error_code ignored;  // invented, so nothing is betrayed by what stays
  std::filesystem::remove_all(folder_, ignored);
}

std::string Sample::article(std::string_view language) const {
  return folder_ + "/sample/articles/" + std::string(language) + ".txt";
}

}  // namespace careo
