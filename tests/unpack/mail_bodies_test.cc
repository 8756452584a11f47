// SPDX-License-Identifier: Apache-2.0
// Bodies that are not what their header says, and words that stand around what is encoded: nothing of them is lost.
#include <gtest/gtest.h>

#include "base/transfer.h"
#include "evidence/trail.h"
#include "unpack/mail/base64_body.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/text.h"
#include "unpack/mail/uuencode.h"

namespace careo {
namespace {

const std::string kHeader = "From: a@x.example\nTo: b@x.example\nSubject: s\nDate: Tue, 3 Oct 2023 10:15:00 +0200\n";

std::string plain_mail(std::string_view encoding, std::string_view body) {
  return kHeader + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: " + std::string(encoding) +
         "\n\n" + std::string(body);
}

std::string mixed_mail(std::string_view parts) {
  return kHeader + "Content-Type: multipart/mixed; boundary=b\n\n" + std::string(parts) + "--b--\n";
}

std::string attachment(std::string_view encoding, std::string_view body) {
  return "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: " + std::string(encoding) +
         "\n\n" + std::string(body) + "\n";
}

/// A mail that is read, and the bytes of its children.
struct Mail {
  explicit Mail(std::string raw)
      : bytes(std::move(raw)), parsed(parse_mail(bytes_of(bytes))), text(read_mail_text(parsed)) {}
  std::string child(std::size_t index) const {
    const MailChild& child = text.children.at(index);
    const Bytes raw = bytes_of(bytes).subspan(child.begin, child.end - child.begin);
    const auto made = take_step(raw, Step::range(0, raw.size(), child.child.step.transforms));
    return made ? std::string(text_of(*made)) : "no child";
  }
  std::string bytes;
  ParsedMail parsed;
  MailText text;
};

std::string folded_base64(std::string_view text) {
  std::string out;
  const std::string line = encode_base64(bytes_of(text));
  for (std::size_t at = 0; at < line.size(); at += 76) out += line.substr(at, 76) + "\n";
  return out;
}

const std::string kLetter =
    std::string(20, 'x') + " The passports are in the safe of the third floor, he said on Monday.";
const std::string kFooter = "_____________\nIT-desk mailing list\nhttps://lists.x.example/it\n";

TEST(MailBodies, AFooterBehindBase64IsWords) {
  for (const std::string& said : {kLetter, kLetter + "!", kLetter + "!!"}) {
    const Mail mail(plain_mail("base64", folded_base64(said) + kFooter));
    EXPECT_EQ(mail.text.utf8, said + "\n" + kFooter);
    EXPECT_EQ(mail.text.grade, Grade::Checked);
  }
  const Mail attached(mixed_mail(attachment("base64", folded_base64(kLetter) + "\n" + kFooter)));
  EXPECT_EQ(attached.child(0), kLetter);
  EXPECT_EQ(attached.text.utf8, "\n" + kFooter);
  EXPECT_TRUE(attached.text.unread.empty());
}

TEST(MailBodies, WordsUnderTheNameOfBase64StayWords) {
  const Mail mail(plain_mail("base64", "Dear Ana,\nsee you on Tuesday.\nBoris\n"));
  EXPECT_EQ(mail.text.utf8, "Dear Ana,\nsee you on Tuesday.\nBoris\n");
  EXPECT_EQ(mail.text.grade, Grade::Unconfirmed);
}

TEST(MailBodies, DamageInBase64IsTold) {
  std::string lines = folded_base64(kLetter + kLetter + kLetter);
  lines.insert(lines.find('\n') + 1, "A virus checker has looked at this.\n");
  const Mail mail(mixed_mail(attachment("base64", lines)));
  ASSERT_EQ(mail.text.unread.size(), 1U);
  EXPECT_NE(mail.text.unread[0].reason.find("bytes that are not"), std::string::npos);
}

TEST(MailBodies, FindsTheEndOfBase64) {
  const auto end_of = [](std::string_view body) { return find_base64(bytes_of(body)).end; };
  const std::string two = folded_base64(kLetter) + folded_base64(kLetter);
  EXPECT_EQ(end_of(two), two.size()) << "two blocks";
  EXPECT_EQ(end_of("SGVsbG8h\n"), 9U) << "one short line";
  EXPECT_EQ(end_of("SGVsbG8=\nRegards\n"), 9U);
  EXPECT_EQ(end_of("SGVsbG8= and words\n"), 8U);
  EXPECT_EQ(end_of("AAECAwQFBgcICQ\n"), 15U) << "without its pads";
  EXPECT_EQ(end_of(std::string(76, 'a') + "\nSGVsb"), 82U) << "cut";
  const std::string quoted = "> SGVsbG8gd29ybGQsIHRoaXMgaXM!\n> bG9uZyBlbm91Z2ggdG8gc2Vl\n";
  EXPECT_EQ(end_of(quoted), quoted.size()) << "quoted, and cut by a gateway";
  EXPECT_EQ(find_base64(bytes_of(quoted)).bad, 0U);
  EXPECT_FALSE(find_base64(bytes_of("https://x.example/" + std::string(300, 'a'))).any);
  EXPECT_TRUE(find_base64(bytes_of(std::string(300, 'a') + "*" + std::string(300, 'b'))).any) << "one damaged line";
  EXPECT_FALSE(find_base64({}).any);
}

TEST(MailBodies, KnowsTheEncodingUnderItsManyNames) {
  for (const char* name : {"base64;", "base64,", "x-base64", "(c) base64", "\"base64\"", "BASE64 ", "base-64"})
    EXPECT_EQ(Mail(plain_mail(name, "SGVsbG8h\n")).text.utf8, "Hello!") << name;
  for (const char* name : {"quoted_printable", "quoted-printable;", "quoted/printable", "Quoted-Printable (yes)"})
    EXPECT_EQ(Mail(plain_mail(name, "H=C3=BCte\n")).text.utf8, "H\u00FCte\n") << name;
  for (const char* name : {"7bit", "8bit; base64", "binary", ""})
    EXPECT_EQ(Mail(plain_mail(name, "SGVsbG8h\n")).text.utf8, "SGVsbG8h\n") << name;
}

const std::string kUu = "begin 644 a.txt\n&2&5L;&\\A\n`\nend\n";

TEST(MailBodies, UuencodeAsTransferEncodingLosesNothingAround) {
  const Mail mail(mixed_mail(attachment("x-uuencode", "See these:\n" + kUu + kUu + "All of them.")));
  ASSERT_EQ(mail.text.children.size(), 2U);
  EXPECT_EQ(mail.child(0), "Hello!");
  EXPECT_EQ(mail.text.children[0].child.name, "a.pdf");
  EXPECT_EQ(mail.child(1), "Hello!");
  EXPECT_EQ(mail.text.utf8, "See these:\nAll of them.");
  const Mail text(plain_mail("uuencode", "Before.\n" + kUu + "Behind.\n"));
  EXPECT_EQ(text.text.utf8, "Hello!\nBefore.\nBehind.\n");
  EXPECT_EQ(Mail(plain_mail("uuencode", "No file here.\n")).text.utf8, "No file here.\n");
}

TEST(MailBodies, FilesInBase64StandInTextToo) {
  const std::string file = "begin-base64 644 a.txt\nSGVsbG8h\n====\n";
  const Mail mail(plain_mail("7bit", "See this:\n" + file + "Bye.\n"));
  ASSERT_EQ(mail.text.children.size(), 1U);
  EXPECT_EQ(mail.text.children[0].child.name, "a.txt");
  EXPECT_EQ(mail.child(0), "Hello!");
  EXPECT_EQ(mail.text.utf8, "See this:\nBye.\n");
  EXPECT_EQ(Mail(plain_mail("uuencode", "Before.\n" + file)).text.utf8, "Hello!\nBefore.\n");
}

TEST(MailBodies, UuencodeWithoutItsBlanksIsWhole) {
  const std::string zeros = "begin 644 z\nM\nM\nend\n";  // 90 zeros, whose blanks a mailer cut off
  const auto files = find_uuencoded(bytes_of(zeros + "More."));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].end, zeros.size());
  EXPECT_TRUE(files[0].closed);
  EXPECT_EQ(decode_uuencode(bytes_of(zeros)).bytes, Buffer(90, 0));
  const Mail cut(plain_mail("7bit", "begin 644 a.txt\n&2&5L;&\\A\nand no end\n"));
  ASSERT_EQ(cut.text.unread.size(), 1U);
  EXPECT_EQ(cut.text.unread[0].reason, "a uuencoded file without its end");
}

TEST(MailBodies, ALineBehindABoundaryIsNoHeader) {
  EXPECT_EQ(Mail(mixed_mail("--b\nNote: pay him on Friday.\nThe rest.\n")).text.utf8,
            "Note: pay him on Friday.\nThe rest.");
  EXPECT_EQ(Mail(mixed_mail("--b\nContent-Type: text/plain\n\nThe rest.\n")).text.utf8, "The rest.");
}

TEST(MailBodies, ABodyWithoutItsHeaderKeepsItsParts) {
  const std::string parts =
      "--b\nContent-Type: text/plain\n\nHello.\n" + attachment("base64", folded_base64("page")) + "--b--\n";
  for (const std::string& before :
       {std::string(), std::string("\n"), std::string("This is a multi-part message in MIME format.\n\n")}) {
    EXPECT_TRUE(begins_parts(bytes_of(before + parts)));
    const Mail mail(before + parts);
    EXPECT_EQ(mail.text.utf8, "Hello.");
    EXPECT_EQ(mail.child(0), "page");
  }
  EXPECT_FALSE(begins_parts(bytes_of("---\ncontent-type: post\n---\nwords\n")));
  EXPECT_FALSE(begins_parts(bytes_of("Hello.\n" + parts)));
  EXPECT_FALSE(begins_parts(bytes_of("--b\nContent-Type: text/plain\n\nonce\n")));
  EXPECT_FALSE(begins_parts({}));
}

TEST(MailBodies, ABoundaryThatNeverComesIsGuessed) {
  const std::string parts =
      "--B-1\nContent-Type: text/plain\n\nOne.\n--B-1\nContent-Type: text/plain\n\nTwo.\n--B-1--\n";
  for (const char* declared : {"b-1", "'B-1'", "other", "=?us-ascii?Q?B?="})
    EXPECT_EQ(Mail(kHeader + "Content-Type: multipart/mixed; boundary=\"" + declared + "\"\n\n" + parts).text.utf8,
              "One.\nTwo.")
        << declared;
}

TEST(MailBodies, AMailBeginsBehindBlankLinesAndEndsItsLinesAsItLikes) {
  const std::string mail = kHeader + "\nHello.\nBye.\n";
  EXPECT_TRUE(looks_like_mail(bytes_of("\n\n" + mail)));
  EXPECT_EQ(Mail("\r\n\n" + mail).text.utf8, "Hello.\nBye.\n");
  EXPECT_TRUE(looks_like_mail(bytes_of(" \n\t\n" + mail)));
  EXPECT_EQ(Mail(" \n\t\n" + mail).text.utf8, "Hello.\nBye.\n");
  std::string mac = mail;
  for (char& c : mac) c = c == '\n' ? '\r' : c;
  EXPECT_TRUE(looks_like_mail(bytes_of(mac)));
  EXPECT_EQ(Mail(mac).text.utf8, "Hello.\nBye.\n");
  EXPECT_TRUE(looks_like_mail(bytes_of("MIME-Version: 1.0\nContent-Type: text/plain\n\nHello.\n")));
  EXPECT_FALSE(looks_like_mail(bytes_of("Server: x\nContent-Type: text/html\n\n<p>\n")));
}

std::string with_ends(std::string_view text, std::string_view end) {
  std::string out;
  for (const char c : text) out += c == '\n' ? end : std::string_view(&c, 1);
  return out;
}

TEST(MailBodies, OneLineFeedInTheBodyOfAnOldMacsMailLosesNothing) {
  const std::string parts =
      "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nPasted%and so=\n on, to =\nthe "
      "end.\n" +
      attachment("base64", folded_base64(std::string(200, 'p')) + kFooter);
  for (const std::string_view pasted : {"\n", "\r\n", "\r"}) {
    std::string raw = with_ends(mixed_mail(parts), "\r");
    raw.replace(raw.find('%'), 1, pasted);
    EXPECT_TRUE(looks_like_mail(bytes_of(raw)));
    const Mail mail(raw);
    EXPECT_EQ(mail.text.utf8, "Pasted\nand so on, to the end.\n" + kFooter);
    ASSERT_EQ(mail.text.children.size(), 1U);
    EXPECT_EQ(mail.child(0), std::string(200, 'p'));
    EXPECT_TRUE(mail.text.unread.empty());
  }
}

TEST(MailBodies, ABodyOfAnOldMacBehindTheHeaderOfAServer) {
  const std::string parts = with_ends("--b\n\nHello.\n" + attachment("base64", folded_base64("page")), "\r");
  for (const std::string& before : {std::string(), std::string("\r"), std::string("This is MIME.\r")}) {
    const Mail mail(mixed_mail(before + parts));
    EXPECT_NE(mail.text.utf8.find("Hello."), std::string::npos);
    ASSERT_EQ(mail.text.children.size(), 1U);
    EXPECT_EQ(mail.child(0), "page");
  }
}

TEST(MailBodies, ACarriageReturnInAFieldMakesNoOldMac) {
  const Mail mail("Subject: a\rb\r\rc\n" + mixed_mail(attachment("base64", folded_base64("p"))));
  EXPECT_EQ(mail.text.children.size(), 1U);
  EXPECT_EQ(Mail("X: y\r\r\n" + with_ends(kHeader + "\nHello.\n", "\r\r\n")).text.utf8, "Hello.\n\n");
}

TEST(MailBodies, UuencodeInMailsOfOldMacs) {
  const Mail mail(with_ends(kHeader + "\nbefore\nbegin 644 cat.txt\n#0V%T\n`\nend\nafter\n", "\r"));
  EXPECT_EQ(mail.text.utf8, "before\nafter\n");
  ASSERT_EQ(mail.text.children.size(), 1U);
  EXPECT_EQ(mail.text.children[0].child.name, "cat.txt");
  EXPECT_EQ(mail.child(0), "Cat");
}

TEST(MailBodies, OfTwoTypesTheOneThatPartsCounts) {
  const Mail mail(kHeader +
                  "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n--b\n" +
                  "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: 7bit\n"
                  "Content-Transfer-Encoding: base64\n\n" +
                  folded_base64("page") + "--b--\n");
  EXPECT_EQ(mail.text.utf8, "Hello.");
  EXPECT_EQ(mail.child(0), "page");
}

TEST(MailBodies, Base64ThatNobodyDeclaredIsUndoneWhereItIsAFormat) {
  const std::string pdf = "%PDF-1.4\n" + std::string(100, 'p');
  EXPECT_EQ(Mail(mixed_mail(attachment("binary", folded_base64(pdf)))).child(0), pdf);
  EXPECT_EQ(Mail(mixed_mail(attachment("7bit", folded_base64("words alone") + "\n"))).child(0),
            folded_base64("words alone") + "\n");
  EXPECT_EQ(Mail(mixed_mail(attachment("7bit", folded_base64(pdf) + "and words"))).child(0),
            folded_base64(pdf) + "and words");
}

TEST(MailBodies, WhatIsNotInTheMailIsSaid) {
  const auto unread = [](const std::string& raw) {
    const Mail mail(raw);
    return mail.text.unread.empty() ? std::string() : mail.text.unread.at(0).reason;
  };
  EXPECT_EQ(unread(mixed_mail("--b\nContent-Type: application/pdf; name=a.pdf\nX-Apple-Content-Length: 73442\n\n")),
            "an attachment that Apple Mail keeps beside the mail");
  EXPECT_EQ(unread(mixed_mail("--b\nContent-Type: application/pdf; name=a.pdf\nX-Mozilla-External-Attachment-URL: "
                              "file:///C:/a.pdf\nX-Mozilla-Altered: AttachmentDetached\n\nYou deleted it.\n")),
            "an attachment that is kept elsewhere");
  EXPECT_EQ(unread(mixed_mail("--b\nContent-Type: application/pdf\nX-Apple-Content-Length: 4\n\npage\n")), "");
  EXPECT_EQ(unread(kHeader + "Content-Type: message/partial; id=\"a@x\"; number=2; total=3\n\nx\n"),
            "one piece of a mail that was sent in several");
  EXPECT_EQ(unread(kHeader + "Content-Type: message/external-body; access-type=URL; URL=\"http://x.example/a\"\n\n"),
            "an attachment that is kept elsewhere");
}

TEST(MailBodies, WhatOnlyItsReceiversCanReadIsUnread) {
  const std::string message = "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n";
  for (const std::string& raw :
       {kHeader + "\n" + message, kHeader + "\nHello.\n" + message,
        kHeader + "Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\n" +
            "Version: 1\n--b\nContent-Type: application/octet-stream\n\n" + message + "--b--\n"}) {
    const Mail mail(raw);
    ASSERT_EQ(mail.text.unread.size(), 1U);
    EXPECT_EQ(mail.text.unread[0].reason, "encrypted for the keys of its receivers (OpenPGP)");
  }
  EXPECT_TRUE(Mail(kHeader + "\nHe wrote:\n> -----BEGIN PGP MESSAGE-----\n> x\n").text.unread.empty());
}

TEST(MailBodies, ServersPutAnyNumberOfFieldsFirst) {
  std::string first;
  for (int i = 0; i < 20; ++i) first += "X-Filter-" + std::to_string(i) + ": a\n\tb\n";
  EXPECT_TRUE(looks_like_mail(bytes_of(first + kHeader + "\nHello.\n")));
}

TEST(MailBodies, NamesOfFilesAsProgramsWriteThem) {
  const auto name_of = [](const std::string& disposition) {
    const Mail mail(
        mixed_mail("--b\nContent-Type: text/plain; charset=windows-1251\n\n\xCF\xF0\n--b\nContent-Type: "
                   "application/pdf\nContent-Disposition: attachment; " +
                   disposition + "\n\nPDF\n"));
    return mail.text.children.at(0).child.name;
  };
  EXPECT_EQ(name_of("filename=Report (1).pdf"), "Report (1).pdf");
  EXPECT_EQ(name_of("filename=a.pdf (a comment)"), "a.pdf");
  EXPECT_EQ(name_of("filename=\"C:\\temp\\a.pdf\""), "C:\\temp\\a.pdf");
  EXPECT_EQ(name_of("filename=\"a\\\"b.pdf\""), "a\"b.pdf");
  EXPECT_EQ(name_of("filename*==?utf-8?Q?H=C3=BCte?="), "H\u00FCte");
  EXPECT_EQ(name_of("\nfilename=\"a.pdf\""), "a.pdf");
  EXPECT_EQ(name_of("filename=\"\xCF\xE0\xF1\xEF\xEE\xF0\xF2.pdf\""), "Паспорт.pdf");
}

}  // namespace
}  // namespace careo
