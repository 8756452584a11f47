// SPDX-License-Identifier: Apache-2.0
// When a desk locks itself: nobody there for long, or the machine slept; a person there, or a page that only looks:
// not.
#include "serve/front.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "base/json.h"
#include "desk/retry.h"
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
  /// As the page sends, the body in blocks of so many bytes.
  Answer send(const std::string& path, std::map<std::string, std::string, std::less<>> query, const std::string& body,
              std::size_t block) {
    const auto stream = [body, block](const ByteSink& sink) -> Result<void> {
      for (std::size_t at = 0; at < body.size(); at += block)
        TRY(sink(bytes_of(body).subspan(at, std::min(block, body.size() - at))));
      return {};
    };
    return front_.answer({"POST",
                          path,
                          std::move(query),
                          {{"host", "127.0.0.1:1"},
                           {"origin", "http://127.0.0.1:1"},
                           {"cookie", cookie_},
                           {"x-careo", door_.page_word()}},
                          stream});
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

TEST_F(FrontTest, WhatIsDroppedComesPackedInBlocksOfAnySize) {
  for (const std::size_t block : {1U, 2U, 7U, 100U}) {
    EXPECT_EQ(send("/api/arriving", {{"label", "leak"}}, "0 a%2Fempty\n3 b\n5 c%20d\n", block).body,
              R"({"rounds":[3],"long_file":67108864})");
    EXPECT_EQ(send("/api/upload", {}, "0 a%2Fempty\n3 b\none5 c%20d\ntwo\n2", block).body, R"({"head":false})");
    EXPECT_EQ(send("/api/arrived", {}, "", 1).status, 200);
    while (ask("/api/state").find("\"running\":true") != std::string::npos) std::this_thread::yield();
  }
  EXPECT_NE(ask("/api/inventory").find("\"parts\":3"), std::string::npos);
}

// The page tries again when the desk is free.
TEST_F(FrontTest, AnotherDropComesWhenTheOneBeforeIsNamed) {
  EXPECT_EQ(send("/api/arriving", {{"label", "first"}}, "3 a\n4 b\n", 100).status, 200);
  EXPECT_EQ(send("/api/upload", {{"path", "a"}}, "one", 3).status, 200);
  const Answer refusal = send("/api/arriving", {{"label", "second"}}, "5 c\n", 100);
  EXPECT_EQ(refusal.status, 409);
  EXPECT_NE(refusal.body.find("\"busy\""), std::string::npos);
  while (ask("/api/state").find("\"running\":true") != std::string::npos) std::this_thread::yield();
  EXPECT_EQ(send("/api/arriving", {{"label", "second"}}, "5 c\n", 100).status, 200);
  EXPECT_NE(ask("/api/contents").find("first"), std::string::npos) << "the first is a source";
}

TEST_F(FrontTest, WhatComesOtherwiseThanAnnouncedIsRefused) {
  EXPECT_EQ(send("/api/upload", {{"path", "b"}}, "one", 3).status, 400) << "nothing was announced";
  for (const char* const wrong : {"x b\n", "3b\n", "3 b", "-3 b\n", "3 b/c\n", "3 b\n3 b\n", "3 \n", ""})
    EXPECT_EQ(send("/api/arriving", {}, wrong, 100).status, 400) << wrong;
  EXPECT_EQ(send("/api/arriving", {}, "3 b\n- c\n", 100).body, R"({"rounds":[1],"long_file":67108864})");
  EXPECT_EQ(send("/api/upload", {{"path", "z"}}, "one", 3).status, 400);
  EXPECT_EQ(send("/api/upload", {{"path", "z"}, {"head", "1"}}, "one", 3).status, 400);
  EXPECT_EQ(send("/api/upload", {{"path", "z"}, {"missed", "1"}}, "", 3).status, 400);
  for (const char* const wrong : {"3 b\non", "3 b", "- b\none", "3 z\none"})
    EXPECT_EQ(send("/api/upload", {}, wrong, 100).status, 400) << wrong;
  EXPECT_EQ(send("/api/arriving", {{"measured", "1"}}, "3 b\n4 c\n", 100).body,
            R"({"rounds":[2],"long_file":67108864})");
  EXPECT_EQ(send("/api/arriving", {{"measured", "1"}}, "3 z\n", 100).status, 400);
}

// Two windows, neither of which knows what the other has put there.
TEST_F(FrontTest, ExhibitsAreChangedOneAtATime) {
  const auto change = [&](const std::string& body) { return send("/api/tray", {}, body, 100); };
  const std::string before = ask("/api/state");
  EXPECT_EQ(change(R"({"change":"put","trail":"src:a","title":"A"})").status, 200);
  EXPECT_EQ(change(R"({"change":"put","trail":"src:b","title":"B","note":"b"})").status, 200);
  EXPECT_EQ(change(R"({"change":"put","trail":"src:a","title":"A","note":"first"})").status, 200);
  const std::string both = R"([{"trail":"src:a","title":"A","note":"first"},{"trail":"src:b","title":"B","note":"b"}])";
  EXPECT_NE(change(R"({"change":"put","trail":"src:a","title":"again"})").body.find(both), std::string::npos)
      << "its note stays";
  EXPECT_NE(ask("/api/tray").find(both), std::string::npos);
  const auto changes = [](const std::string& state) { return state.substr(state.find("\"tray\":"), 10); };
  EXPECT_NE(changes(ask("/api/state")), changes(before)) << "who looks sees that there is something new";
  EXPECT_EQ(change(R"({"change":"take","trail":"src:b"})").status, 200);
  EXPECT_EQ(change(R"({"change":"take","trail":"src:b"})").status, 200);
  EXPECT_NE(change(R"({"change":"put","trail":"src:b","title":"B","note":"kept"})").body.find("kept"),
            std::string::npos)
      << "a note that somebody wrote meanwhile is not lost";
  for (const char* const wrong : {"[]", "{}", R"({"change":"put"})", R"({"change":"burn","trail":"src:a"})", "{"})
    EXPECT_EQ(change(wrong).status, 400) << wrong;
  const std::string long_note(3U << 20, 'x');
  EXPECT_EQ(change(R"({"change":"put","trail":"src:a","note":")" + long_note + "\"}").status, 200);
  EXPECT_EQ(change(R"({"change":"put","trail":"src:c","title":")" + long_note + "\"}").status, 400) << "full";
  EXPECT_NE(ask("/api/tray").find("src:a"), std::string::npos);
  front_.lock();
  EXPECT_EQ(ask("/api/tray").find("src:a"), std::string::npos) << "a locked desk shows none";
  EXPECT_EQ(change(R"({"change":"take","trail":"src:a"})").status, 409);
}

// Every part is counted under its reason, however few are named.
TEST_F(FrontTest, WhatWasNotReadIsCountedByReason) {
  constexpr int kMissed = 60;
  std::string list = "0 empty\n";
  for (int i = 0; i < kMissed; ++i) list += "3 " + std::to_string(i) + "\n";
  ASSERT_EQ(send("/api/arriving", {{"label", "leak"}}, list, 1000).status, 200);
  ASSERT_EQ(send("/api/upload", {{"path", "empty"}}, "", 1).status, 200);
  for (int i = 0; i < kMissed; ++i)
    ASSERT_EQ(send("/api/upload", {{"path", std::to_string(i)}, {"missed", "1"}}, "", 1).status, 200);
  EXPECT_EQ(send("/api/arrived", {}, "", 1).status, 200);
  while (ask("/api/state").find("\"running\":true") != std::string::npos) std::this_thread::yield();
  const Json account = ok(Json::parse(ask("/api/inventory")));
  const Json* locked = nullptr;
  std::int64_t counted = 0;
  for (const Json& ended : account["ended"].items()) {
    counted += ended["parts"].integer();
    if (ended["reason"].text() == "locked") locked = &ended;
  }
  ASSERT_NE(locked, nullptr);
  EXPECT_EQ((*locked)["outcome"].text(), "failed");
  EXPECT_EQ((*locked)["parts"].integer(), kMissed);
  EXPECT_EQ((*locked)["rows"].items().size(), 50U);
  const Json& head = account["head"];
  EXPECT_EQ(counted + head["read"].integer() + head["duplicate"].integer(), head["parts"].integer());
}

// The words for what is locked: only from the desk's own page, in a body, as a list of words; and in no answer.
TEST_F(FrontTest, WordsForWhatIsLockedComeFromThePageAlone) {
  const std::string words = R"({"passwords":"open sesame\r\nsecond\n"})";
  EXPECT_EQ(front_.answer({"POST", "/api/unlock", {}, {{"host", "127.0.0.1:1"}, {"cookie", cookie_}}, {}}).status, 403);
  const Request by_address{
      "GET", "/api/unlock", {{"passwords", "open sesame"}}, {{"host", "127.0.0.1:1"}, {"cookie", cookie_}}, {}};
  EXPECT_EQ(front_.answer(by_address).status, 404);
  EXPECT_EQ(send("/api/unlock", {{"passwords", "open sesame"}}, "{}", 100).status, 400) << "in an address: no words";
  for (const std::string& wrong : {std::string("{"), std::string("[]"), std::string(R"({"passwords":"\n\r\n"})"),
                                   R"({"passwords":")" + std::string(1001, 'x') + "\"}"})
    EXPECT_EQ(send("/api/unlock", {}, wrong, 100).status, 400);
  const Answer begun = send("/api/unlock", {}, words, 100);
  EXPECT_EQ(begun.status, 200);
  EXPECT_EQ(begun.body, "{}");
  while (ask("/api/state").find("\"running\":true") != std::string::npos) std::this_thread::yield();
  const std::string state = ask("/api/state");
  EXPECT_NE(state.find(R"("unlocked":{"locked":0,"opened":0})"), std::string::npos) << state;
  EXPECT_EQ(state.find("sesame"), std::string::npos);
  front_.lock();
  EXPECT_EQ(send("/api/unlock", {}, words, 100).status, 409);
  EXPECT_EQ(*passwords_in_lines("\xEF\xBB\xBFopen sesame\r\n"), std::vector<std::string>{"open sesame"});
}

}  // namespace
}  // namespace careo
