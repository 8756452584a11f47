// SPDX-License-Identifier: Apache-2.0
// When a desk locks itself: nobody there for long, or the machine slept; a person there, or a page that only looks:
// not.
#include "serve/front.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

class FrontTest : public testing::Test {
 protected:
  void SetUp() override {
    key_.key_file = folder_ / "key";
    ok(Case::create(folder_ / "case", key_));
    ok(front_.open(folder_ / "case", key_));
  }
  bool is_open() { return ask("/api/state").find("\"open\":true") != std::string::npos; }
  /// As the page asks, with all that the door wants to see.
  std::string ask(const std::string& path) {
    return front_.answer({"GET", path, {}, {{"host", "127.0.0.1:1"}, {"cookie", cookie_}}, {}}).body;
  }
  std::string come_in() {
    const std::string link = door_.link();
    const Answer answer =
        front_.answer({"GET", "/enter", {{"token", link.substr(link.find('=') + 1)}}, {{"host", "127.0.0.1:1"}}, {}});
    for (const auto& [name, value] : answer.headers)
      if (name == "Set-Cookie") return value.substr(0, value.find(';'));
    return {};
  }

  TestFolder folder_;
  Key key_;
  MachineTime now_{1000, 1500};
  Door door_{1};
  Front front_{door_, {.intake = {}, .cases = "/nowhere/careo", .time = [this] { return now_; }}};
  std::string cookie_ = come_in();
};

TEST_F(FrontTest, LocksWhereNobodyIs) {
  const auto wait = [&](std::int64_t seconds) { now_ = {now_.awake + seconds, now_.all + seconds}; };
  wait(14 * 60);
  front_.watch();
  EXPECT_TRUE(is_open()) << "a page that looks by itself is nobody";
  ask("/api/contents");
  wait(14 * 60);
  front_.watch();
  EXPECT_TRUE(is_open()) << "somebody went down into the inventory";
  wait(2 * 60);
  front_.watch();
  EXPECT_FALSE(is_open());
  EXPECT_NE(ask("/api/search").find("\"locked\""), std::string::npos);
}

TEST_F(FrontTest, LocksWhenTheMachineSlept) {
  now_ = {now_.awake + 1, now_.all + 1};
  front_.watch();
  EXPECT_TRUE(is_open());
  now_ = {now_.awake + 1, now_.all + 61};
  front_.watch();
  EXPECT_FALSE(is_open());
  // Opened again it stays open: that sleep is over.
  ok(front_.open(folder_ / "case", key_));
  now_ = {now_.awake + 1, now_.all + 1};
  front_.watch();
  EXPECT_TRUE(is_open());
}

}  // namespace
}  // namespace careo
