// SPDX-License-Identifier: Apache-2.0
// Every real and hostile file at hand ends in one outcome, within its limits, and writes nothing.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

std::string bytes_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const Opener& opener_of(Bytes head) {
  std::vector<const Opener*> all = light_openers();
  const std::vector<const Opener*> library = library_openers();
  all.insert(all.end(), library.begin(), library.end());
  return **std::find_if(all.begin(), all.end(), [&](const Opener* opener) { return opener->may(head, {}); });
}

/// "read", "cut", "kept", "failed"; '!' where the part's account does not add up: its claims are no sum of it, a child
/// answers for no run of its bytes, or the part's own count is another.
std::string ending_of(const std::string& file) {
  const Opener& opener = opener_of(slice(bytes_of(file), 0, 64U << 10U));
  const Collected got = collect(opener, file);
  std::string state = got.unreads.empty() ? "read" : "cut";
  if (got.type.starts_with("error: ")) state = got.type.find("unsupported") != std::string::npos ? "kept" : "failed";
  const bool adds_up = got.adds_up(file.size()) || state == "failed" || state == "kept";
  return adds_up ? state : state + "!";
}

/// As the worker would: a child of its own with limits, that may write to its pipe and nowhere else.
std::string ending_in_a_child(const fs::path& path) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    const rlimit seconds{20, 20};
    const rlimit memory{1200U << 20U, 1200U << 20U};
    const rlimit written{0, 0};
    signal(SIGXFSZ, SIG_IGN);  // what a library complains of into a file is lost, and no reason to die
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_FSIZE, &written);
    const std::string said = ending_of(bytes_of_file(path));
    const ssize_t put = write(ends[1], said.data(), said.size());
    _exit(put == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  close(ends[1]);
  char text[32] = {};
  const ssize_t got = read(ends[0], text, sizeof text - 1);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "crashed";
}

std::vector<fs::path> files_in(const std::string& folder) {
  std::vector<fs::path> out;
  const fs::path root = fs::path(CAREO_SOURCE_DIR) / "../shared/data" / folder;
  if (!fs::exists(root)) return out;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

struct Set {
  const char* folder;
  std::size_t every;  // one file of so many
  int least_read;     // ratchet: raised when beaten, never lowered
  int most_crashes;   // of libraries, which the worker survives: known ones are listed below
};

class RealFiles : public testing::TestWithParam<Set> {};

TEST_P(RealFiles, EndInOneOutcomeEach) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "skipped: the sanitizer needs more address space than the limit that is part of this test";
#endif
  const Set& set = GetParam();
  const std::vector<fs::path> files = files_in(set.folder);
  if (files.empty()) GTEST_SKIP() << "skipped: ../shared/data/" << set.folder << " is not here";
  warm_up_unpack();
  std::map<std::string, int> endings;
  for (std::size_t i = 0; i < files.size(); i += set.every) {
    const std::string ending = ending_in_a_child(files[i]);
    ++endings[ending];
    EXPECT_FALSE(ending.ends_with('!')) << files[i] << ": the claims do not add up";
    if (ending == "crashed") std::printf("a library crashed on %s\n", files[i].filename().c_str());
  }
  EXPECT_GE(endings["read"], set.least_read);
  EXPECT_LE(endings["crashed"], set.most_crashes);
}

// libarchive 3.6.2 dies in test_read_format_cab_skip_malformed.cab; poppler 22.12 works on bomb_giant.pdf until it is
// stopped.
INSTANTIATE_TEST_SUITE_P(All, RealFiles,
                         testing::Values(Set{"documents", 1, 242, 0}, Set{"hostile/archives", 1, 7, 1},
                                         Set{"hostile/pdf", 8, 56, 0}));

}  // namespace
}  // namespace careo
