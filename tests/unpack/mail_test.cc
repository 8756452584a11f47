// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/mail.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "base/transfer.h"
#include "unpack/collected.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/reading.h"

namespace careo {
namespace {

const std::string kHeader = "From: a@x.example\nTo: b@x.example\nSubject: s\nDate: Tue, 3 Oct 2023 10:15:00 +0200\n";

TEST(Mail, TakesMailAndNothingElse) {
  const auto may = [](std::string_view text, const Hints& hints = {}) {
    return mail_opener()->may(bytes_of(text), hints);
  };
  EXPECT_TRUE(may(kHeader + "\nx"));
  EXPECT_TRUE(may("Received: from x\n by y; z\nReturn-Path: <a@x>\n"));
  EXPECT_TRUE(may("X-Odd: 1\nX-Odder: 2\nMessage-ID: <a@x>\nDate: x\n\n"));
  EXPECT_FALSE(may("Note: buy milk\nSubject: milk\n\nText"));
  EXPECT_FALSE(may("Word: one\nOther: two\nThird: three\n"));
  EXPECT_FALSE(may("BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEND:VCARD\n"));
  EXPECT_FALSE(may("HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n"));
  EXPECT_FALSE(may("Content-Type: text/plain\nX-Odd: 1\n\n"))
      << "a part alone is no mail, unless it says that it is MIME";
  EXPECT_FALSE(may(""));
  Hints hints;
  hints.media_type = "message/rfc822";
  EXPECT_TRUE(may("anything", hints));
}

// Word and browsers save a page with its pictures as a mail without a sender (RFC 2557).
TEST(Mail, ReadsWebPagesInOneFile) {
  const std::string page =
      "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\nThis is a web page.\n--b\n"
      "Content-Location: file:///C:/page.htm\nContent-Type: text/html; charset=utf-8\n\n<p>the bridge</p>\n--b\n"
      "Content-Location: file:///C:/picture.png\nContent-Transfer-Encoding: base64\nContent-Type: "
      "image/png\n\naGVsbG8=\n--b--\n";
  ASSERT_TRUE(mail_opener()->may(bytes_of(page), {}));
  const Collected got = collect(*mail_opener(), page);
  EXPECT_NE(got.text_of_first().find("the bridge"), std::string::npos);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(*take_step(bytes_of(page), got.children[0].step)), "hello");
  EXPECT_TRUE(got.adds_up(page.size()));
}

TEST(Mail, WhatProgramsSayOfEachPartIsNoWordOfTheText) {
  const std::string mail =
      "From: a@x.example\nTo: b@x.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\nContent-Type: text/plain\nContent-Description: message body text\n\nSee the plan.\n--b\n"
      "Content-Type: application/pdf; name=b.pdf\nContent-Description: the second plan\n\nx\n--b--\n";
  EXPECT_EQ(collect(*mail_opener(), mail).text_of_first(), "See the plan.\n\n[description: the second plan]");
}

// Its owner no longer sees it, and the file still holds it.
TEST(Mail, SaysWhatItsOwnerDeleted) {
  const auto deleted = [](const std::string& field) {
    const Collected got = collect(*mail_opener(), kHeader + field + "\n\nHola.\n");
    return got.readings.at(0).value.find("\"deleted\":true") != std::string::npos;
  };
  EXPECT_TRUE(deleted("X-Mozilla-Status: 0009"));
  EXPECT_TRUE(deleted("X-Evolution: 00000123-0012"));
  EXPECT_TRUE(deleted("X-Status: AD"));
  EXPECT_TRUE(deleted("Status: ROD"));
  EXPECT_FALSE(deleted("X-Mozilla-Status: 0001"));
  EXPECT_FALSE(deleted("X-Mozilla-Status: 10000000000000008"));
  EXPECT_FALSE(deleted("X-Evolution: 00000123-0010"));
  EXPECT_FALSE(deleted("Status: Delayed"));
  EXPECT_FALSE(deleted("Status: RO"));
}

// Frames are parts of their own; addresses, ids and descriptions stand in the reading.
TEST(Mail, TellsTheRootOfAWebPageFromItsFrames) {
  const std::string page =
      "From: <Saved by Blink>\nSubject: Land\nMIME-Version: 1.0\nContent-Type: multipart/related; start=\"<r@x>\"; "
      "boundary=b\n\n--b\nContent-Type: text/css\nContent-Location: cid:css-1@x\n\np {}\n--b\n"
      "Content-ID: <r@x>\nContent-Location: https://land.example/\n plots?id=1\nContent-Type: text/html\n\n<p>the "
      "bridge</p>\n--b\n"
      "Content-ID: <f@x>\nContent-Location: https://ads.example/a/frame.html#x\nContent-Type: "
      "text/html\n\n<p>buy</p>\n--b\n"
      "Content-Location: cid:style\nContent-Type: text/css; name=a.css\nContent-Description: a.css\n\np {}\n--b\n"
      "Content-Location: https://land.example/pics/%D0%B4%D0%BE%D0%BC.png\nContent-Description: =?utf-8?Q?a_house?=\n"
      "Content-Disposition: inline; creation-date=\"Tue, 3 Oct 2023 10:15:00 +0200\"\n"
      "Content-Transfer-Encoding: base64\nContent-Type: image/png\n\naGVsbG8=\n--b--\n";
  const Collected got = collect(*mail_opener(), page);
  EXPECT_EQ(got.text_of_first(), "the bridge\n\n[location: https://land.example/plots?id=1]\n\n[description: a house]");
  ASSERT_EQ(got.children.size(), 4U);
  EXPECT_EQ(got.children[0].name, "");
  EXPECT_EQ(got.children[1].name, "frame.html");
  EXPECT_EQ(got.children[1].hints.media_type, "text/html");
  EXPECT_EQ(got.children[3].name, "дом.png");
  const Result<Json> value = Json::parse(got.readings.at(0).value);
  ASSERT_TRUE(value);
  const Json& picture = (*value)["attachments"].items()[3];
  EXPECT_EQ(picture["location"].text(), "https://land.example/pics/%D0%B4%D0%BE%D0%BC.png");
  EXPECT_EQ(picture["description"].text(), "a house");
  EXPECT_EQ(picture["created"].text(), "Tue, 3 Oct 2023 10:15:00 +0200");
  EXPECT_EQ((*value)["attachments"].items()[1]["content_id"].text(), "f@x");
  ASSERT_EQ((*value)["parts"].items().size(), 1U);
  EXPECT_EQ((*value)["parts"].items()[0]["location"].text(), "https://land.example/plots?id=1");
  EXPECT_TRUE(got.adds_up(page.size()));
}

TEST(Mail, SaysWhereAnAttachmentIsKept) {
  const std::string mail = kHeader +
                           "Content-Type: message/external-body; access-type=ANON-FTP; site=ftp.x.example;\n"
                           " directory=pub; name=a.zip\n\nContent-Type: application/zip\n\n";
  const Collected got = collect(*mail_opener(), mail);
  EXPECT_EQ(got.text_of_first(), "[location: ftp.x.example pub a.zip]");
  const Result<Json> value = Json::parse(got.readings.at(0).value);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["attachments"].items().at(0)["parameters"]["access-type"].text(), "ANON-FTP");
}

TEST(Mail, GivesTheSecondOfAFieldToo) {
  const Collected got =
      collect(*mail_opener(), kHeader + "Subject: another\nContent-Language: ru\n" + kHeader + "\nHola.\n");
  const Result<Json> value = Json::parse(got.readings.at(0).value);
  ASSERT_TRUE(value);
  const auto& fields = (*value)["fields"].items();
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0]["name"].text() + fields[0]["value"].text(), "Subjectanother");
  EXPECT_EQ(fields[1]["name"].text() + fields[1]["value"].text(), "Content-Languageru");
}

TEST(Mail, GivesTheReadingBeforeTheText) {
  const Collected got = collect(*mail_opener(), kHeader + "\nHola.\n");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "mail");
  const Result<Json> value = Json::parse(got.readings[0].value);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["from"].items()[0]["address"].text(), "a@x.example");
  EXPECT_EQ((*value)["date"].text(), "2023-10-03T08:15:00Z");
  EXPECT_EQ((*value)["signature"].text(), "unsigned");
  EXPECT_EQ(got.text_of_first(), "Hola.\n");
}

TEST(Mail, KeepsItsBudgets) {
  std::string mail = kHeader + "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 20; ++i) mail += "--b\nContent-Type: image/png\n\nx\n";
  mail += "--b--\n";
  Budget budget;
  budget.children = 5;
  Collected got = collect(*mail_opener(), mail, {}, budget);
  EXPECT_EQ(got.children.size(), 5U);
  EXPECT_EQ(got.unreads.size(), 15U);
  EXPECT_TRUE(got.adds_up(mail.size()));
  budget = {};
  budget.depth_left = 0;
  got = collect(*mail_opener(), mail, {}, budget);
  EXPECT_TRUE(got.children.empty());
  EXPECT_EQ(got.unreads.size(), 20U);
  budget = {};
  budget.text_bytes = 10;
  got = collect(*mail_opener(), kHeader + "\nañañañañañaña\n", {}, budget);
  EXPECT_LE(got.text_of_first().size(), 10U);
  EXPECT_EQ(got.unreads.size(), 1U);
}

TEST(Mail, StopsAtThePartLimitAndSaysSo) {
  std::string mail = kHeader + "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 12'000; ++i) mail += "--b\nContent-Type: image/png\n\nx\n";
  const Collected got = collect(*mail_opener(), mail);
  EXPECT_EQ(got.children.size(), 9999U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "part limit");
  EXPECT_TRUE(got.adds_up(mail.size()));
}

TEST(Mail, ReadsAHeaderOfTenMegabytes) {
  std::string mail = kHeader + "X-Long: ";
  mail.append(10U << 20, 'x');
  mail += "\n\nHola.\n";
  EXPECT_EQ(collect(*mail_opener(), mail).text_of_first(), "Hola.\n");
  std::string many = kHeader;
  for (int i = 0; i < 1'000'000; ++i) many += "X-A: b\n";
  many += "\nHola.\n";
  const Collected got = collect(*mail_opener(), many);
  EXPECT_EQ(got.text_of_first(), "Hola.\n");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].reason, "header field limit");
}

TEST(Mail, StaysLinearOnHostileInput) {
  const std::string head = kHeader + "Content-Type: multipart/mixed; boundary=boundary\n\n";
  for (const std::string_view unit : {"--boundar\n", "--\n", "--boundary", "\n", "x\r", "begin 644 x\n", "From \n",
                                      "--boundaryx\n", ":\n", "garbage\n"}) {
    std::string mail = head;
    while (mail.size() < (2U << 20)) mail += unit;
    EXPECT_EQ(collect(*mail_opener(), mail).claimed(), mail.size());
  }
  std::string nested = kHeader;
  for (int i = 0; i < 20'000; ++i)
    nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  const Collected got = collect(*mail_opener(), nested);
  EXPECT_EQ(got.claimed(), nested.size());
  EXPECT_FALSE(got.unreads.empty());
}

TEST(Mail, KeyForgivesLineEndsAndMailboxQuoting) {
  const auto key = [](const std::string& mail) {
    const ParsedMail parsed = parse_mail(bytes_of(mail));
    return mail_key(parsed, read_mail_text(parsed));
  };
  const auto crlf = [](const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
  };
  const std::string mail = kHeader + "Message-ID: <1@x>\n\nFrom here.\nTo there.\n";
  EXPECT_EQ(key(mail), key(crlf(mail)));
  EXPECT_EQ(key(mail), key("Received: from elsewhere\n" + mail)) << "another way it came";
  std::string quoted = mail;
  quoted.replace(quoted.find("\nFrom here"), 1, "\n>");
  EXPECT_EQ(key(mail), key(quoted));
  std::string other = mail;
  other.replace(other.find("there"), 5, "where");
  EXPECT_NE(key(mail), key(other)) << "one Message-ID, two mails";
}

// --- properties -----------------------------------------------------------------------------------------------------

/// A mail of random shape with known attachments.
struct Made {
  std::string bytes;
  std::vector<std::string> attachments;
};

std::string random_lines() {
  const auto lines = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::inRange(' ', static_cast<char>('~' + 1))));
  std::string out;
  for (const std::string& line : lines) out += "." + line + "\n";
  return out;
}

std::string wrapped_base64(const std::string& bytes) {
  const std::string all = encode_base64(bytes_of(bytes));
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\n";
  return out;
}

std::string quoted_printable(const std::string& bytes) {
  std::string out;
  char hex[8];
  for (const char c : bytes) {
    std::snprintf(hex, sizeof hex, "=%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += hex;
    if (out.size() % 60 < 3) out += "=\n";
  }
  return out;
}

void add_multipart(int depth, Made* made) {
  const std::string boundary = "=_" + std::to_string(depth);
  made->bytes += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n";
  const int parts = *rc::gen::inRange(0, 5);
  for (int i = 0; i < parts; ++i) {
    made->bytes += "--" + boundary + "\n";
    switch (*rc::gen::inRange(0, depth < 4 ? 4 : 3)) {
      case 0: made->bytes += "Content-Type: text/plain\n\n" + random_lines() + "\n"; break;
      case 1:
        made->attachments.push_back(*rc::gen::arbitrary<std::string>());
        made->bytes += "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" +
                       wrapped_base64(made->attachments.back()) + "\n";
        break;
      case 2:
        made->attachments.push_back(*rc::gen::arbitrary<std::string>());
        made->bytes += "Content-Type: application/x\nContent-Transfer-Encoding: quoted-printable\n\n" +
                       quoted_printable(made->attachments.back()) + "\n";
        break;
      default: add_multipart(depth + 1, made);
    }
  }
  made->bytes += "--" + boundary + "--\n";
}

RC_GTEST_PROP(MailProperty, RangesDecodeToTheAttachments, ()) {
  Made made;
  made.bytes = kHeader;
  add_multipart(0, &made);
  const Collected got = collect(*mail_opener(), made.bytes);
  RC_ASSERT(got.claimed() == made.bytes.size());
  RC_ASSERT(got.children.size() == made.attachments.size());
  for (std::size_t i = 0; i < got.children.size(); ++i) {
    const Result<Buffer> taken = take_step(bytes_of(made.bytes), got.children[i].step);
    RC_ASSERT(taken.has_value());
    RC_ASSERT(std::string(text_of(*taken)) == made.attachments[i]);
  }
}

// The claims tell the same as the children's ranges: child runs stand where the ranges stand.
RC_GTEST_PROP(MailProperty, ClaimsCoverAnyBytesExactly, (const std::string& tail)) {
  static const std::vector<std::string> kPieces = {"--b\n",
                                                   "--b--\n",
                                                   "\n",
                                                   "\r\n",
                                                   "Content-Type: text/html\n",
                                                   "Content-Type: multipart/mixed; boundary=b\n",
                                                   "Content-Type: message/rfc822\n",
                                                   "Content-Transfer-Encoding: base64\n",
                                                   "begin 644 x\n#0V%T\n`\nend\n",
                                                   "Subject: =?utf-8?q?x",
                                                   "From: a\n",
                                                   " fold\n",
                                                   "\0",
                                                   "AAAA",
                                                   "--c\n",
                                                   "boundary=c\n"};
  std::string bytes = kHeader;
  const int count = *rc::gen::inRange(0, 30);
  for (int i = 0; i < count; ++i) bytes += *rc::gen::elementOf(kPieces);
  bytes += tail;
  const Collected got = collect(*mail_opener(), bytes);
  RC_ASSERT(got.claimed() == bytes.size());
  std::uint64_t at = 0;
  std::size_t child = 0;
  for (const Claim& claim : got.claims) {
    if (claim.by == Claim::By::Child) {
      RC_ASSERT(child < got.children.size());
      RC_ASSERT(got.children[child].step.offset == at);
      RC_ASSERT(got.children[child].step.length == claim.length);
      ++child;
    }
    at += claim.length;
  }
  RC_ASSERT(child == got.children.size());
}

}  // namespace
}  // namespace careo
