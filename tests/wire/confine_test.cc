// SPDX-License-Identifier: Apache-2.0
// Escape attempts from inside a child, one process each: none may succeed, as whoever runs the tests and as nobody.
#include "wire/confine.h"

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <set>

#include "wire/desk_side.h"
#include "wire/probes.h"
#include "wire/starved.h"

namespace careo {
namespace {

// Errors that say "not allowed". Any other may mean that the kernel looked at the attempt before it failed.
const std::set<std::string>& refusals() {
  static const std::set<std::string> kRefusals = [] {
    std::set<std::string> out;
    for (const int error : {EPERM, EACCES, ENOSYS, ENOTTY}) out.insert("\"errno " + std::to_string(error) + "\"");
    return out;
  }();
  return kRefusals;
}

// Whether a process that nothing confines gets as far as that: a kernel may be built or started without i386's way in,
// and then the attempt ends in SIGSEGV.
bool ends_without_confinement(const Probe& probe) {
  int status = 0;
  const int child = ::fork();
  if (child == 0) {
    ::signal(SIGSEGV, SIG_DFL);  // no sanitizer's report
    ::_exit(probe.attempt());
  }
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

bool is_refused(const Probe& probe, const Outcome& got) {
  if (got.state == State::Failed && probe.name == "i386 call" && got.reason == "crashed: signal 11")
    return ends_without_confinement(probe);
  if (got.state == State::Failed) return got.reason == "crashed: signal 31";  // SIGSYS
  if (got.readings.size() != 1) return false;
  const std::string& value = got.readings[0].value;
  // The broker cannot read that address, and there is no descriptor to answer on: their own errors say so.
  if (probe.name == "stat of wild memory") return value == "\"errno " + std::to_string(EFAULT) + "\"";
  if (probe.name == "answer its own broker") return value == "\"errno " + std::to_string(EBADF) + "\"";
  return refusals().contains(value);
}

// The probes that got through, or were not refused plainly; "" when all is well.
std::string escapes(Crew& crew) {
  std::string out;
  for (const Probe& probe : escape_probes()) {
    const Outcome got = outcome_of(crew, "lib:probe " + std::string(probe.name));
    if (is_refused(probe, got)) continue;
    if (probe.name == "pipe" && !allocations_are_watched()) continue;  // sanitizers use pipes
    out += std::string(probe.name) + ": " + (got.readings.empty() ? got.reason : got.readings[0].value) + '\n';
  }
  for (const Probe& probe : wanted_probes()) {
    const Outcome got = outcome_of(crew, "lib:probe " + std::string(probe.name));
    // The thread's own attempt at a file outside is noticed, as it should be.
    const State expected = probe.name.starts_with("start a thread") ? State::Cut : State::Read;
    if (got.state == expected && got.readings.at(0).value == "\"succeeded\"") continue;
    out += "wanted: " + std::string(probe.name) + ": " + (got.readings.empty() ? got.reason : got.readings[0].value) +
           '\n';
  }
  return out;
}

TEST(Confinement, NoProbeEscapes) {
  const auto crew = Crew::start(toy_options());
  ASSERT_TRUE(crew) << crew.error().text();
  EXPECT_GE(escape_probes().size(), 50U);
  EXPECT_EQ(escapes(**crew), "");
}

TEST(Confinement, NoProbeEscapesAsNobody) {
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: not root, so the test before ran as a user already";
  int status = -1;
  const int child = ::fork();
  if (child == 0) {
    if (::setresgid(65534, 65534, 65534) != 0 || ::setresuid(65534, 65534, 65534) != 0) ::_exit(2);
    if (::access(CAREO_BINARY_DIR "/test_worker", X_OK) != 0) ::_exit(77);
    const auto crew = Crew::start(toy_options());
    if (!crew) ::_exit(3);
    const std::string found = escapes(**crew);
    (void)!::write(2, found.data(), found.size());
    ::_exit(found.empty() ? 0 : 1);
  }
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "skipped: nobody may not enter the build folder";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Confinement, OurOwnParsersStartNoThread) {
  const auto crew = Crew::start(toy_options());
  ASSERT_TRUE(crew);
  const Outcome got = outcome_of(**crew, "light:probe start a thread as confined as we are");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].value, "\"errno 1\"");
}

// The probes are real: without confinement many of them succeed.
TEST(Confinement, TheProbesAreReal) {
  CrewOptions options = toy_options();
  options.confine = false;
  const auto crew = Crew::start(options);
  ASSERT_TRUE(crew);
  for (const char* probe :
       {"open outside", "stat outside", "UNIX socket", "socket pair", "memfd", "map code", "write, then execute",
        "duplicate a descriptor", "host name", "x32 call", "fork by clone", "pipe", "inotify", "readlink"}) {
    const Outcome got = outcome_of(**crew, "lib:probe " + std::string(probe));
    if (std::string_view(probe) == "x32 call") continue;  // not every kernel has it at all
    ASSERT_EQ(got.readings.size(), 1U) << probe;
    EXPECT_EQ(got.readings[0].value, "\"succeeded\"") << probe;
  }
}

// What one file held is gone before the next file of a library is read. Our own parsers read a batch in one child:
// there the seeker finds its neighbour, which shows that it can find one (docs/threat.md says so).
TEST(Confinement, ALibrarysChildHoldsNoBytesOfAnotherPart) {
  CrewOptions options = toy_options();
  options.seconds = 30;  // it asks the kernel about each of 65,000 pages
  const auto crew = Crew::start(options);
  ASSERT_TRUE(crew);
  for (const std::string lane : {"light:", "lib:"}) {
    const std::vector<Job> jobs = {job_of(lane + "hold SIBLINGSBYTES"), job_of(lane + "seek TJCMJOHTCZUFT")};
    Recorder recorder;
    ASSERT_TRUE((*crew)->run(jobs, recorder));
    const Outcome& sought = recorder.outcomes[&jobs[1]];
    ASSERT_EQ(sought.readings.size(), 1U) << sought.reason;
    EXPECT_EQ(sought.readings[0].value, lane == "lib:" ? "\"not found\"" : "\"found\"");
  }
}

// A file that exists and is not on the list is missing text, perhaps: the outcome says so.
TEST(Confinement, ARefusedFileCutsTheOutcome) {
  const auto crew = Crew::start(toy_options());
  ASSERT_TRUE(crew);
  const Outcome got = outcome_of(**crew, "lib:probe open outside");
  EXPECT_EQ(got.state, State::Cut);
  EXPECT_EQ(got.reason, "file not available in confinement: passwd");
  EXPECT_EQ(outcome_of(**crew, "lib:probe a missing shared file is missing").state, State::Read);
  EXPECT_EQ(outcome_of(**crew, "lib:probe own memory as a file").state, State::Read)
      << "the machine's state is no text";
}

// In a batch it is the asking job that is cut, not its neighbours.
TEST(Confinement, ARefusedFileBelongsToItsJob) {
  const auto crew = Crew::start(toy_options());
  ASSERT_TRUE(crew);
  std::vector<Job> jobs;
  for (int i = 0; i < 20; ++i) jobs.push_back(job_of(i == 11 ? "light:probe open outside" : "light:text x"));
  Recorder recorder;
  ASSERT_TRUE((*crew)->run(jobs, recorder));
  for (std::size_t i = 0; i < jobs.size(); ++i)
    EXPECT_EQ(recorder.outcomes[&jobs[i]].state, i == 11 ? State::Cut : State::Read) << i;
}

// Runs `body` in a forked process whose kernel answers `error` to the call `number` (0: to none, but takes the one
// listener a process tree may have). The exit status of `body`, or 99 where the filter cannot be installed.
int with_poorer_kernel(long number, int error, int (*body)()) {
  const int child = ::fork();
  if (child == 0) {
    sock_filter program[] = {
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offsetof(seccomp_data, nr))},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, static_cast<std::uint32_t>(number == 0 ? -1L : number)},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error)},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    };
    const sock_fprog filter{4, program};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const unsigned flags = number == 0 ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0U;
    const long installed = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
    ::_exit(installed < 0 ? 99 : body());
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

TEST(Confinement, WithoutSeccompNothingHostileIsOpened) {
  const int status = with_poorer_kernel(SYS_seccomp, ENOSYS, [] {
    const auto crew = Crew::start(toy_options());
    return !crew && crew.error().fault == Fault::Refused ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(Confinement, WithoutLandlockTheCallsAreStillRefused) {
  const int status = with_poorer_kernel(SYS_landlock_create_ruleset, ENOSYS, [] {
    const auto crew = Crew::start(toy_options());
    if (!crew || (*crew)->confinement().landlock_abi != 0) return 2;
    const std::string found = escapes(**crew);
    (void)!::write(2, found.data(), found.size());
    return found.empty() ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(Confinement, WithoutABrokerFilesAreRefusedAndItSaysSo) {
  const int status = with_poorer_kernel(0, 0, [] {
    const auto crew = Crew::start(toy_options());
    if (!crew || (*crew)->confinement().broker || !(*crew)->confinement().seccomp) return 2;
    if (outcome_of(**crew, "lib:text x").state != State::Read) return 3;
    for (const char* probe : {"lib:probe open outside", "lib:probe open a shared file", "lib:probe stat outside"}) {
      const Outcome got = outcome_of(**crew, probe);
      if (got.readings.size() != 1 || got.readings[0].value != "\"errno 13\"") return 4;
    }
    return 0;
  });
  EXPECT_EQ(status, 0);
}

TEST(Confinement, SaysWhatItIs) {
  EXPECT_EQ(Confinement{}.text(), "none");
  EXPECT_EQ((Confinement{.seccomp = true, .landlock_abi = 7, .broker = true}).text(), "seccomp, Landlock 7, broker");
  EXPECT_EQ((Confinement{.seccomp = true, .landlock_abi = 0, .broker = false}).text(),
            "seccomp, no Landlock, no broker: files that a library loads late are missing");
}

}  // namespace
}  // namespace careo
