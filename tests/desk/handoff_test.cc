// SPDX-License-Identifier: Apache-2.0
#include "desk/handoff.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

TEST(Handoff, WorkArrivesAsItWasGiven) {
  TestFolder folder;
  HandedWork got;
  {
    const auto desk = ok(Handoff::listen(folder / "", [&](const HandedWork& work) {
      got = work;
      return std::string();
    }));
    ok(hand_over(folder / "",
                 {{"/a \"b\"\n", "/ж"}, {"by post", "M.", 1700000000}, Patience::Everything, {"s3 cret"}}));
  }
  EXPECT_EQ(got.paths, (std::vector<std::string>{"/a \"b\"\n", "/ж"}));
  EXPECT_EQ(got.note.how, "by post");
  EXPECT_EQ(got.note.from, "M.");
  EXPECT_EQ(got.note.received, 1700000000);
  EXPECT_EQ(got.patience, Patience::Everything);
  EXPECT_EQ(got.passwords, (std::vector<std::string>{"s3 cret"}));
  EXPECT_FALSE(std::filesystem::exists(folder / "desk")) << "nothing is left behind";
  EXPECT_EQ(hand_over(folder / "", {}).error().fault, Fault::NotFound);
}

TEST(Handoff, WhyNotIsTold) {
  TestFolder folder;
  const auto desk = ok(Handoff::listen(folder / "", [](const HandedWork&) { return std::string("it reads"); }));
  const auto said = hand_over(folder / "", {});
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().fault, Fault::Refused);
  EXPECT_EQ(said.error().message, "it reads");
}

TEST(Handoff, ALongPathAndAKilledDeskAreNoHindrance) {
  TestFolder folder;
  const std::string deep = folder / (std::string(120, 'x') + "/" + std::string(120, 'y'));
  std::filesystem::create_directories(deep);
  {  // what a killed desk leaves: a name that nobody listens at
    const auto desk = ok(Handoff::listen(deep, [](const HandedWork&) { return std::string(); }));
    std::filesystem::rename(deep + "/desk", deep + "/kept");
  }
  std::filesystem::rename(deep + "/kept", deep + "/desk");
  EXPECT_EQ(hand_over(deep, {}).error().fault, Fault::NotFound);
  const auto desk = ok(Handoff::listen(deep, [](const HandedWork&) { return std::string(); }));
  EXPECT_TRUE(hand_over(deep, {}));
}

// Whoever connects and says nothing, or nonsense, hinders nobody for long and begins nothing.
TEST(Handoff, NonsenseBeginsNothing) {
  TestFolder folder;
  int begun = 0;
  const auto desk = ok(Handoff::listen(folder / "", [&](const HandedWork&) { return ++begun, std::string(); }));
  for (const std::string& words : {std::string("{\n"), std::string("[[[[\n"), std::string("no end"), std::string()}) {
    const int peer = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder / "desk";
    ASSERT_LT(path.size(), sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    ASSERT_EQ(::connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::send(peer, words.data(), words.size(), MSG_NOSIGNAL), static_cast<ssize_t>(words.size()));
    ::close(peer);
  }
  EXPECT_TRUE(hand_over(folder / "", {}));
  EXPECT_EQ(begun, 1);
}

}  // namespace
}  // namespace careo
