// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/chat.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/json.h"
#include "unpack/chat/message.h"
#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

// Of no real person.
const std::string kTelegram = R"({
 "name": "Roads \"north\" \u041f\u043b\u0430\u043d",
 "type": "private_group",
 "id": 77,
 "messages": [
  {"id": 1, "type": "service", "date": "2021-03-04T05:06:07", "date_unixtime": "1614834367", "actor": "Anna Specimen",
   "actor_id": "user1", "action": "create_group", "title": "Roads", "members": ["Anna Specimen", "E. Ditor"], "text": ""},
  {"id": 2, "type": "message", "date": "2021-03-04T05:07:00", "date_unixtime": "1614834420", "from": "E. Ditor",
   "from_id": "user2", "forwarded_from": "Nobody", "text": ["see ", {"type": "link", "text": "https://ministry.example/"}, " {\"now\"}"]},
  {"id": 3, "type": "message", "date": "2021-03-04T05:08:00", "from": "Anna Specimen", "from_id": "user1", "photo": "photos/photo_1.jpg",
   "contact_information": {"first_name": "Roman", "last_name": "Muster", "phone_number": "+000 11"}, "text": "\u041f\u0440\u0438\u0432\u0435\u0442"}
 ]
})";

const std::string kWhatsapp =
    "3/4/21, 14:05 - Messages and calls are end-to-end encrypted.\n"
    "3/4/21, 14:06 - Anna Specimen: first line\nsecond line\n"
    "15/4/21, 9:07 - E. Ditor: IMG-20210415-WA0001.jpg (archivo adjunto)\nwith words\n";

std::string text_of_child(const std::string& file, const Child& child) {
  return std::string(text_of(*take_step(bytes_of(file), child.step)));
}

Json value_of(const Collected& got) {
  EXPECT_EQ(got.readings.size(), 1U);
  return *Json::parse(got.readings.empty() ? "{}" : got.readings[0].value);
}

Collected message(const std::string& file, const Child& child) {
  EXPECT_TRUE(chat_message_opener()->may({}, child.hints));
  const std::string bytes = text_of_child(file, child);
  const Collected got = collect(*chat_message_opener(), bytes, child.hints);
  EXPECT_TRUE(got.adds_up(bytes.size()));
  return got;
}

TEST(Chat, KeepsAllThatATelegramMessageSays) {
  const std::string file = R"({"id": 5, "type": "message", "date": "2021-03-04T05:07:00", "date_unixtime": "1614834420",
   "from": "E. Ditor", "from_id": "user2", "author": "A Signature", "via_bot": "@helper",
   "text": ["read ", {"type": "text_link", "text": "this", "href": "https://hidden.example/x"},
            {"type": "mention_name", "text": "Anna", "user_id": 77}],
   "file": "files/a.pdf", "file_name": "the plan.pdf", "file_size": 7, "mime_type": "application/pdf",
   "poll": {"question": "Which?", "closed": false, "total_voters": 3, "answers": [{"text": "north", "voters": 3, "chosen": true}]},
   "inline_bot_buttons": [[{"type": "url", "text": "Pay", "data": "https://pay.example/"}]],
   "reactions": [{"type": "emoji", "count": 2, "emoji": "+", "recent": [{"from": "Anna Specimen", "from_id": "user1", "date": "2021-03-05T00:00:00"}]}],
   "invoice_information": {"title": "Rent", "amount": 500}, "width": 10, "new_in_2030": ["kept"]})";
  Hints hints;
  hints.media_type = "message/x-telegram";
  const Collected got = collect(*chat_message_opener(), file, hints);
  EXPECT_EQ(got.text_of_first(),
            "read thisAnna\n[link: https://hidden.example/x]\n[Anna: user77]\nWhich?\n- north (3) [chosen]\n"
            "[file: files/a.pdf]\n[button: Pay | https://pay.example/]\n"
            "[reaction: + 2, Anna Specimen 2021-03-05T00:00:00]\n[author: A Signature]\n[via_bot: @helper]\n"
            "[file_name: the plan.pdf]\n[poll closed: false]\n[poll total_voters: 3]\n"
            "[invoice_information title: Rent]\n[invoice_information amount: 500]\n[new_in_2030: kept]");
}

TEST(Chat, CutsTelegramIntoMessages) {
  ASSERT_TRUE(telegram_opener()->may(bytes_of(kTelegram), {}));
  const Collected got = collect(*telegram_opener(), kTelegram);
  ASSERT_EQ(got.children.size(), 3U);
  EXPECT_TRUE(got.adds_up(kTelegram.size()));
  EXPECT_EQ(got.children[0].name, "Roads \"north\" План");
  EXPECT_NE(got.text_of_first().find("private_group"), std::string::npos);
  EXPECT_EQ(got.text_of_first().find("Ditor"), std::string::npos) << "messages are no text of the export";

  const Json created = value_of(message(kTelegram, got.children[0]));
  EXPECT_EQ(created["from"].items().at(0)["name"].text(), "Anna Specimen");
  EXPECT_EQ(created["date"].text(), "2021-03-04T05:06:07Z");
  EXPECT_EQ(message(kTelegram, got.children[0]).text_of_first(), "[create_group: Anna Specimen, E. Ditor, Roads]");

  const Json link = value_of(message(kTelegram, got.children[1]));
  EXPECT_EQ(link["from"].items().at(0)["address"].text(), "user2");
  EXPECT_EQ(link["forwarded_from"].text(), "Nobody");
  EXPECT_EQ(link["class"].text(), "telegram");
  EXPECT_EQ(message(kTelegram, got.children[1]).text_of_first(),
            "[forwarded from Nobody]\nsee https://ministry.example/ {\"now\"}");

  const Json photo = value_of(message(kTelegram, got.children[2]));
  EXPECT_TRUE(photo["offset"].is_null()) << "an old export says no zone";
  EXPECT_EQ(photo["date"].text(), "2021-03-04T05:08:00Z");
  EXPECT_EQ(photo["attachments"].items().at(0)["name"].text(), "photos/photo_1.jpg");
  EXPECT_EQ(message(kTelegram, got.children[2]).text_of_first(),
            "Привет\nRoman Muster +000 11\n[photo: photos/photo_1.jpg]");
}

// An export of everything holds many chats, and contacts that are searched as the export's own text.
TEST(Chat, FindsTheChatsOfAWholeExport) {
  const std::string file =
      R"({"about": "Here is the data you requested.", "contacts": {"list": [{"phone_number": "+000 22"}]},
    "chats": {"list": [)" +
      kTelegram + "," + kTelegram + "]}}";
  ASSERT_TRUE(telegram_opener()->may(bytes_of(file), {}));
  const Collected got = collect(*telegram_opener(), file);
  EXPECT_EQ(got.children.size(), 6U);
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_NE(got.text_of_first().find("+000 22"), std::string::npos);
}

// Wherever it is cut: the whole messages before the cut, and a word that something is missing.
TEST(Chat, ReadsATornExportAsFarAsItGoes) {
  const std::string file = "{\n" + kTelegram.substr(2);
  const std::size_t known = file.find("private_group") + 14;
  std::size_t most = 0;
  for (std::size_t size = known; size + 1 < file.size(); ++size) {
    SCOPED_TRACE(size);
    const std::string torn = file.substr(0, size);
    ASSERT_TRUE(telegram_opener()->may(bytes_of(torn), {}));
    const Collected got = collect(*telegram_opener(), torn);
    EXPECT_TRUE(got.adds_up(size));
    ASSERT_EQ(got.unreads.size(), 1U);
    EXPECT_NE(got.unreads[0].reason.find("cut off"), std::string::npos);
    std::size_t whole = 0;
    for (const char* end : {"\"text\": \"\"}", "{\\\"now\\\"}\"]}", "\\u0442\"}"})
      whole += torn.find(end) != torn.npos ? 1 : 0;
    EXPECT_EQ(got.children.size(), whole);
    most = std::max(most, whole);
  }
  EXPECT_EQ(most, 3U);
  const Collected inside = collect(*telegram_opener(), file.substr(0, file.find("\"photo\"")));
  ASSERT_EQ(inside.texts.size(), 2U);
  EXPECT_NE(inside.texts[1].utf8.find("Anna Specimen"), std::string::npos) << "its words are found";
  EXPECT_EQ(inside.texts[1].grade, Grade::Doubtful);
}

// One broken byte costs one message, for Telegram indents what it writes.
TEST(Chat, FindsTheNextMessageBehindABrokenOne) {
  const auto damaged = [](std::string_view what, std::string_view by) {
    std::string file = kTelegram;
    file.replace(file.find(what), what.size(), by);
    const Collected got = collect(*telegram_opener(), file);
    EXPECT_TRUE(got.adds_up(file.size()));
    std::vector<std::string> senders;
    std::size_t told = got.unreads.size();
    for (const Child& child : got.children) {
      const Collected one = message(file, child);
      told += one.unreads.size();
      if (!one.readings.empty()) senders.push_back(value_of(one)["from"].items().at(0)["name"].text());
    }
    EXPECT_GE(told, 1U) << what;
    return senders;
  };
  const std::vector<std::string> both = {"Anna Specimen", "Anna Specimen"};
  EXPECT_EQ(damaged("\"E. Ditor\",\n", "\"E. Ditor,\n"), both) << "a string without an end";
  EXPECT_EQ(damaged("{\\\"now\\\"}\"]}", "{\\\"now\\\"}\"]"), both) << "a message without an end";
  EXPECT_EQ(damaged("{\\\"now\\\"}\"]}", "{\\\"now\\\"}\"]}}").size(), 3U) << "a brace too many";
}

TEST(Chat, NamesWhatCanBeNoMessage) {
  std::string file = kTelegram;
  file.insert(file.find("  {\"id\": 2"), "  17, \"lost words\",\n");
  const Collected got = collect(*telegram_opener(), file);
  EXPECT_EQ(got.children.size(), 3U);
  EXPECT_TRUE(got.adds_up(file.size()));
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].length, std::string_view("17, \"lost words\"").size());
  EXPECT_NE(got.text_of_first().find("lost words"), std::string::npos) << "they are found all the same";
}

TEST(Chat, NamesImpossibleDates) {
  const Hints hints = {.media_type = "message/x-telegram", .charset = {}, .password = {}};
  for (const std::string date : {"2021-13-04T05:06:07", "2021-02-30T05:06:07", "2021-02-03T25:06:07", "soon"}) {
    const std::string one =
        R"({"id": 1, "type": "message", "date": ")" + date + R"(", "from": "Anna", "text": "words"})";
    const Collected got = collect(*chat_message_opener(), one, hints);
    ASSERT_EQ(got.unreads.size(), 1U) << date;
    EXPECT_EQ(got.unreads[0].reason, "an impossible date: " + date);
    EXPECT_TRUE(value_of(got)["date"].is_null());
    EXPECT_EQ(value_of(got)["date_raw"].text(), date);
    EXPECT_EQ(got.text_of_first(), "words");
  }
}

TEST(Chat, CutsWhatsappIntoMessages) {
  ASSERT_TRUE(whatsapp_opener()->may(bytes_of(kWhatsapp), {}));
  const Collected got = collect(*whatsapp_opener(), kWhatsapp);
  ASSERT_EQ(got.children.size(), 3U);
  EXPECT_TRUE(got.adds_up(kWhatsapp.size()));
  EXPECT_EQ(got.children[0].hints.media_type, "message/x-whatsapp-dmy") << "there is no fifteenth month";

  const Json system = value_of(message(kWhatsapp, got.children[0]));
  EXPECT_TRUE(system["from"].items().empty());
  const Json first = value_of(message(kWhatsapp, got.children[1]));
  EXPECT_EQ(first["from"].items().at(0)["name"].text(), "Anna Specimen");
  EXPECT_EQ(first["date"].text(), "2021-04-03T14:06:00Z");
  EXPECT_EQ(message(kWhatsapp, got.children[1]).text_of_first(), "first line\nsecond line");
  const Json file = value_of(message(kWhatsapp, got.children[2]));
  EXPECT_EQ(file["attachments"].items().at(0)["name"].text(), "IMG-20210415-WA0001.jpg");
}

TEST(Chat, ReadsTheDatesOfAllPhones) {
  struct Case {
    const char* line;
    DateOrder order;
    const char* date;
    const char* sender;
  };
  const Case cases[] = {
      {"[15.04.21, 09:07:33] Anna: hi", DateOrder::DayFirst, "2021-04-15T09:07:33Z", "Anna"},
      {"\u200E[4/15/21, 9:07:33\u202FPM] Anna: hi", DateOrder::MonthFirst, "2021-04-15T21:07:33Z", "Anna"},
      {"15/4/2021 12:07 a. m. - \u202A+000 11\u202C: hi", DateOrder::DayFirst, "2021-04-15T00:07:00Z", "+000 11"},
      {"2021-04-15, 9:07 p.m. - Anna: hi: there", DateOrder::YearFirst, "2021-04-15T21:07:00Z", "Anna"},
      {"15.04.2021, 09:07 - Анна: ", DateOrder::DayFirst, "2021-04-15T09:07:00Z", "Анна"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    ASSERT_TRUE(whatsapp_line(one.line));
    const Result<ChatMessage> got = whatsapp_message(one.line, one.order);
    ASSERT_TRUE(got);
    ASSERT_TRUE(got->time);
    EXPECT_EQ(iso(*got->time), one.date);
    EXPECT_EQ(got->sender, one.sender);
  }
  for (const char* line : {"2021-04-15 09:07:33 - INFO: started", "15.04.2021 was a day: it rained", "[15] Anna: hi",
                           "99:99, 15/4/21 - Anna: hi", ""})
    EXPECT_FALSE(whatsapp_line(line)) << line;
}

// Day and month that may be either are graded, not guessed in silence; time that runs back tells them apart.
TEST(Chat, GradesDatesThatMayBeReadTwice) {
  const std::string unsure = "3/4/21, 14:05 - A: x\n3/4/21, 14:06 - B: y\n";
  const Collected got = collect(*whatsapp_opener(), unsure);
  EXPECT_EQ(got.children.at(0).hints.media_type, "message/x-whatsapp-dmy-unsure");
  EXPECT_EQ(message(unsure, got.children[0]).readings.at(0).grade, Grade::Doubtful);
  const std::string told = "3/4/21, 14:05 - A: x\n2/5/21, 14:06 - B: y\n";
  EXPECT_EQ(collect(*whatsapp_opener(), told).children.at(0).hints.media_type, "message/x-whatsapp-dmy");
}

TEST(Chat, HoldsUnderDamageAndLimits) {
  std::mt19937 dice(1);
  for (const std::string& file : {kTelegram, kWhatsapp}) {
    for (int round = 0; round < 2'000; ++round) {
      std::string broken = file;
      for (int i = 0; i < 3; ++i) broken[dice() % broken.size()] = "{}[]\",: -\n\xff"[dice() % 11];
      for (const Opener* opener : {telegram_opener(), whatsapp_opener()}) {
        const Collected got = collect(*opener, broken);
        EXPECT_TRUE(got.adds_up(broken.size()));
        for (const Child& child : got.children) static_cast<void>(message(broken, child));
      }
    }
    Budget budget;
    budget.children = 1;
    const Opener& opener = file == kTelegram ? *telegram_opener() : *whatsapp_opener();
    const Collected cut = collect(opener, file, {}, budget);
    EXPECT_EQ(cut.children.size(), 1U);
    EXPECT_EQ(cut.unreads.size(), 1U);
    EXPECT_TRUE(cut.adds_up(file.size()));
  }
}

// Neither takes what is another's.
TEST(Chat, LeavesOtherTextAlone) {
  for (const std::string& text : {std::string("{\"id\": 1, \"messages\": 3}"), std::string("[1, 2]"), std::string(""),
                                  std::string("3/4/21, 14:05 - A: only one line")}) {
    EXPECT_FALSE(telegram_opener()->may(bytes_of(text), {})) << text;
    EXPECT_FALSE(whatsapp_opener()->may(bytes_of(text), {})) << text;
  }
}

}  // namespace
}  // namespace careo
