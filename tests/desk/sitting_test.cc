// SPDX-License-Identifier: Apache-2.0
// What a desk says of work that nobody sits beside.
#include "desk/sitting.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "desk/forget.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

// A terminal that handed its work over sees nothing of it: the desk has to say what it did not take in.
TEST(Sitting, WorkThatWasHandedOverSaysWhatIsLeftOut) {
  const TestFolder folder;
  const Key key = key_file_at(folder / "key");
  std::filesystem::create_directory(folder / "leak");
  std::ofstream(folder / "leak/goes", std::ios::binary) << "goes";
  ok(Case::create(folder / "case", key));
  {
    Session session = ok(Session::open(folder / "case", key, Case::Access::Write));
    Silent progress;
    const StopFlag stop{false};
    const Gathering found = ok(gather(folder / "leak", {}, progress, stop));
    ok(Intake(*session.store, *session.index, {}, progress, stop).keep(found));
    ok(forget(session, {{found.source.id, {}, {}}, "Ana", "asked", 7}));
  }
  const auto sitting = ok(Sitting::open(folder / "case", key, {}));
  HandedWork work;
  work.paths = {folder / "leak"};
  ASSERT_TRUE(sitting->add_handed(work));
  while (sitting->job().running) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const JobView job = sitting->job();
  EXPECT_EQ(job.error, "");
  EXPECT_EQ(job.left_out_files, 1U);
  ASSERT_EQ(job.left_out.size(), 1U);
  EXPECT_EQ(job.left_out[0].path, folder / "leak/goes");
  EXPECT_EQ(job.left_out[0].reason, "asked");
  EXPECT_TRUE(sitting->ask([](Session& session) { return ok(session.store->sources()).empty(); }));
}

}  // namespace
}  // namespace careo
