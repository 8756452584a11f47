// SPDX-License-Identifier: Apache-2.0
// Files that change between being hashed and being taken in: each ends with its reason, its neighbours are kept, and
// what comes back is read after all.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "desk/forget.h"
#include "desk/intake.h"
#include "desk/session.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

struct Silent : Progress {
  void tell(const Tally&) override {}
};

class Keep : public testing::Test {
 protected:
  Keep() {
    Key key;
    key.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key));
    session_ = ok(Session::open(folder_ / "case", key, Case::Access::Write));
    std::filesystem::create_directory(leak());
  }
  std::string leak() const { return folder_ / "leak"; }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(leak() + "/" + name, std::ios::binary) << text;
  }
  Gathering gathered() { return ok(gather(leak(), {}, progress_, stop_)); }
  void keep(const Gathering& gathering) {
    Intake intake(*session_.store, *session_.index, {}, progress_, stop_);
    ok(intake.keep(gathering));
  }
  std::string state_of(const std::string& text) {
    const PartRow row = ok(session_.store->part(Part{sha256(text), text.size(), {}}.id()));
    return row.state ? std::string(name_of(*row.state)) + ": " + row.reason : "waiting";
  }

  TestFolder folder_;
  Session session_;
  Silent progress_;
  StopFlag stop_{false};
};

struct Remembering : Silent {
  void left_out(const LeftOut& file) override { files.push_back(file); }
  std::vector<LeftOut> files;
};

TEST_F(Keep, WhatWasForgottenIsLeftOutAndTold) {
  write("goes", "goes");
  write("stays", "stays");
  keep(gathered());
  const Gathering all = gathered();
  ok(forget(session_, {{all.source.id, {Step::path("goes")}, {}}, "Ana", "asked", 7}));
  Remembering told;
  Intake intake(*session_.store, *session_.index, {}, told, stop_);
  ok(intake.keep(all));
  ASSERT_EQ(told.files.size(), 1U);
  EXPECT_EQ(told.files[0].path, leak() + "/goes");
  EXPECT_EQ(told.files[0].by, "Ana");
  EXPECT_EQ(ok(session_.store->inventory()).parts, 1U);
  Gathering alone = all;
  alone.source.files.resize(1);
  alone.on_disk.resize(1);
  ok(intake.keep(alone));
  EXPECT_EQ(told.files.size(), 2U);
  EXPECT_EQ(ok(session_.store->inventory()).parts, 1U) << "a source of nothing else is none";
}

TEST_F(Keep, WhatVanishedGrewOrChangedIsNamedAndNothingElse) {
  for (const char* name : {"changed", "gone", "grows", "shrinks", "stays"}) write(name, name);
  const Gathering before = gathered();
  std::filesystem::remove(leak() + "/gone");
  write("changed", "CHANGED");
  write("grows", "grows and grows");
  write("shrinks", "s");
  keep(before);
  EXPECT_EQ(state_of("stays"), "waiting");
  EXPECT_EQ(state_of("gone"), "failed: vanished: No such file or directory");
  for (const char* name : {"changed", "grows", "shrinks"})
    EXPECT_EQ(state_of(name), "failed: vanished: changed since it was hashed") << name;
  const Inventory account = ok(session_.store->inventory());
  EXPECT_EQ(account.failed, 4U);
  EXPECT_EQ(account.waiting, 1U);
  EXPECT_TRUE(account.adds_up);
}

TEST_F(Keep, WhatComesBackIsReadAfterAll) {
  write("gone", "gone");
  const Gathering before = gathered();
  std::filesystem::remove(leak() + "/gone");
  keep(before);
  EXPECT_TRUE(ok(session_.store->waiting(Stage::Open)).empty());
  write("gone", "gone");
  keep(gathered());
  EXPECT_EQ(ok(session_.store->waiting(Stage::Open)).size(), 1U);
}

// A copy that vanished must not keep the copy that is there from being read.
TEST_F(Keep, ACopyThatVanishedHidesNoOther) {
  write("a", "the same");
  write("b", "the same");
  const Gathering before = gathered();
  std::filesystem::remove(leak() + "/a");
  keep(before);
  EXPECT_TRUE(session_.store->keeps(Part{sha256(std::string_view("the same")), 8, {}}.id()));
  EXPECT_EQ(ok(session_.store->waiting(Stage::Open)).size(), 1U);
}

}  // namespace
}  // namespace careo
