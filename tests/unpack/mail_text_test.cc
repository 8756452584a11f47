// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/text.h"

#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/mail/mail.h"
#include "unpack/mail/reading.h"
#include "unpack/mail/unsaid.h"
#include "unpack/mail/unshown.h"

namespace careo {
namespace {

const std::string kHeader = "From: a@x.example\nTo: b@x.example\nSubject: s\nDate: Tue, 3 Oct 2023 10:15:00 +0200\n";

std::string text_of_mail(const std::string& mail) {
  const ParsedMail parsed = parse_mail(bytes_of(mail));
  return read_mail_text(parsed).utf8;
}

std::string part(std::string_view type, std::string_view body) {
  return "--b\nContent-Type: " + std::string(type) + "; charset=utf-8\n\n" + std::string(body) + "\n";
}

std::string alternative(std::string_view plain, std::string_view html) {
  return text_of_mail(kHeader + "Content-Type: multipart/alternative; boundary=b\n\n" + part("text/plain", plain) +
                      part("text/html", html) + "--b--\n");
}

std::string mixed(std::string_view preamble) {
  return text_of_mail(kHeader + "Content-Type: multipart/mixed; boundary=b\n\n" + std::string(preamble) + "\n" +
                      part("text/plain", "Body.") + "--b--\n");
}

std::string one_face(std::string_view plain, const std::string& html) {
  return unsaid(plain, {html})[0];
}

TEST(MailText, ASentenceThatOnlyTheHtmlHasIsRead) {
  const std::string plain = "Dear Ana,\nsee you on Tuesday in the office.\n\nRegards, Boris\n";
  const std::string same = "<p>Dear Ana,</p><p>see you on <b>Tuesday</b> in&nbsp;the office.";
  const std::string got = alternative(
      plain, same + " The payment of 900000 goes to Kowalenko Zanzibar. See you.</p><p>Regards,<br>Boris</p>");
  EXPECT_EQ(got, plain + "The payment of 900000 goes to Kowalenko Zanzibar.");
  EXPECT_EQ(alternative("Pay 60 to him.", "<p>Pay 50 to him.</p>"), "Pay 60 to him.\nPay 50 to him.");
  EXPECT_EQ(alternative("I did go.", "<p>I did not go.</p>"), "I did go.\nI did not go.");
}

const std::string kAlternative = kHeader + "Content-Type: multipart/alternative; boundary=b\n\n";
const std::string kPage =
    "<meta name=Generator content='MS Exchange Server'><meta name=author content=Boris>"
    "<!-- for Ana alone --><p>See <a href='https://pay.example/?id=7&amp;t=1'>the invoice</a> and "
    "<a href='https://said.example/x/'>this</a>, <a href='https://evil.example'>www.bank.example</a>.</p>"
    "<a href='https://pay.example/?id=7&amp;t=1'>again</a><img src=cid:1><img src='https://t.example/p.gif?u=9'>";
const std::string kPlainOfPage = "See the invoice and this (https://said.example/x), www.bank.example. again";

TEST(MailText, WhatAPageDoesNotShowStandsBehindTheText) {
  const std::string mail = kAlternative + part("text/plain", kPlainOfPage) + part("text/html", kPage) + "--b--\n";
  const Collected got = collect(*mail_opener(), mail);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8,
            kPlainOfPage +
                "\n\n[author: Boris]\n\n[comment: for Ana alone]\n\n[link: https://pay.example/?id=7&t=1]"
                "\n\n[link www.bank.example: https://evil.example]\n\n[picture: https://t.example/p.gif?u=9]");
  ASSERT_EQ(got.readings.size(), 2U);
  EXPECT_EQ(got.readings[1].kind, "document");
  EXPECT_EQ(got.readings[1].value, R"({"producer":"MS Exchange Server","author":"Boris"})");
  const std::string alone = kHeader + "Content-Type: text/html\n\n" + kPage;
  EXPECT_NE(collect(*mail_opener(), alone).texts[0].utf8.find("\n\n[link: https://said.example/x/]"),
            std::string::npos);
}

TEST(MailText, WhatAPageDoesNotShowIsNotOfTheMailsKey) {
  const std::string shown = "<p>See the invoice.</p>";
  const std::string linked = "<!-- x --><p>See <a href='https://pay.example/'>the invoice</a>.</p>";
  const auto key = [](const std::string& html) {
    const std::string mail = kHeader + "Content-Type: text/html\n\n" + html;
    const ParsedMail parsed = parse_mail(bytes_of(mail));
    return mail_key(parsed, read_mail_text(parsed));
  };
  EXPECT_EQ(key(shown), key(linked));
}

TEST(Unshown, SaysEachThingAndEachAddressOnce) {
  EXPECT_EQ(unshown("See <https://a.example/b>, a.example/c.",
                    {"[link: https://a.example/b/]\n\n[link: http://a.example/c]\n\n[link: http://a.example/d]",
                     "[picture: https://a.example/d]\n\n[title: x y]\n\n[title: x y]\n\n[picture: cid:a@b]"}),
            "[link: http://a.example/d]\n\n[title: x y]");
  EXPECT_EQ(unshown("x", {"", "[comment: a.example/c]"}), "[comment: a.example/c]");
  EXPECT_EQ(unshown("https://a.example", {"[link bank.example: https://a.example]"}),
            "[link bank.example: https://a.example]")
      << "words that name one address and lead to another";
}

TEST(Unshown, TicketsOfNewslettersAreLeftOut) {
  const std::string ticket(101, 'x');
  const std::string document(64, 'd');
  EXPECT_EQ(unshown("", {"[link: https://a.example/c?t=" + ticket + "&u=1]\n\n[link: https://a.example/c?t=y" + ticket +
                         "&u=1]\n\n[link: https://a.example/d/" + document + "]\n\n[comment: " + ticket + "]"}),
            "[link: https://a.example/c?t=\xE2\x80\xA6&u=1]\n\n[link: https://a.example/d/" + document +
                "]\n\n[comment: " + ticket + "]");
}

TEST(Unshown, StaysLinear) {
  std::string shown;
  std::string page;
  for (int i = 0; i < 200'000; ++i) shown += "https://x.example/" + std::to_string(i) + " ";
  for (int i = 0; i < 200'001; ++i) page += "[link: http://x.example/" + std::to_string(i) + "]\n\n";
  EXPECT_EQ(unshown(shown, {page}), "[link: http://x.example/200000]");
}

TEST(MailText, TheSameWordsLaidOutOtherwiseAddNothing) {
  EXPECT_EQ(alternative("ВНИМАНИЕ!\nНе забудьте \"паспорт\" - и\xC2\xA0визу,\nÁngel's.",
                        "<h1>Внимание!</h1><p>Не забудьте «паспорт» – и визу, Ángel’s.</p>"),
            "ВНИМАНИЕ!\nНе забудьте \"паспорт\" - и\xC2\xA0визу,\nÁngel's.");
  EXPECT_EQ(alternative("会议在星期\n二举行", "<p>会议在星期二举行</p>"), "会议在星期\n二举行");
  EXPECT_EQ(alternative("one two three", "<table><tr><td>Three<td>Two<td>ONE</table>"), "one two three");
}

TEST(Unsaid, GivesTheSentencesWithNewWords) {
  EXPECT_EQ(one_face("a b c", "a b. c d. b c! a\nb c\ne"), "c d.\ne");
  EXPECT_EQ(one_face("a b", ""), "");
  EXPECT_EQ(one_face("a b", "b a\n\n..."), "");
  EXPECT_EQ(one_face("costs 3.50 now", "costs 3.60 now"), "costs 3.60 now") << "a point within a number ends nothing";
}

TEST(Unsaid, GivesAnotherFaceWhole) {
  const std::string face = "You can. One two three four five six seven eight nine ten.\nYou.";
  EXPECT_EQ(one_face("You can not see this", face), face);
}

TEST(Unsaid, SaysNothingTwice) {
  const auto got = unsaid("a", {"a b.", "b a. c.", "c b a"});
  EXPECT_EQ(got, (std::vector<std::string>{"a b.", "c.", ""}));
}

TEST(Unsaid, StaysLinear) {
  std::string plain;
  std::vector<std::string> faces;
  for (int i = 0; i < 300'000; ++i) plain += "w" + std::to_string(i) + " ";
  for (int i = 0; i < 9'000; ++i) faces.push_back("w1 x" + std::to_string(i));
  EXPECT_EQ(unsaid(plain, faces).back(), "w1 x8999");
}

TEST(MailText, OnlyTheNoticeThatThisIsMimeIsPassedOver) {
  EXPECT_EQ(mixed("This is a multi-part message in MIME format."), "Body.");
  EXPECT_EQ(mixed("  This message is in MIME format.  The first part should be readable text,\n  while the remaining "
                  "parts are likely unreadable without MIME-aware tools.\n"),
            "Body.");
  EXPECT_EQ(mixed("> This is an OpenPGP/MIME signed message (RFC 4880 and 3156)\n"), "Body.");
  EXPECT_EQ(mixed("Message en plusieurs parties au format MIME"), "Body.");
  EXPECT_EQ(mixed("Это многокомпонентное сообщение в формате MIME."), "Body.");
  EXPECT_EQ(mixed("A pantomime: Kowalenko pays."), "A pantomime: Kowalenko pays.\nBody.");
  EXPECT_EQ(mixed("This is a multi-part message in MIME format.\nKowalenko pays. In MIME."),
            "Kowalenko pays. In MIME.\nBody.");
  EXPECT_EQ(mixed("Kowalenko pays. This is a multi-part message in MIME format."), "Kowalenko pays.\nBody.");
  EXPECT_EQ(mixed("This is a multi-part message in MIME format for Kowalenko."),
            "This is a multi-part message in MIME format for Kowalenko.\nBody.");
}

std::string flowed(std::string_view parameters, std::string_view body) {
  return text_of_mail(kHeader + "Content-Type: text/plain; charset=utf-8; " + std::string(parameters) + "\n\n" +
                      std::string(body));
}

// RFC 3676, section 4.1: the space before a break is no letter.
TEST(MailText, LinesBrokenWithinWordsAreWholeAgain) {
  const std::string delsp = "format=flowed; delsp=yes";
  EXPECT_EQ(flowed(delsp, "See https://pay.example/transfers/ \n2023/kowalenko?id=7 \n1.\nAna  \nBoris\n"),
            "See https://pay.example/transfers/2023/kowalenko?id=71.\nAna Boris\n");
  EXPECT_EQ(flowed("Format=Flowed; DelSp=Yes", "> pay Kowa \n> lenko\n>> pay \n> 60 \nnow\n"),
            "> pay Kowalenko\n>> pay \n> 60 \nnow\n");
  EXPECT_EQ(flowed(delsp, "Regards \n-- \nAna\n"), "Regards \n-- \nAna\n");
  EXPECT_EQ(flowed(delsp, "it is \n  From here\n\n stuffed\n"), "it is From here\n\n stuffed\n");
  EXPECT_EQ(flowed("format=flowed", "Ana \nBoris\n"), "Ana \nBoris\n");
  EXPECT_EQ(flowed("delsp=yes", "Ana \nBoris\n"), "Ana \nBoris\n");
}

// RFC 9788: the header that was signed stands in the part that was.
TEST(MailText, WhatTheHeaderOfAPartSaysOtherwiseIsRead) {
  const std::string mail =
      kHeader +
      "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain; "
      "protected-headers=v1\nSubject: =?utf-8?q?the_real_one?=\nFrom: a@x.example\n\nBody.\n--b--\n";
  EXPECT_EQ(collect(*mail_opener(), mail).text_of_first(), "Body.\n\n[subject: the real one]");
}

}  // namespace
}  // namespace careo
