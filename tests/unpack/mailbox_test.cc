// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mailbox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "unpack/collected.h"
#include "unpack/mail/mailbox_count.h"

namespace careo {
namespace {

const std::string kLine = "From ana@correo.example Tue Oct  3 10:15:00 2023\n";

std::string mail(std::size_t number, const std::string& body = "Hola.\n") {
  return "From: ana@correo.example\nTo: b@x.example\nSubject: n" + std::to_string(number) + "\n\n" + body;
}

std::vector<std::string> mails_in(const std::string& box, const Collected& got) {
  std::vector<std::string> out;
  for (const Child& child : got.children) out.push_back(box.substr(child.step.offset, child.step.length));
  return out;
}

TEST(FromLine, KnowsTheVariants) {
  EXPECT_EQ(from_line("From a@x Thu Jan  1 00:00:00 1970"), FromLine::Strong);
  EXPECT_EQ(from_line("From - Mon Nov 22 10:00:00 2021"), FromLine::Strong);
  EXPECT_EQ(from_line("From 1234@xxx Mon Nov 22 10:00:00 +0000 2021"), FromLine::Strong);
  EXPECT_EQ(from_line("From MAILER-DAEMON Fri Jul 8 12:08 CEST 2011"), FromLine::Strong);
  EXPECT_EQ(from_line("From \"a b\"@x Thu Jan  1 00:00:00 1970 +0100"), FromLine::Strong);
  EXPECT_EQ(from_line("From now on it is prose"), FromLine::Weak);
  EXPECT_EQ(from_line("From: a@x"), FromLine::No);
  EXPECT_EQ(from_line("From "), FromLine::No);
}

TEST(Mailbox, CutsApartExactly) {
  std::string box;
  std::vector<std::string> all;
  for (std::size_t i = 0; i < 100; ++i) {
    all.push_back(mail(i, "Line.\n\n>From quoted\nFrom here on it is prose, not a mail.\n"));
    box += kLine + all.back() + "\n";
  }
  const Collected got = collect(*mailbox_opener(), box);
  EXPECT_EQ(mails_in(box, got), all);
  EXPECT_EQ(got.expected, 100U);
  EXPECT_TRUE(got.adds_up(box.size()));
  EXPECT_TRUE(got.unreads.empty());
}

TEST(Mailbox, BeginsBehindAByteOrderMark) {
  const std::string box = "\xEF\xBB\xBF" + kLine + mail(0) + "\n" + kLine + mail(1) + "\n";
  EXPECT_TRUE(mailbox_opener()->may(bytes_of(box), {}));
  const Collected got = collect(*mailbox_opener(), box);
  EXPECT_EQ(mails_in(box, got), (std::vector<std::string>{mail(0), mail(1)}));
  EXPECT_EQ(got.expected, 2U);
  EXPECT_TRUE(got.adds_up(box.size()));
}

TEST(Mailbox, LinesOfOldMacsEndWithCarriageReturnsAlone) {
  const auto mac = [](std::string text) {
    std::replace(text.begin(), text.end(), '\n', '\r');
    return text;
  };
  const std::string eudora = "From \?\?\?@\?\?\? Tue Oct 03 10:15:00 2023\n";
  const std::string box = mac(eudora + mail(0, "From here on it is prose.\n") + "\n" + eudora + mail(1));
  ASSERT_TRUE(mailbox_opener()->may(bytes_of(box), {}));
  const Collected got = collect(*mailbox_opener(), box);
  EXPECT_EQ(mails_in(box, got), (std::vector<std::string>{mac(mail(0, "From here on it is prose.\n")), mac(mail(1))}));
  EXPECT_EQ(got.expected, 2U);
  EXPECT_TRUE(got.adds_up(box.size()));
  // One that somebody pasted into a letter.
  std::string pasted = box;
  pasted.insert(pasted.find("prose"), "\n");
  ASSERT_TRUE(mailbox_opener()->may(bytes_of(pasted), {}));
  EXPECT_EQ(mails_in(pasted, collect(*mailbox_opener(), pasted)).size(), 2U);
}

// Larger than several windows, with From_ lines at every distance from a window's edge.
TEST(Mailbox, ReadsAcrossItsWindows) {
  std::string box;
  std::vector<std::string> all;
  std::size_t number = 0;
  std::uint64_t seed = 1;
  while (box.size() < (13U << 20)) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::size_t wanted = (seed >> 33) % (number % 50 == 0 ? 600'000 : 9000);
    std::string body;
    while (body.size() < wanted) body += "From the quoted \n text goes on \n\nFromage and so on\n";
    all.push_back(mail(number++, body + "end\n"));
    box += kLine + all.back() + "\n";
  }
  MemoryBytes part(box);
  Collected got;
  ASSERT_TRUE(mailbox_opener()->open(part, {}, {}, got));
  EXPECT_EQ(mails_in(box, got), all);
  EXPECT_EQ(got.expected, all.size());
  EXPECT_TRUE(got.adds_up(box.size()));
  EXPECT_LE(part.calls, 12U) << "windows must not be asked for again and again";
}

TEST(Mailbox, CountsIndependently) {
  std::string box;
  for (std::size_t i = 0; i < 1000; ++i) box += kLine + mail(i) + "\n";
  for (const std::size_t piece : {1UL, 7UL, 4096UL, 1UL << 20}) {
    SeparatorCount count;
    for (std::size_t at = 0; at < box.size(); at += piece)
      count.feed(bytes_of(std::string_view(box).substr(at, piece)));
    EXPECT_EQ(count.finish(), 1000U) << piece;
  }
}

// Two ways to one answer, on everything that looks like a mailbox and is none. Found: a first From_ line behind one
// blank line was not seen.
TEST(Mailbox, TheTwoScansAgree) {
  const std::vector<std::string> pieces = {kLine,
                                           "From a@x Thu Jan  1 00:00:00 1970\r\n",
                                           "From prose and more\n",
                                           "From: a@x\n",
                                           "To: b@x\n",
                                           "\n",
                                           "\r\n",
                                           "text\n",
                                           ">From q\n",
                                           "Content-Length: 20\n",
                                           " fold\n",
                                           "Subject: s\r\n",
                                           "X"};
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string box = random() % 2 == 0 ? kLine : "";
    for (std::size_t i = random() % 14; i > 0; --i) box += pieces[random() % pieces.size()];
    const Collected got = collect(*mailbox_opener(), box);
    ASSERT_EQ(got.expected, got.children.size()) << box;
    ASSERT_EQ(got.claimed(), box.size()) << box;
  }
}

TEST(Mailbox, StopsAtTheChildLimit) {
  std::string box;
  for (std::size_t i = 0; i < 10; ++i) box += kLine + mail(i) + "\n";
  Budget budget;
  budget.children = 4;
  const Collected got = collect(*mailbox_opener(), box, {}, budget);
  EXPECT_EQ(got.children.size(), 4U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "child limit");
  EXPECT_TRUE(got.adds_up(box.size()));
}

TEST(Mailbox, TakesNoOrdinaryText) {
  const auto may = [](std::string_view text) { return mailbox_opener()->may(bytes_of(text), {}); };
  EXPECT_TRUE(may(kLine + mail(1)));
  EXPECT_TRUE(may("\n" + kLine));
  EXPECT_TRUE(may("From somebody\nFrom: a@x\nTo: b@x\n\n"));
  EXPECT_FALSE(may("From the desk of the editor\n\nDear all,\n"));
  EXPECT_FALSE(may("From: a@x\nTo: b@x\n\n"));
  EXPECT_FALSE(may(""));
}

TEST(Mailbox, HandlesEmptyAndGarbage) {
  EXPECT_EQ(collect(*mailbox_opener(), "").children.size(), 0U);
  EXPECT_EQ(collect(*mailbox_opener(), "").expected, 0U);
  std::string garbage(3U << 20, 'x');
  const Collected got = collect(*mailbox_opener(), garbage);
  EXPECT_EQ(got.claimed(), garbage.size());
  EXPECT_EQ(got.unreads.size(), 1U);
}

// A false Content-Length that reaches over whole mails must not hide them.
TEST(Mailbox, BelievesNoLengthThatHidesMails) {
  const std::string hidden = kLine + mail(2) + "\n" + kLine + mail(3) + "\n";
  const std::string body = "Hola.\n\n" + hidden;
  const std::string box =
      kLine + "From: a@x\nSubject: s\nContent-Length: " + std::to_string(body.size()) + "\n\n" + body;
  EXPECT_EQ(collect(*mailbox_opener(), box).children.size(), 3U);
}

TEST(Mailbox, StaysLinearOnHostileInput) {
  for (const std::string& unit : std::initializer_list<std::string>{
           std::string("\nFrom x\n"), std::string("\n\nFrom x\nA: b\n"), std::string("From "),
           "\nFrom a@x Thu Jan  1 00:00:00 1970\nFrom: a\nContent-Length: 900000\n",
           std::string("\n\nFrom x\nFrom: a\nTo: b\nContent-Length: 5000000\n")}) {
    std::string box = kLine;
    while (box.size() < (2U << 20)) box += unit;
    const Collected got = collect(*mailbox_opener(), box);
    EXPECT_TRUE(got.adds_up(box.size()));
  }
}

const std::string kControl = "\x01\x01\x01\x01";

TEST(Mailbox, LinesOfFourControlAPartTheMailsOfMmdf) {
  for (const std::string& end : {std::string("\n"), std::string("\r\n")}) {
    const std::string mark = kControl + end;
    const std::string quoting = mail(1, "Text \x01\x01\x01\x01\n\x01\x01\x01\x01\x01\nFrom here on.\n\n");
    const std::string box = mark + mail(0) + mark + mark + kLine + quoting + mark + "\n" + mark + "Prose." + mark;
    ASSERT_TRUE(mailbox_opener()->may(bytes_of(box), {}));
    const Collected got = collect(*mailbox_opener(), box);
    EXPECT_EQ(mails_in(box, got), (std::vector<std::string>{mail(0), kLine + quoting, "Prose." + mark}));
    EXPECT_EQ(got.children[1].hints.media_type, "message/rfc822");
    EXPECT_EQ(got.children[2].hints.media_type, "");
    EXPECT_TRUE(got.adds_up(box.size()));
    EXPECT_TRUE(got.unreads.empty());
  }
  EXPECT_FALSE(mailbox_opener()->may(bytes_of(kControl + "\nProse.\n"), {}));
  EXPECT_FALSE(mailbox_opener()->may(bytes_of(kControl), {}));
}

// Lines at every distance from a window's edge, and one that the end cuts.
TEST(Mailbox, MmdfIsCutApartOverWindows) {
  constexpr std::size_t kWindow = 4U << 20;
  for (std::size_t near = kWindow - 12; near < kWindow + 2; ++near) {
    std::string box = kControl + "\n" + mail(0);
    box.append(near - box.size() - 1, 'x') += '\n';
    const std::size_t first = box.size() - 5;
    box += kControl + "\r\n" + kControl + "\n" + mail(1) + kControl;
    const Collected got = collect(*mailbox_opener(), box);
    ASSERT_EQ(got.children.size(), 2U) << near;
    EXPECT_EQ(got.children[0].step.length, first);
    EXPECT_EQ(mails_in(box, got)[1], mail(1));
    EXPECT_TRUE(got.adds_up(box.size()));
  }
}

TEST(Mailbox, OfMmdfNoMoreMailsThanAreGrantedAreCutOut) {
  const std::string one = kControl + "\n" + mail(0) + kControl + "\n";
  const std::string box = one + one + one;
  const Collected got = collect(*mailbox_opener(), box, {}, {.children = 2});
  EXPECT_EQ(got.children.size(), 2U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "child limit");
  EXPECT_TRUE(got.adds_up(box.size()));
  EXPECT_EQ(collect(*mailbox_opener(), box, {}, {.depth_left = 0}).unreads[0].length, box.size() - 5);
}

}  // namespace
}  // namespace careo
