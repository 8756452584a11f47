// SPDX-License-Identifier: Apache-2.0
// A crew against openers that crash, hang, starve and lie: every part ends in exactly one outcome.
#include "wire/crew.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "wire/desk_side.h"
#include "wire/starved.h"

namespace careo {
namespace {

class Crews : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = Crew::start(toy_options());
    ASSERT_TRUE(started) << started.error().text();
    crew_ = std::move(*started).release();
  }
  static void TearDownTestSuite() {
    delete crew_;
    crew_ = nullptr;
  }
  static Outcome read(std::string text) { return outcome_of(*crew_, std::move(text)); }

  static Crew* crew_;
};
Crew* Crews::crew_ = nullptr;

TEST_F(Crews, ReadsInBothLanes) {
  for (const char* text : {"light:text hello", "lib:text hello"}) {
    const Outcome got = read(text);
    EXPECT_EQ(got.state, State::Read) << got.reason;
    EXPECT_EQ(got.reader, "toy/1");
    ASSERT_EQ(got.texts.size(), 1U);
    EXPECT_EQ(got.texts[0].utf8, "hello");
    EXPECT_EQ(got.texts[0].reader, "toy/1");
  }
}

TEST_F(Crews, KeepsWhatNobodyUnderstands) {
  const Outcome got = read("who knows");
  EXPECT_EQ(got.state, State::Kept);
  EXPECT_EQ(got.reason, "unsupported type");
}

TEST_F(Crews, OpenersErrorsBecomeStates) {
  const auto state_and_reason = [](const Outcome& got) { return std::string(name_of(got.state)) + ": " + got.reason; };
  EXPECT_EQ(state_and_reason(read("lib:malformed")), "failed: damaged: bad toy");
  EXPECT_EQ(state_and_reason(read("lib:text-malformed")), "cut: damaged: bad toy");
  EXPECT_EQ(state_and_reason(read("lib:unsupported")), "kept: old toy");
  EXPECT_EQ(state_and_reason(read("lib:locked")), "failed: locked: a password");
  EXPECT_EQ(state_and_reason(read("lib:refused")), "cut: depth limit");
  EXPECT_EQ(state_and_reason(read("light:unread")), "cut: ends early");
  EXPECT_EQ(state_and_reason(read("light:throw")), "failed: crashed: an exception got away: toy");
}

TEST_F(Crews, TheLanguageOfATextIsPartOfIt) {
  const Outcome got = read("light:language");
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].language, "es");
  EXPECT_TRUE(got.readings.empty());
}

TEST_F(Crews, WhatWasReadBeforeACrashStays) {
  for (const char* prefix : {"light:", "lib:"}) {
    const Outcome nothing = read(std::string(prefix) + "crash");
    EXPECT_EQ(nothing.state, State::Failed);
    EXPECT_TRUE(nothing.reason.starts_with("crashed: ")) << nothing.reason;
    const Outcome something = read(std::string(prefix) + "text-crash");
    EXPECT_EQ(something.state, State::Cut);
    EXPECT_TRUE(something.reason.starts_with("crashed: ")) << something.reason;
    ASSERT_EQ(something.texts.size(), 1U);
    EXPECT_EQ(something.texts[0].utf8, "kept");
    ASSERT_FALSE(something.unread.empty());
  }
}

TEST_F(Crews, NamesTheSignal) {
  if (!allocations_are_watched()) GTEST_SKIP() << "skipped: a sanitizer takes the signals";
  EXPECT_EQ(read("lib:crash").reason, "crashed: signal 11");
  EXPECT_EQ(read("lib:abort").reason, "crashed: signal 6");
  EXPECT_EQ(read("lib:exit").reason, "crashed: exit status 3");
  EXPECT_EQ(read("lib:leave").reason, "crashed: left early");
  const Outcome stack = read("lib:stack");
  EXPECT_EQ(stack.reason, "crashed: signal 11");
  EXPECT_EQ(stack.texts.size(), 1U) << "the handler has a stack of its own";
}

TEST_F(Crews, ACrashFillsTheSumOfClaims) {
  const Outcome got = read("light:claim-crash 12345");
  EXPECT_EQ(got.state, State::Cut);
  const std::vector<Claim> expected = {{Claim::By::Structure, 5}, {Claim::By::Unread, 18}};
  EXPECT_EQ(got.claims, expected);
}

TEST_F(Crews, TimeIsLimited) {
  const Outcome hung = read("lib:text-hang");
  EXPECT_EQ(hung.state, State::Cut);
  EXPECT_EQ(hung.reason, "time limit");
  EXPECT_EQ(hung.texts.size(), 1U);
  EXPECT_EQ(read("light:hang").reason, "crashed: time limit");
}

TEST_F(Crews, AStubbornChildIsKilled) {
  const Outcome got = read("lib:stubborn");
  EXPECT_EQ(got.state, State::Failed);
  EXPECT_EQ(got.reason, "crashed: time limit");
  EXPECT_EQ(read("lib:text after").state, State::Read);
}

TEST(CrewStart, ASleeperIsWoken) {
  CrewOptions options = toy_options();
  options.wall_seconds = 1;
  const auto crew = Crew::start(options);
  ASSERT_TRUE(crew);
  const Outcome got = outcome_of(**crew, "lib:sleep");
  EXPECT_EQ(got.state, State::Cut);
  EXPECT_EQ(got.reason, "time limit");
  EXPECT_EQ(got.texts.size(), 1U) << "what it had said is asked for before it is ended";
}

// Whoever asks for an end does not wait for a child that says nothing; the crew is as good as new after it.
TEST(CrewStart, WorkIsStopped) {
  CrewOptions options = toy_options();
  options.wall_seconds = 600;
  bool stop = false;
  options.stopped = [&stop] { return stop; };
  const auto crew = Crew::start(options);
  ASSERT_TRUE(crew);
  stop = true;
  const Outcome got = outcome_of(**crew, "lib:sleep");
  EXPECT_EQ(got.reason, "the crew failed: stopped");
  stop = false;
  EXPECT_EQ(outcome_of(**crew, "lib:text after").state, State::Read);
}

TEST(CrewStart, MemoryIsLimitedAndNeverInSilence) {
  if (!allocations_are_watched()) GTEST_SKIP() << "skipped: a sanitizer owns malloc";
  CrewOptions options = toy_options();
  options.seconds = 10;  // touching what there is takes a while on a busy machine
  options.memory = 200U << 20;
  const auto crew = Crew::start(options);
  ASSERT_TRUE(crew);
  const Outcome starved = outcome_of(**crew, "lib:starve");
  EXPECT_EQ(starved.state, State::Cut);
  EXPECT_EQ(starved.reason, "memory limit");
  ASSERT_EQ(starved.readings.size(), 1U);
  EXPECT_EQ(starved.readings[0].value, "\"refused\"");
  for (const char* toy : {"lib:hoard", "light:starve-die"}) {
    const Outcome got = outcome_of(**crew, toy);
    EXPECT_EQ(got.state, State::Cut) << toy;
    EXPECT_EQ(got.reason, "memory limit") << toy;
    EXPECT_EQ(got.texts.size(), 1U) << toy;
  }
}

TEST_F(Crews, EveryLieEndsTheChildAndOnlyIt) {
  for (const char* lie : {"lie-outside", "lie-type", "lie-size", "lie-json", "lie-path", "lie-pull", "lie-silence"}) {
    const Outcome got = read(std::string("lib:") + lie);
    EXPECT_EQ(got.state, State::Failed) << lie;
    EXPECT_TRUE(got.reason.starts_with("crashed: broke the protocol")) << lie << ": " << got.reason;
  }
  EXPECT_EQ(read("lib:text after").state, State::Read);
}

TEST_F(Crews, DerivedBytesArriveOnceAndSayWhetherTheyAreWhole) {
  for (const char* prefix : {"light:", "lib:"}) {
    std::vector<Job> jobs = {job_of("light:text a"), job_of(std::string(prefix) + "derive 3000000"),
                             job_of(std::string(prefix) + "derive-crash"), job_of("light:text b")};
    Recorder recorder;
    ASSERT_TRUE(crew_->run(jobs, recorder));
    EXPECT_EQ(recorder.outcomes.size(), jobs.size());
    EXPECT_EQ(recorder.twice, 0);
    ASSERT_EQ(recorder.children[&jobs[1]].size(), 1U);
    EXPECT_EQ(recorder.children[&jobs[1]][0].bytes, 3000000U);
    EXPECT_TRUE(recorder.children[&jobs[1]][0].complete);
    const auto& crashed = recorder.children[&jobs[2]];
    ASSERT_EQ(crashed.size(), 2U);
    EXPECT_TRUE(crashed[0].complete);
    EXPECT_FALSE(crashed[1].complete);
    EXPECT_EQ(crashed[1].bytes, 10U);
    EXPECT_EQ(recorder.outcomes[&jobs[2]].children.size(), 2U);
    EXPECT_EQ(recorder.outcomes[&jobs[2]].state, State::Cut);
  }
}

TEST_F(Crews, TooMuchForABatchRunsAlone) {
  std::vector<Job> jobs = {job_of("light:text a"), job_of("light:derive 80000000"), job_of("light:text b")};
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.twice, 0);
  ASSERT_EQ(recorder.children[&jobs[1]].size(), 1U);
  EXPECT_EQ(recorder.children[&jobs[1]][0].bytes, 80000000U);
  for (const Job& job : jobs) EXPECT_EQ(recorder.outcomes[&job].state, State::Read);
}

TEST_F(Crews, BudgetsHold) {
  std::vector<Job> jobs = {job_of("light:children 100"), job_of("lib:derive 100"), job_of("light:text abcdé")};
  jobs[0].budget.children = 10;
  jobs[1].budget.bytes_out = 10;
  jobs[2].budget.text_bytes = 5;
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.outcomes[jobs.data()].children.size(), 10U);
  EXPECT_EQ(recorder.outcomes[jobs.data()].reason, "child limit");
  EXPECT_EQ(recorder.outcomes[&jobs[1]].reason, "byte limit");
  EXPECT_FALSE(recorder.children[&jobs[1]][0].complete);
  EXPECT_EQ(recorder.outcomes[&jobs[2]].reason, "text limit");
  EXPECT_EQ(recorder.outcomes[&jobs[2]].texts[0].utf8, "abcd") << "cut between characters";
}

TEST_F(Crews, LargePartsArePulled) {
  std::string text = "lib:sum\n";
  for (int i = 0; i < 5'000'000; ++i) text += static_cast<char>(i * 7 % 251);
  std::uint64_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  const Outcome got = read(text);
  ASSERT_EQ(got.readings.size(), 1U) << got.reason;
  EXPECT_EQ(got.readings[0].value, "\"" + std::to_string(sum) + "\"");
}

TEST_F(Crews, WhatVanishedIsSaid) {
  std::vector<Job> jobs = {job_of("light:text a"), job_of("lib:sum"), job_of("lib:sum"), job_of("light:text b")};
  static_cast<MemorySource*>(jobs[1].bytes.get())->lose(100);
  static_cast<MemorySource*>(jobs[2].bytes.get())->lose(5'000'000);
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.outcomes.size(), 4U);
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_EQ(recorder.outcomes[&jobs[i]].state, State::Failed);
    EXPECT_TRUE(recorder.outcomes[&jobs[i]].reason.starts_with("vanished")) << recorder.outcomes[&jobs[i]].reason;
  }
}

TEST_F(Crews, TheGuiltyStandsAloneInABatch) {
  std::vector<Job> jobs;
  for (int i = 0; i < 1500; ++i) {
    const bool guilty = i == 0 || i == 700 || i == 701 || i == 1499;
    const char* crime = i == 700 ? "light:lie-json" : i == 701 ? "light:exit" : "light:text-crash";
    jobs.push_back(job_of(guilty ? crime : "light:text " + std::to_string(i)));
  }
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.outcomes.size(), jobs.size());
  EXPECT_EQ(recorder.twice, 0);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const bool guilty = i == 0 || i == 700 || i == 701 || i == 1499;
    const Outcome& got = recorder.outcomes[&jobs[i]];
    EXPECT_EQ(got.state == State::Read, !guilty) << i << ' ' << got.reason;
    EXPECT_EQ(got.part, jobs[i].part.id());
  }
}

// One child answers for another's job and for one that does not exist. Within its batch a child can speak for its
// neighbours before it is caught, never beyond.
TEST_F(Crews, AForgerReachesItsBatchAtMost) {
  std::vector<Job> jobs = {job_of("light:forge"), job_of("light:text b"), job_of("light:text c"), job_of("lib:text d")};
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.outcomes.size(), 4U);
  EXPECT_EQ(recorder.twice, 0);
  EXPECT_EQ(recorder.outcomes[&jobs[2]].state, State::Read);
  EXPECT_EQ(recorder.outcomes[&jobs[3]].state, State::Read);
}

TEST_F(Crews, ALibraryFileHasAProcessOfItsOwn) {
  std::vector<Job> jobs;
  for (int i = 0; i < 3; ++i) jobs.push_back(job_of("lib:count"));
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  for (const Job& job : jobs) EXPECT_EQ(recorder.outcomes[&job].readings.at(0).value, "\"1\"");
}

TEST_F(Crews, MinesTexts) {
  const std::vector<Text> texts = {
      {.region = {}, .utf8 = "quiet", .language = {}, .grade = Grade::Checked, .reader = "x/1"},
      {.region = {}, .utf8 = "loud!", .language = {}, .grade = Grade::Checked, .reader = "x/1"}};
  const Buffer packed = pack_texts(texts);
  std::vector<Job> jobs = {job_of(std::string(text_of(packed)), Stage::Mine),
                           job_of(std::string(text_of(packed)), Stage::Mine)};
  jobs[1].article = true;
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  EXPECT_EQ(recorder.outcomes[jobs.data()].readings.size(), 1U);
  EXPECT_EQ(recorder.outcomes[jobs.data()].reader, "shouter/1");
  EXPECT_EQ(recorder.outcomes[&jobs[1]].readings.size(), 2U);
}

TEST_F(Crews, PagesAreSeenInAPassOfTheirOwn) {
  const Outcome opened = read("lib:page");
  ASSERT_EQ(opened.texts.size(), 1U);
  EXPECT_EQ(opened.texts[0].utf8, "asked for");
  EXPECT_EQ(opened.children.size(), 1U);
  EXPECT_TRUE(opened.readings.empty());
  std::vector<Job> jobs = {job_of("lib:page", Stage::Look), job_of("light:page", Stage::Look),
                           job_of("lib:malformed", Stage::Look)};
  Recorder recorder;
  ASSERT_TRUE(crew_->run(jobs, recorder));
  const Outcome& seen = recorder.outcomes[jobs.data()];
  EXPECT_EQ(seen.stage, Stage::Look);
  EXPECT_EQ(seen.state, State::Read) << seen.reason;
  EXPECT_TRUE(seen.texts.empty() && seen.children.empty() && seen.claims.empty());
  ASSERT_EQ(seen.readings.size(), 1U);
  EXPECT_EQ(seen.readings[0].kind, "seen");
  EXPECT_EQ(seen.readings[0].region.page, 4U);
  EXPECT_EQ(seen.readings[0].reader, "looker/1");
  EXPECT_EQ(recorder.outcomes[&jobs[1]].state, State::Kept) << "our own parsers draw nothing";
  EXPECT_EQ(recorder.outcomes[&jobs[2]].reason, "damaged: bad toy");
}

TEST_F(Crews, Renders) {
  const auto draw = [](std::string text, int side) {
    const Job job = job_of(std::move(text));
    return crew_->render(job.part, job.bytes, {}, side);
  };
  EXPECT_EQ(draw("lib:picture", 100)->size(), 100U);
  const auto none = draw("a letter only", 100);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, Fault::Unsupported);
  EXPECT_FALSE(draw("lib:crash", 100));
  EXPECT_EQ(draw("lib:picture", 7)->size(), 7U) << "a crash before does not matter";
  EXPECT_EQ(read("lib:text x").state, State::Read) << "nor a picture";
}

TEST_F(Crews, TheReceiversErrorStopsTheRun) {
  const std::vector<Job> jobs = {job_of("light:text a"), job_of("light:text b")};
  Recorder recorder;
  recorder.refuses = true;
  const auto run = crew_->run(jobs, recorder);
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().text(), "the disk is full");
  EXPECT_EQ(read("light:text a").state, State::Read);
}

TEST(CrewStart, SaysWhatIsMissing) {
  CrewOptions options;
  options.worker = CAREO_BINARY_DIR "/no-such-worker";
  EXPECT_FALSE(Crew::start(options));
  options.worker = "/bin/true";
  const auto other = Crew::start(options);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().fault, Fault::Io);
}

// A worker that something kills before it spoke is replaced once.
TEST(CrewStart, AWorkerThatDiedAtItsStartIsReplaced) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "careo-crew-start";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  CrewOptions options = toy_options();
  std::ofstream(folder / "worker") << "#!/bin/sh\n[ -e " << (folder / "died").string() << " ] || { : >"
                                   << (folder / "died").string() << "; kill -9 $$; }\nexec " << options.worker
                                   << " \"$@\"\n";
  std::filesystem::permissions(folder / "worker", std::filesystem::perms::owner_all);
  options.worker = (folder / "worker").string();
  auto crew = Crew::start(options);
  ASSERT_TRUE(crew) << crew.error().text();
  EXPECT_TRUE(std::filesystem::exists(folder / "died"));
  EXPECT_EQ(outcome_of(**crew, "light:text a").state, State::Read);
  std::filesystem::remove_all(folder);
}

// The same parts through a child and without one: the outcomes are equal but for what confinement forbids.
TEST(CrewStart, ConfinementChangesNothing) {
  CrewOptions options = toy_options();
  auto confined = Crew::start(options);
  options.confine = false;
  auto open = Crew::start(options);
  ASSERT_TRUE(confined && open);
  EXPECT_TRUE((*confined)->confinement().seccomp);
  EXPECT_FALSE((*open)->confinement().seccomp);
  for (const char* text : {"light:text a", "lib:text b", "lib:children 5", "lib:malformed", "who", "light:unread"})
    EXPECT_EQ(outcome_of(**confined, text), outcome_of(**open, text)) << text;
}

}  // namespace
}  // namespace careo
