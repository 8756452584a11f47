// SPDX-License-Identifier: Apache-2.0
#include "resolve/thread.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace careo {
namespace {

ThreadMail mail(std::string id, std::string subject, std::vector<std::string> references = {}, Instant date = 0) {
  ThreadMail out;
  out.message_id = std::move(id);
  out.subject = std::move(subject);
  out.references = std::move(references);
  out.date = date;
  return out;
}

TEST(Thread, StripsWhatProgramsPutBeforeSubjects) {
  EXPECT_EQ(thread_subject("Re: Fwd: [list] RE[2]:  The   Papers "), "the papers");
  EXPECT_EQ(thread_subject("Отв: Документы"), "Документы");
  EXPECT_EQ(thread_subject("RV: AW: x"), "x");
  EXPECT_EQ(thread_subject("[only a tag]"), "[only a tag]");
  EXPECT_EQ(thread_subject("Report: x"), "report: x");
  EXPECT_TRUE(is_reply_subject("[list] Re: x"));
  EXPECT_TRUE(is_reply_subject("НА: x"));
  EXPECT_FALSE(is_reply_subject("[list] x"));
}

TEST(Thread, FollowsReferences) {
  const auto places =
      find_threads({mail("a", "x"), mail("b", "Re: x", {"a"}), mail("c", "Re: x", {"a", "b"}), mail("d", "y")});
  EXPECT_EQ(places[0].thread, places[1].thread);
  EXPECT_EQ(places[0].thread, places[2].thread);
  EXPECT_NE(places[0].thread, places[3].thread);
  EXPECT_EQ(places[2].parent, "b");
  EXPECT_EQ(places[0].parent, "");
}

TEST(Thread, MeetsThroughMailsThatAreMissing) {
  const auto places = find_threads({mail("b", "x", {"gone"}), mail("c", "other words", {"gone"})});
  EXPECT_EQ(places[0].thread, places[1].thread);
}

TEST(Thread, MissesWhatIsAnsweredAndNeverCame) {
  MissingMails missing;
  missing.add("b@x", {}, {"gone@x", "a@x"});
  EXPECT_EQ(missing.list(), (std::vector<std::string>{"a@x", "gone@x"}));
  missing.add("a@x", {"gone@x", "your letter of Monday"}, {});
  EXPECT_EQ(missing.list(), std::vector<std::string>{"gone@x"}) << "a mail may come behind its answer";
  missing.add("c@x", {"a@x"}, {"b@x"});
  EXPECT_EQ(missing.list(), std::vector<std::string>{"gone@x"});
  missing.add("gone@x", {}, {});
  EXPECT_TRUE(missing.list().empty());
}

TEST(Thread, UsesSubjectsOnlyWhereNothingElseIs) {
  const Instant day = 86400;
  const auto places = find_threads({mail("a", "Papers", {}, 10 * day), mail("b", "Re: Papers", {}, 11 * day),
                                    mail("c", "Papers", {}, 12 * day), mail("d", "Re: Papers", {}, 400 * day)});
  EXPECT_EQ(places[0].thread, places[1].thread);
  EXPECT_TRUE(places[1].by_subject);
  EXPECT_NE(places[0].thread, places[2].thread) << "no answer, so a thread of its own";
  EXPECT_NE(places[0].thread, places[3].thread) << "a year later";
}

TEST(Thread, UsesThreadIndex) {
  ThreadMail a = mail("a", "x");
  ThreadMail b = mail("b", "y");
  a.conversation = "01";
  b.conversation = "01";
  const auto places = find_threads({a, b});
  EXPECT_EQ(places[0].thread, places[1].thread);
}

TEST(Thread, DependsOnNoOrder) {
  std::mt19937 random(7);
  std::vector<ThreadMail> mails;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> references;
    if (i > 0 && i % 3 != 0) references.push_back("m" + std::to_string(random() % static_cast<unsigned>(i)));
    const std::string subject = (i % 5 == 0 ? "Re: subject " : "subject ") + std::to_string(i % 40);
    mails.push_back(mail(i % 17 == 0 ? "" : "m" + std::to_string(i), subject, references, i * 3600 + 1));
  }
  const auto first = find_threads(mails);
  std::map<std::pair<std::string, Instant>, std::string> thread_of;
  for (std::size_t i = 0; i < mails.size(); ++i) thread_of[{mails[i].message_id, mails[i].date}] = first[i].thread;
  for (int round = 0; round < 5; ++round) {
    std::shuffle(mails.begin(), mails.end(), random);
    const auto again = find_threads(mails);
    for (std::size_t i = 0; i < mails.size(); ++i)
      EXPECT_EQ(again[i].thread, (thread_of[{mails[i].message_id, mails[i].date}]));
  }
}

}  // namespace
}  // namespace careo
