// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/transfer.h"
#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/mail/mail.h"
#include "unpack/msg_maker.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMarch = 131'340'000'000'000'000;  // 2017-03-14T21:20:00Z

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Json value_of(const Collected& got, std::string_view kind) {
  for (const Reading& reading : got.readings)
    if (reading.kind == kind) return *Json::parse(reading.value);
  return {};
}

MsgMaker letter() {
  MsgMaker out;
  out.text(0, mapi::kMessageClass, u"IPM.Note");
  out.text(0, mapi::kSubject, u"Lista de septiembre");
  out.text(0, mapi::kSenderName, u"Ana Ruiz");
  out.text(0, mapi::kSenderAddress, u"/o=utopia/ou=first/cn=recipients/cn=ana");
  out.text(0, mapi::kSenderSmtp, u"ana@example.org");
  out.fixed(0, mapi::kSubmitTime, mapi::kTime, kMarch);
  out.fixed(0, mapi::kImportance, mapi::kLong, 2);
  out.text(0, mapi::kBody, u"Los pasaportes van aparte.\r\nСпасибо");
  const std::size_t to = out.recipient();
  out.fixed(to, mapi::kRecipientType, mapi::kLong, 1);
  out.text(to, mapi::kDisplayName, u"Luis");
  out.text(to, mapi::kSmtpAddress, u"luis@example.org");
  const std::size_t hidden = out.recipient();
  out.fixed(hidden, mapi::kRecipientType, mapi::kLong, 3);
  out.text(hidden, mapi::kAddress, u"eva@example.org");
  return out;
}

TEST(Msg, ReadsAMail) {
  MsgMaker maker = letter();
  const std::size_t attached = maker.attachment();
  maker.fixed(attached, mapi::kAttachMethod, mapi::kLong, 1);
  maker.text(attached, mapi::kAttachLongName, u"lista.txt");
  maker.variable(attached, mapi::kAttachData, mapi::kBinary, plain("uno\ndos\n"));
  const std::string file = maker.file();
  const Collected got = collect(*msg_opener(), file);
  EXPECT_EQ(got.type, "application/vnd.ms-outlook");
  EXPECT_EQ(got.text_of_first(), "Los pasaportes van aparte.\nСпасибо");
  const Json mail = value_of(got, "mail");
  EXPECT_EQ(mail["subject"].text(), "Lista de septiembre");
  EXPECT_EQ(mail["from"].items().at(0)["address"].text(), "ana@example.org");
  EXPECT_EQ(mail["to"].items().at(0)["name"].text(), "Luis");
  EXPECT_EQ(mail["bcc"].items().at(0)["address"].text(), "eva@example.org");
  EXPECT_EQ(mail["date"].text(), "2017-03-14T21:20:00Z");
  EXPECT_EQ(mail["importance"].text(), "high");
  EXPECT_EQ(mail["attachments"].items().at(0)["name"].text(), "lista.txt");
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(*take_step(bytes_of(file), got.children[0].step)), "uno\ndos\n");
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_TRUE(got.adds_up(file.size()));
}

// The same keys as a mail of the Internet, so that threads, search and contacts need to know one shape.
TEST(Msg, HasTheShapeOfAllMail) {
  const std::string file = letter().file();
  const Json msg = value_of(collect(*msg_opener(), file), "mail");
  const Json eml = value_of(collect(*mail_opener(),
                                    "From: a@b\r\nTo: c@d\r\nSubject: x\r\nDate: Tue, 1 Jan 2019 "
                                    "10:00:00 +0100\r\nMessage-ID: <1@b>\r\n\r\nx"),
                            "mail");
  for (const auto& [key, value] : eml.members()) {
    EXPECT_TRUE(msg.has(key)) << key;
    EXPECT_TRUE(value.is_null() || msg[key].is_null() || msg[key].type() == value.type()) << key;
  }
}

TEST(Msg, HasTheKeyOfItsMimeCopy) {
  MsgMaker maker = letter();
  maker.text(0, mapi::kMessageId, u"<9@example.org>");
  for (const char* data : {"uno\ndos\n", "%PDF-1.4 \x01\x02 tres"}) {
    const std::size_t attached = maker.attachment();
    maker.fixed(attached, mapi::kAttachMethod, mapi::kLong, 1);
    maker.variable(attached, mapi::kAttachData, mapi::kBinary, plain(data));
  }
  const std::string head =
      "From: Ana Ruiz <ana@example.org>\r\nSubject: Lista de septiembre\r\nMessage-ID: <9@example.org>\r\n"
      "Date: Tue, 14 Mar 2017 22:20:00 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
  const std::string body =
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLos pasaportes van aparte.\r\nСпасибо\r\n";
  const std::string list =
      "--b\r\nContent-Type: text/plain; name=lista.txt\r\nContent-Disposition: attachment\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nuno=0Ados\r\n";
  const auto file = [](std::string_view data) {
    return "--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           encode_base64(bytes_of(data)) + "\r\n";
  };
  const auto key = [](const Collected& got) { return value_of(got, "mail")["key"].text(); };
  const std::string outlook = key(collect(*msg_opener(), maker.file()));
  EXPECT_EQ(outlook.size(), 64U);
  EXPECT_EQ(outlook, key(collect(*mail_opener(), head + body + list + file("%PDF-1.4 \x01\x02 tres") + "--b--\r\n")));
  EXPECT_NE(outlook, key(collect(*mail_opener(), head + body + list + file("%PDF-1.4 \x01\x02 otro") + "--b--\r\n")));
  EXPECT_NE(outlook, key(collect(*mail_opener(), head + body + list + "--b--\r\n")));
}

TEST(Msg, TakesFromTheHeaderWhatOnlyItKnows) {
  MsgMaker maker = letter();
  maker.text(0, mapi::kHeaders,
             u"Received: from a by b; Tue, 14 Mar 2017 14:20:01 +0100\r\nReferences: <0@x> <1@x>\r\n"
             u"In-Reply-To: <1@x>\r\nMessage-ID: <2@x>\r\nDate: Tue, 14 Mar 2017 14:20:00 +0100\r\n"
             u"DKIM-Signature: v=1\r\nTo: Luis <luis@example.org>\r\n\r\n");
  const Json mail = value_of(collect(*msg_opener(), maker.file()), "mail");
  EXPECT_EQ(mail["message_id"].text(), "2@x");
  EXPECT_EQ(mail["references"].items().size(), 2U);
  EXPECT_EQ(mail["in_reply_to"].items().at(0).text(), "1@x");
  EXPECT_EQ(mail["offset"].integer(), 60);
  EXPECT_EQ(mail["received"].integer(), 1);
  EXPECT_EQ(mail["signature"].text(), "present");
}

TEST(Msg, AMailInAMailIsAPartOfItsOwn) {
  MsgMaker maker = letter();
  const std::size_t attached = maker.attachment();
  maker.fixed(attached, mapi::kAttachMethod, mapi::kLong, 5);
  maker.text(attached, mapi::kDisplayName, u"reenviado");
  const std::size_t inner = maker.message_in(attached);
  maker.text(inner, mapi::kMessageClass, u"IPM.Note");
  maker.text(inner, mapi::kSubject, u"dentro");
  maker.text(inner, mapi::kBody, u"texto interior");
  const std::string file = maker.file();
  const Collected got = collect(*msg_opener(), file);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].media_type, "application/vnd.ms-outlook");
  EXPECT_TRUE(got.adds_up(file.size()));
  const Collected opened = collect(*msg_opener(), text_of(got.derived_data.at(0)));
  EXPECT_EQ(value_of(opened, "mail")["subject"].text(), "dentro");
  EXPECT_EQ(opened.text_of_first(), "texto interior");
  EXPECT_TRUE(opened.unreads.empty());
}

std::string packed(std::string_view rtf) {
  Packer out;
  out.u32le(static_cast<std::uint32_t>(rtf.size() + 12)).u32le(static_cast<std::uint32_t>(rtf.size()));
  out.u32le(0x414C454D).u32le(0).raw(bytes_of(rtf));
  return std::string(text_of(out.bytes()));
}

// [MS-OXRTFEX]: tags stand in \htmltag, text outside of \htmlrtf, each font in its own code page.
TEST(Msg, TakesHtmlOutOfRichText) {
  MsgMaker maker;
  maker.text(0, mapi::kMessageClass, u"IPM.Note");
  maker.variable(0, mapi::kRtf, mapi::kBinary,
                 plain(packed("{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fcharset204 Arial;}"
                              "{\\f1\\fcharset128 MS Gothic;}{\\f2\\fcharset134 SimSun;}}"
                              "{\\*\\htmltag18 <html>}{\\*\\htmltag50 <body>}{\\*\\htmltag64 <p>}"
                              "\\htmlrtf {\\htmlrtf0 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2 {\\*\\htmltag84 &amp;}"
                              "\\htmlrtf not this\\par}\\htmlrtf0 "
                              "{\\f1 \\'93\\'fa\\'96\\'7b\\'83\\\\}{\\f2 \\'c4\\'e3\\'ba\\'c3}"
                              "{\\*\\htmltag72 </p>}{\\*\\htmltag58 </body></html>}}")));
  const Collected got = collect(*msg_opener(), maker.file());
  EXPECT_EQ(got.text_of_first(), "Привет &日本ソ你好");
  EXPECT_TRUE(got.children.empty()) << "rich text without pictures is no part of its own";
}

TEST(Msg, WhatOnlyTheHtmlSaysIsRead) {
  MsgMaker maker;
  maker.text(0, mapi::kMessageClass, u"IPM.Note");
  maker.text(0, mapi::kBody, u"uno\ndos");
  maker.variable(0, mapi::kHtml, mapi::kBinary, plain("<p>uno dos</p><p>Kowalenko</p>"));
  EXPECT_EQ(collect(*msg_opener(), maker.file()).text_of_first(), "uno\ndos\nKowalenko");
}

TEST(Msg, WhatHtmlDoesNotShowStandsBehindTheText) {
  const std::string html = "<meta name=author content=Ana><p>uno <a href='https://a.example/?b'>dos</a></p>";
  const auto message = [&](std::uint16_t tag, const std::string& body) {
    MsgMaker maker;
    maker.text(0, mapi::kMessageClass, u"IPM.Note");
    maker.text(0, mapi::kBody, u"uno\ndos");
    if (tag != 0) maker.variable(0, tag, mapi::kBinary, plain(body));
    return collect(*msg_opener(), maker.file());
  };
  const auto key = [](const Collected& got) {
    return got.readings[0].value.substr(got.readings[0].value.find("\"key\":"));
  };
  const Collected bare = message(0, "");
  const Collected got = message(mapi::kHtml, html);
  EXPECT_EQ(got.text_of_first(), "uno\ndos\n\n[author: Ana]\n\n[link: https://a.example/?b]");
  ASSERT_EQ(got.readings.size(), 2U);
  EXPECT_EQ(got.readings[1].value, R"({"author":"Ana"})");
  EXPECT_EQ(key(got), key(bare));
  const Collected rich =
      message(mapi::kRtf, packed("{\\rtf1\\fromhtml1 {\\*\\htmltag84 <a href=\"https://b.example/\">}uno dos"
                                 "{\\*\\htmltag92 </a>}}"));
  EXPECT_EQ(rich.text_of_first(), "uno\ndos\n\n[link: https://b.example/]");
  EXPECT_EQ(key(rich), key(bare));
}

TEST(Msg, PicturesInAddressesOfTheHtmlAreParts) {
  const std::string picture = "\x89PNG" + std::string(1000, 'p');
  const std::string html = "<p>uno</p><img src='data:image/png;base64," + encode_base64(bytes_of(picture)) + "'>";
  for (const bool wide_html : {false, true}) {
    MsgMaker maker;
    maker.text(0, mapi::kMessageClass, u"IPM.Note");
    maker.text(0, mapi::kBody, u"uno");
    if (wide_html) {
      maker.text(0, mapi::kHtml, std::u16string(html.begin(), html.end()));
    } else {
      maker.variable(0, mapi::kHtml, mapi::kBinary, plain(html));
    }
    const Collected got = collect(*msg_opener(), maker.file());
    ASSERT_EQ(got.children.size(), 1U);
    EXPECT_EQ(got.children[0].media_type, "image/png");
    EXPECT_EQ(text_of(got.derived_data[0]), picture);
    EXPECT_EQ(got.text_of_first(), "uno");
  }
}

TEST(Msg, RichTextWithPicturesIsAPart) {
  MsgMaker maker;
  maker.text(0, mapi::kMessageClass, u"IPM.Note");
  maker.variable(0, mapi::kRtf, mapi::kBinary, plain(packed("{\\rtf1 hola {\\pict\\pngblip 89504e47}}")));
  const Collected got = collect(*msg_opener(), maker.file());
  EXPECT_EQ(got.text_of_first(), "hola\n");
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].step.print(), "node:269025538");
}

TEST(Msg, OldTextIsReadInItsCodePage) {
  MsgMaker maker;
  maker.variable(0, mapi::kMessageClass, mapi::kString8, plain("IPM.Note"));
  maker.fixed(0, mapi::kMessageCodePage, mapi::kLong, 932);
  maker.variable(0, mapi::kSubject, mapi::kString8, plain("\x93\xfa\x96\x7b"));
  EXPECT_EQ(value_of(collect(*msg_opener(), maker.file()), "mail")["subject"].text(), "日本");
}

TEST(Msg, ReadsContactsAppointmentsTasksAndNotes) {
  MsgMaker contact;
  contact.text(0, mapi::kMessageClass, u"IPM.Contact");
  contact.text(0, mapi::kDisplayName, u"Ana Ruiz");
  contact.text(0, 0x3A1C, u"+34 600 000 001");
  contact.text(0, contact.name(mapi::kAddressSet, 0x8083), u"ana@example.org");
  const Collected card = collect(*msg_opener(), contact.file());
  EXPECT_EQ(value_of(card, "card")["emails"].items().at(0).text(), "ana@example.org");
  EXPECT_EQ(value_of(card, "card")["phones"].items().at(0)["kind"].text(), "mobile");
  EXPECT_NE(card.text_of_first().find("+34 600 000 001"), std::string::npos);
  EXPECT_TRUE(value_of(card, "mail").is_null()) << "nobody sent it";

  MsgMaker event;
  event.text(0, mapi::kMessageClass, u"IPM.Appointment");
  event.text(0, mapi::kSubject, u"Reunión");
  event.fixed(0, event.name(mapi::kAppointmentSet, 0x820D), mapi::kTime, kMarch);
  event.text(0, event.name(mapi::kAppointmentSet, 0x8208), u"Sala 1");
  const Json read = value_of(collect(*msg_opener(), event.file()), "event");
  EXPECT_EQ(read["start"].text(), "2017-03-14T21:20:00Z");
  EXPECT_EQ(read["location"].text(), "Sala 1");

  MsgMaker task;
  task.text(0, mapi::kMessageClass, u"IPM.Task");
  task.fixed(0, task.name(mapi::kTaskSet, 0x8105), mapi::kTime, kMarch);
  task.fixed(0, task.name(mapi::kTaskSet, 0x8101), mapi::kLong, 2);
  const Json todo = value_of(collect(*msg_opener(), task.file()), "task");
  EXPECT_EQ(todo["due"].text(), "2017-03-14");
  EXPECT_EQ(todo["status"].text(), "completed");

  MsgMaker note;
  note.text(0, mapi::kMessageClass, u"IPM.StickyNote");
  note.text(0, mapi::kBody, u"llamar");
  EXPECT_FALSE(value_of(collect(*msg_opener(), note.file()), "note").is_null());
}

// Real messages of several writers: every byte claimed, every file a reading, and nothing unread but what is listed.
TEST(Msg, ReadsTheSamples) {
  const fs::path folder = fs::path(CAREO_SOURCE_DIR) / "../shared/data/msg";
  if (!fs::exists(folder)) GTEST_SKIP() << "skipped: " << folder << " is not here";
  std::size_t files = 0;
  std::map<std::string, int> kinds;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".msg") continue;
    ++files;
    SCOPED_TRACE(entry.path().filename().string());
    const std::string bytes = read_file(entry.path());
    const Collected got = collect(*msg_opener(), bytes);
    EXPECT_TRUE(got.adds_up(bytes.size()));
    EXPECT_TRUE(got.unreads.empty()) << (got.unreads.empty() ? "" : got.unreads[0].reason);
    EXPECT_FALSE(got.texts.empty());
    for (const Reading& reading : got.readings) ++kinds[reading.kind];
  }
  EXPECT_EQ(files, 17U);
  EXPECT_EQ(kinds["mail"], 10);
  EXPECT_EQ(kinds["card"], 5);
  EXPECT_EQ(kinds["task"] + kinds["note"], 2);
}

}  // namespace
}  // namespace careo
