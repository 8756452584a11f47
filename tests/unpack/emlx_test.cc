// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/emlx.h"

#include <gtest/gtest.h>

#include "unpack/collected.h"

namespace careo {
namespace {

const std::string kMail = "From: a@x.example\nTo: b@x.example\nSubject: s\n\nHola.\n";
const std::string kFlags =
    "<?xml version=\"1.0\"?>\n<plist><dict><key>flags</key><integer>1</integer></dict></plist>\n";

TEST(Emlx, GivesTheMailAndItsFlags) {
  const std::string bytes = std::to_string(kMail.size()) + "      \n" + kMail + kFlags;
  ASSERT_TRUE(emlx_opener()->may(bytes_of(bytes), {}));
  const Collected got = collect(*emlx_opener(), bytes);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(bytes.substr(got.children[0].step.offset, got.children[0].step.length), kMail);
  EXPECT_EQ(got.text_of_first(), kFlags + "\n[flags: read]");
  EXPECT_TRUE(got.adds_up(bytes.size()));
  EXPECT_EQ(got.expected, 1U);
}

TEST(Emlx, SaysWhatItsOwnerDeleted) {
  const auto flags = [](const std::string& list) {
    const std::string bytes = std::to_string(kMail.size()) + "\n" + kMail + list;
    return collect(*emlx_opener(), bytes).text_of_first().substr(list.size());
  };
  EXPECT_EQ(flags("<key>flags</key>\n\t<integer>8590195843</integer>"), "\n[flags: read, deleted]");
  EXPECT_EQ(flags("<key>flags</key><integer>0</integer>"), "");
  EXPECT_EQ(flags("<key>flags</key><string>3</string>"), "");
  EXPECT_EQ(flags("<key>flags</key><integer>3"), "\n[flags: read, deleted]");
}

TEST(Emlx, SaysWhereItEndsEarly) {
  const std::string bytes = "100000\n" + kMail;
  const Collected got = collect(*emlx_opener(), bytes);
  EXPECT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.unreads.size(), 1U);
  EXPECT_TRUE(got.adds_up(bytes.size()));
}

TEST(Emlx, TakesNothingElse) {
  for (const std::string& text :
       {std::string("12\nwords\n"), kMail, std::string("12 monkeys\nFrom: a\nTo: b\n"), std::string()})
    EXPECT_FALSE(emlx_opener()->may(bytes_of(text), {})) << text;
}

}  // namespace
}  // namespace careo
