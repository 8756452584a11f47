// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/telegram_page.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "base/json.h"
#include "unpack/chat/chat.h"
#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

// Made by tools/make/telegram_pages.py.
std::string page(const std::string& name) {
  std::ifstream in(CAREO_SOURCE_DIR "/tests/golden/documents/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Collected message(const std::string& file, const Child& child) {
  EXPECT_TRUE(chat_message_opener()->may({}, child.hints));
  const std::string bytes(text_of(*take_step(bytes_of(file), child.step)));
  const Collected got = collect(*chat_message_opener(), bytes, child.hints);
  EXPECT_TRUE(got.adds_up(bytes.size()));
  return got;
}

struct Said {
  std::string sender, date, id, reply_to, forwarded_from, text;
  bool operator==(const Said&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Said& it) {
  return out << it.sender << '|' << it.date << '|' << it.id << '|' << it.reply_to << '|' << it.forwarded_from << '|'
             << it.text;
}

Said said(const Collected& got) {
  EXPECT_EQ(got.readings.size(), 1U);
  const Json json = *Json::parse(got.readings.empty() ? "{}" : got.readings[0].value);
  const auto& from = json["from"].items();
  const std::string sender = from.empty() ? std::string() : from[0]["name"].text();
  const std::string date = json["date"].is_null() ? json["date_raw"].text() : json["date"].text();
  return {sender, date, json["id"].text(), json["reply_to"].text(), json["forwarded_from"].text(), got.text_of_first()};
}

TEST(TelegramPage, TellsWhereLinksLeadAndWhoReacted) {
  const std::string html =
      "<div class=\"message default clearfix\" id=\"message9\"><div class=\"body\"><div class=\"from_name\">Anna</div>"
      "<div class=\"text\">see <a href=\"https://hidden.example/x\">this</a> and <a href=\"https://open.example/\">"
      "https://open.example/</a></div><table class=\"bot_buttons_table\"><tr><td class=\"bot_button_row\">"
      "<div class=\"bot_button\"><a href=\"https://pay.example/\"><div>Pay</div></a></div></td></tr></table>"
      "<span class=\"reactions\"><span class=\"reaction\"><span class=\"emoji\">+</span><span class=\"userpics\">"
      "<div class=\"userpic userpic1\"><div class=\"initials\" title=\"Boris Muster, 05.03.2021 "
      "01:02:03\">B</div></div>"
      "</span></span></span></div></div>";
  const Result<ChatMessage> got = telegram_page_message(html, {});
  ASSERT_TRUE(got);
  EXPECT_NE(got->text.find("[link: https://hidden.example/x]\n[link: https://pay.example/]\n"
                           "[reaction: Boris Muster, 05.03.2021 01:02:03]"),
            std::string::npos)
      << got->text;
  EXPECT_EQ(got->text.find("[link: https://open"), std::string::npos);
}

TEST(TelegramPage, ReadsEachMessage) {
  const std::string file = page("telegram_page.html");
  const Collected got = collect(*telegram_page_opener(), file);
  const std::vector<Said> wanted = {
      {"", "4 March 2021", "1", "", "", "[Anna Specimen created group «Roads» with members E. Ditor]"},
      {"Anna Specimen", "2021-03-04T04:01:07Z", "2", "", "", "first line\nsecond <line> & Привет"},
      {"Anna Specimen", "2021-03-04T04:02:07Z", "3", "2", "",
       "joined\n[photo: chats/chat_1/photos/photo_1@04-03-2021.jpg]"},
      {"E. Ditor", "2021-03-04T04:03:07Z", "4", "", "",
       "list & more.pdf\n12.0 KB\n[via @helper]\n[file: files/list & more.pdf]"},
      {"E. Ditor", "2021-03-04T04:04:07Z", "5", "", "Nobody",
       "[forwarded from Nobody 01.02.2021 03:04:05]\nfrom elsewhere"},
      {"E. Ditor", "2021-03-04T04:04:07Z", "6", "", "Nobody", "[forwarded from Nobody]\nmore of it"},
      {"", "2021-03-04T04:05:07Z", "7", "", "", "[Deleted Account]\nRoman Muster\n+000 11"},
      {"", "2021-03-04T04:06:07Z", "8", "", "",
       "[Deleted Account]\nLocation\n1.5, 2.5\n[link: https://maps.google.com/maps?q=1.5,2.5]"},
      {"Anna Specimen", "2021-03-04T04:07:07Z", "9", "", "",
       "Which road?\nAnonymous poll\n- north 2 votes\n2 votes\nA. S."},
      {"Anna Specimen", "2021-03-04T04:08:07Z", "10", "", "",
       "Video file\nNot included, change data exporting settings to download.\n00:07, 9.0 MB"}};
  ASSERT_EQ(got.children.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Collected one = message(file, got.children[i]);
    EXPECT_EQ(said(one), wanted[i]);
    EXPECT_TRUE(one.unreads.empty());
  }
  const Json photo = *Json::parse(message(file, got.children[2]).readings.at(0).value);
  EXPECT_EQ(photo["attachments"].items().at(0)["name"].text(), "chats/chat_1/photos/photo_1@04-03-2021.jpg");
  EXPECT_EQ(photo["offset"].integer(), 60);
}

TEST(TelegramPage, GoesOnOnTheNextPage) {
  const std::string file = page("telegram_page2.html");
  const Collected got = collect(*telegram_page_opener(), file);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "Roads «north» & План") << "of the same chat";
  const Collected one = message(file, got.children[0]);
  EXPECT_EQ(said(one).reply_to, "2") << "on the page before";
  EXPECT_TRUE((*Json::parse(one.readings.at(0).value))["offset"].is_null());
}

// Wherever it is cut: the whole messages before the cut, and a word that something is missing.
TEST(TelegramPage, ReadsATornPageAsFarAsItGoes) {
  const std::string file = page("telegram_page.html");
  const Collected whole = collect(*telegram_page_opener(), file);
  for (std::size_t size = file.find("chat_page\"") + 10; size < file.find("</html>"); size += 3) {
    const std::string torn = file.substr(0, size);
    ASSERT_TRUE(telegram_page_opener()->may(bytes_of(torn), {}));
    const Collected got = collect(*telegram_page_opener(), torn);
    EXPECT_TRUE(got.adds_up(size));
    ASSERT_EQ(got.unreads.size(), 1U) << size;
    EXPECT_NE(got.unreads[0].reason.find("cut off"), std::string::npos);
    for (std::size_t i = 0; i < got.children.size(); ++i) EXPECT_EQ(got.children[i].step, whole.children[i].step);
  }
}

// One broken tag costs one message, and its words are found all the same.
TEST(TelegramPage, NamesWhatIsDamaged) {
  const auto damaged = [](std::string_view what, std::string_view by) {
    std::string file = page("telegram_page.html");
    file.replace(file.find(what), what.size(), by);
    const Collected got = collect(*telegram_page_opener(), file);
    EXPECT_TRUE(got.adds_up(file.size()));
    std::string words;
    for (const Text& text : got.texts) words += text.utf8;
    std::size_t told = got.unreads.size();
    for (const Child& child : got.children) {
      const Collected one = message(file, child);
      told += one.unreads.size();
      words += one.text_of_first();
    }
    EXPECT_NE(words.find("from elsewhere"), std::string::npos);
    EXPECT_NE(words.find("first line"), std::string::npos);
    EXPECT_GE(told, 1U) << what;
    return got.children.size();
  };
  EXPECT_EQ(damaged("<div class=\"message default clearfix\" id=\"message5\"", "<div clas"), 9U);
  EXPECT_EQ(damaged("from elsewhere\n</div>", "from elsewhere\n"), 10U) << "a message without its end";
  EXPECT_EQ(damaged("from elsewhere\n</div>", "from elsewhere\n</div></div></div></div></div> lost"), 10U);
  EXPECT_EQ(damaged("04.03.2021 05:03:07 UTC", "31.02.2021 05:03:07 UTC"), 10U) << "an impossible date";
}

TEST(TelegramPage, HoldsUnderDamageAndLimits) {
  std::mt19937 dice(1);
  const std::string file = page("telegram_page.html");
  for (int round = 0; round < 500; ++round) {
    std::string broken = file;
    for (int i = 0; i < 5; ++i) broken[dice() % broken.size()] = "<>/\"= d&;\xff"[dice() % 10];
    const Collected got = collect(*telegram_page_opener(), broken);
    EXPECT_TRUE(got.adds_up(broken.size()));
    for (const Child& child : got.children) static_cast<void>(message(broken, child));
  }
  Budget budget;
  budget.children = 2;
  const Collected cut = collect(*telegram_page_opener(), file, {}, budget);
  EXPECT_EQ(cut.children.size(), 2U);
  EXPECT_EQ(cut.unreads.size(), 1U);
  EXPECT_TRUE(cut.adds_up(file.size()));
}

// What a joined message takes from those before stands in its hints, whatever letters a name has.
TEST(TelegramPage, HintsComeBackAsTheyWere) {
  const PageContext context{"A; from=B %", "«План»", "4 March 2021"};
  const Result<PageContext> back = PageContext::parse(context.print());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->sender, context.sender);
  EXPECT_EQ(back->forwarded, context.forwarded);
  EXPECT_EQ(back->day, context.day);
  EXPECT_FALSE(PageContext::parse("message/x-telegram-page;from=A;from=B"));
  EXPECT_FALSE(PageContext::parse("message/x-telegram-page;from=%zz"));
}

TEST(TelegramPage, LeavesOtherPagesAlone) {
  for (const char* html :
       {"<!DOCTYPE html><html><body><div class=\"page_wrap\"></div></body></html>",
        "<html><div class=\"message default\">chat_page</div></html>", "words of class=\"page_wrap\""})
    EXPECT_FALSE(telegram_page_opener()->may(bytes_of(html), {}));
}

}  // namespace
}  // namespace careo
