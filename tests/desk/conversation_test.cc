// SPDX-License-Identifier: Apache-2.0
// Two ways to one answer: a mail's conversation gathered from it alone, and the conversations of all mails of the case.
#include "desk/conversation.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/json.h"
#include "resolve/thread.h"
#include "store/folder.h"
#include "store/ok.h"

namespace careo {
namespace {

constexpr Instant kFirst = 1'700'000'000;

// "AAAA...": 22 bytes name the conversation, what is behind them the answer.
std::string thread_index(int conversation, int answers) {
  std::string out(29, 'A');
  out[10] = static_cast<char>('A' + conversation);
  out += "w==";
  return answers == 0 ? out : out.substr(0, 28) + "Aw" + std::string(6, static_cast<char>('A' + answers));
}

class Mails {
 public:
  explicit Mails(unsigned seed) : dice_(seed) {}

  struct Made {
    ThreadMail mail;
    std::string reading;
  };
  // Few subjects and few ids, so that all kinds of ties are met, crossed and broken.
  Made next() {
    static const std::vector<std::string> kSubjects = {
        "Papers", "Re: papers", "RE: Fwd: Papers", "The contract", "Re: The contract", "Re: !?!?",
        "!?!?",   "yes",        "Re: yes"};
    ThreadMail mail;
    const int number = count_++;
    if (roll(5) != 0) mail.message_id = id(number);
    mail.subject = kSubjects[roll(kSubjects.size())];
    if (roll(8) != 0 || mail.message_id.empty()) mail.date = kFirst + static_cast<Instant>(roll(400)) * 86400 + number;
    if (roll(3) == 0) mail.references = {id(roll(kIds)), id(roll(kIds))};
    if (roll(4) == 0) mail.in_reply_to = {roll(4) == 0 ? "Your letter of <" + id(roll(3)) + ">" : id(roll(kIds))};
    std::string index;
    if (roll(6) == 0) index = thread_index(static_cast<int>(roll(9)), static_cast<int>(roll(3)));
    mail.conversation = conversation_key(index);
    JsonWriter out;
    out.object().member("from", "ana@example.org").member("date", mail.date == 0 ? "" : iso(mail.date));
    out.member("subject", mail.subject).member("message_id", mail.message_id);
    if (!index.empty()) out.member("thread_index", index);
    out.key("in_reply_to").array();
    for (const std::string& one : mail.in_reply_to) out.text(one);
    out.end().key("references").array();
    for (const std::string& one : mail.references) out.text(one);
    return {mail, out.end().end().take()};
  }

 private:
  static constexpr std::size_t kIds = 240;
  static std::string id(std::size_t number) { return "m" + std::to_string(number) + "@example.org"; }
  std::size_t roll(std::size_t sides) { return dice_() % sides; }
  std::mt19937 dice_;
  int count_ = 0;
};

TEST(Conversation, OfOneMailIsWhatTheConversationsOfAllSay) {
  const TestFolder folder;
  const Key key = key_file_at(folder / "key");
  ok(Case::create(folder / "case", key));
  Session session = ok(Session::open(folder / "case", key, Case::Access::Write));
  Mails mails(7);
  std::vector<ThreadMail> all;
  std::vector<PartId> parts;
  std::vector<Outcome> outcomes;
  Source source;
  source.id = "0123456789abcdef";
  for (int i = 0; i < 150; ++i) {
    const std::string bytes = "mail " + std::to_string(i);
    const Part part{sha256(bytes), bytes.size(), {}};
    source.files.push_back({"/" + std::to_string(i), part.length, part.sha256, ""});
    const Mails::Made made = mails.next();
    Outcome outcome;
    outcome.part = part.id();
    outcome.reader = "mail/1";
    outcome.media_type = "message/rfc822";
    Reading reading;
    reading.kind = "mail";
    reading.value = made.reading;
    reading.reader = "mail/1";
    outcome.readings.push_back(reading);
    outcomes.push_back(outcome);
    all.push_back(made.mail);
    parts.push_back(part.id());
  }
  ok(session.store->put(source));
  for (const Outcome& outcome : outcomes) ok(session.store->put(outcome));
  ok(session.store->commit());
  ok(session.index->catch_up(*session.store));

  const std::vector<ThreadPlace> places = find_threads(all);
  std::map<std::string, std::multiset<std::string>> threads;
  std::size_t by_subject = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    threads[places[i].thread].insert(ok(session.store->trail(parts[i])).print());
    by_subject += places[i].by_subject ? 1U : 0U;
  }
  EXPECT_GT(threads.size(), 10U);
  EXPECT_GT(by_subject, 2U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::multiset<std::string> found;
    for (const ConversationMail& mail : ok(conversation_with(session, parts[i]))) found.insert(mail.trail.print());
    EXPECT_EQ(found, threads[places[i].thread]) << i;
  }
}

TEST(Conversation, OfWhatIsNoMailIsEmpty) {
  const TestFolder folder;
  const Key key = key_file_at(folder / "key");
  ok(Case::create(folder / "case", key));
  Session session = ok(Session::open(folder / "case", key, Case::Access::Write));
  EXPECT_TRUE(ok(conversation_with(session, sha256("nothing"))).empty());
}

}  // namespace
}  // namespace careo
