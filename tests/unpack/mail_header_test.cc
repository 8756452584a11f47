// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/header.h"

#include <gtest/gtest.h>

#include "unpack/mail/address.h"
#include "unpack/mail/content_type.h"
#include "unpack/mail/received.h"

namespace careo {
namespace {

TEST(MailHeader, UnfoldsToOneLine) {
  EXPECT_EQ(unfold(" one\r\n\ttwo\n   three \r\n"), "one two three");
  EXPECT_EQ(unfold(""), "");
}

TEST(MailHeader, DecodesEncodedWords) {
  EXPECT_EQ(decode_header(" =?utf-8?B?0JTQsA==?= =?utf-8?Q?_=D0=BD?= x\r\n"), "Да н x");
  EXPECT_EQ(decode_header("a =?iso-8859-1?Q?=E9?= b"), "a é b");
  EXPECT_EQ(decode_header("=?utf-8*es?Q?a=C3=B1o?="), "año") << "RFC 2231 language";
}

TEST(MailHeader, JoinsLettersCutBetweenWords) {
  EXPECT_EQ(decode_header("=?utf-8?Q?=D0?= =?utf-8?Q?=96?="), "Ж");
}

TEST(MailHeader, ReadsBrokenEncodedWords) {
  EXPECT_EQ(decode_header("=?utf-8?Q?two words?="), "two words");
  EXPECT_EQ(decode_header("=?utf-8?Q?no_end"), "no end");
  EXPECT_EQ(decode_header("text=?utf-8?Q?=41?=text"), "textAtext");
  EXPECT_EQ(decode_header("=?utf-8?X?abc?="), "=?utf-8?X?abc?=");
  EXPECT_EQ(decode_header("=?=?=?"), "=?=?=?");
  EXPECT_EQ(decode_header("=??Q?a?="), "=??Q?a?=");
}

TEST(MailHeader, NeverLetsOneHeaderForgeAnother) {
  EXPECT_EQ(decode_header("=?utf-8?Q?a=0D=0ABcc:_b?="), "a  Bcc: b");
}

TEST(MailHeader, UsesTheCharsetOfTheTextForRawBytes) {
  EXPECT_EQ(decode_header("\xF0\xD2\xC9\xD7\xC5\xD4", {"koi8-r"}), "Привет");
  EXPECT_EQ(decode_header("Привет", {"koi8-r"}), "Привет") << "UTF-8 is never taken for anything else";
}

TEST(MailHeader, ReadsContentTypes) {
  const ContentType type = parse_content_type(" Text/HTML ; Charset = \"utf-8\" (a comment);\r\n format=flowed\r\n");
  EXPECT_EQ(type.media_type(), "text/html");
  EXPECT_EQ(type.parameter("charset"), "utf-8");
  EXPECT_EQ(type.parameter("format"), "flowed");
  EXPECT_EQ(parse_content_type("multipart / mixed; boundary=a").media_type(), "multipart/mixed");
  EXPECT_EQ(parse_content_type("").media_type(), "");
  EXPECT_EQ(parse_content_type("; name=x").parameter("name"), "x");
  EXPECT_EQ(parse_content_type("text/\xFFpl\x01"
                               "ain")
                .media_type(),
            "text/plain")
      << "nothing odd enters a part's name";
}

TEST(MailHeader, ReadsParametersAsProgramsWriteThem) {
  EXPECT_EQ(parse_content_type("a/b; name=my file (1).pdf").parameter("name"), "my file (1).pdf");
  EXPECT_EQ(parse_content_type("a/b; name=my file.pdf; x=y").parameter("name"), "my file.pdf");
  EXPECT_EQ(parse_content_type("a/b; access-type=mail\r\n server=\"s\"").parameter("server"), "s");
  EXPECT_EQ(parse_content_type("a/b; name=\"a \\\"quoted\\\" b\"").parameter("name"), "a \"quoted\" b");
  EXPECT_EQ(parse_content_type("a/b; name=\"unclosed.pdf").parameter("name"), "unclosed.pdf");
  EXPECT_EQ(parse_content_type("a/b; name=\"=?utf-8?B?0LA=?=.pdf\"").parameter("name"), "а.pdf");
}

TEST(MailHeader, JoinsContinuations) {
  const ContentType type = parse_content_type("a/b; name*1=b; name*0*=utf-8''%D0%B0; name*2*=%D0%B2; plain=x; name=no");
  EXPECT_EQ(type.parameter("name"), "аbв");
  EXPECT_EQ(type.parameter("plain"), "x");
  EXPECT_EQ(parse_content_type("a/b; f*=iso-8859-1'en'%A3%20rates").parameter("f"), "£ rates");
}

TEST(MailHeader, ReadsMessageIds) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(parse_message_ids(" <a@x>\r\n <b\r\n @y>"), (Ids{"a@x", "b@y"}));
  EXPECT_EQ(parse_message_ids("a@x, b@y"), (Ids{"a@x", "b@y"}));
  EXPECT_EQ(parse_message_ids("Your message of Monday <c@z> (was: d)"), Ids{"c@z"});
  EXPECT_EQ(parse_message_ids("<cut@off"), Ids{"cut@off"});
  EXPECT_EQ(parse_message_ids("no id here at all"), Ids{});
  EXPECT_EQ(parse_message_ids(""), Ids{});
}

using List = std::vector<MailAddress>;

TEST(MailAddress, ReadsEveryForm) {
  EXPECT_EQ(parse_addresses("a@x, B C <b@y>, \"D, E\" <d@z>, f@w (F G)").addresses,
            (List{{"", "a@x", ""}, {"B C", "b@y", ""}, {"D, E", "d@z", ""}, {"F G", "f@w", ""}}));
  EXPECT_EQ(parse_addresses("Group: a@x, b@y;, c@z").addresses,
            (List{{"", "a@x", "Group"}, {"", "b@y", "Group"}, {"", "c@z", ""}}));
  EXPECT_EQ(parse_addresses("undisclosed-recipients:;").groups, std::vector<std::string>{"undisclosed-recipients"});
  EXPECT_EQ(parse_addresses("<@relay,@other:a@x>").addresses, (List{{"", "a@x", ""}}));
  EXPECT_EQ(parse_addresses("\"john doe\"@x").addresses, (List{{"", "\"john doe\"@x", ""}}));
  EXPECT_EQ(parse_addresses("a @ x . example").addresses[0].name, ". example") << "what is no address is not lost";
}

TEST(MailAddress, KeepsMarksInsideEncodedWords) {
  EXPECT_EQ(parse_addresses("=?iso-8859-1?Q?M=FCller,_Hans_(Ost);?= <h@x>, =?utf-8?Q?B:?= <b@y>").addresses,
            (List{{"M\u00FCller, Hans (Ost);", "h@x", ""}, {"B:", "b@y", ""}}));
  EXPECT_EQ(parse_addresses("=?utf-8?Q?Ana, <a@x>, =?utf-8?Q?Bo?= <b@y>").addresses.size(), 3U) << "one not closed";
}

TEST(MailAddress, ReadsDamage) {
  EXPECT_EQ(parse_addresses("\"Unclosed <a@x>").addresses, (List{{"Unclosed", "a@x", ""}}));
  EXPECT_EQ(parse_addresses("A <a@x").addresses, (List{{"A", "a@x", ""}}));
  EXPECT_EQ(parse_addresses("a@x; b@y").addresses, (List{{"", "a@x", ""}, {"", "b@y", ""}}));
  EXPECT_EQ(parse_addresses("A <a@x> B <b@y>").addresses.size(), 2U);
  EXPECT_EQ(parse_addresses("John a@x").addresses, (List{{"John", "a@x", ""}}));
  EXPECT_EQ(parse_addresses(",,;;<>").addresses, List{});
  EXPECT_EQ(parse_addresses("Nobody").addresses, (List{{"Nobody", "", ""}}));
}

// As mails have them that were taken out of a mailbox of Exchange.
TEST(MailAddress, NamesOfADirectoryAreWhole) {
  const std::string name = "/O=FIRM/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=ANA";
  EXPECT_EQ(parse_addresses("\"Ana\" <" + name + ">, B <b@x>").addresses, (List{{"Ana", name, ""}, {"B", "b@x", ""}}));
  EXPECT_EQ(parse_addresses("<" + name.substr(0, 19) + "\n " + name.substr(20) + ">").addresses,
            (List{{"", name, ""}}));
}

TEST(MailAddress, StopsAtTheLimit) {
  std::string many;
  for (std::size_t i = 0; i < kMaxAddresses + 10; ++i) many += "a@x,";
  const AddressList list = parse_addresses(many);
  EXPECT_TRUE(list.cut);
  EXPECT_EQ(list.addresses.size(), kMaxAddresses);
}

TEST(MailReceived, ReadsTheUsualServers) {
  const Received a = parse_received(
      "from a.example (b.example [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n"
      "\tby mx.example (Postfix) with ESMTPS id 4Rz; Fri, 13 Oct 2023 11:02:03 +0300 (MSK)");
  EXPECT_EQ(a.from, "a.example");
  EXPECT_EQ(a.from_name, "b.example");
  EXPECT_EQ(a.from_ip, "192.0.2.1");
  EXPECT_EQ(a.by, "mx.example");
  EXPECT_EQ(a.with, "ESMTPS");
  EXPECT_EQ(a.tls_version, "TLSv1.3");
  ASSERT_TRUE(a.date);
  EXPECT_EQ(iso(a.date->instant()), "2023-10-13T08:02:03Z");
  EXPECT_EQ(parse_received("nonsense").from, "");
}

// A million of anything must take a moment, not a minute: these would hang where a search is repeated.
TEST(MailHeader, StaysLinearOnHostileInput) {
  for (const std::string_view unit :
       {"=?", "=?a?q?", "\"", "<", "(", "a/b;x*0=", ";", "=?utf-8?q?=41?= ", ",\"a", "<a@"}) {
    std::string many;
    while (many.size() < 1'000'000) many += unit;
    EXPECT_LE(decode_header(many).size(), many.size() * 4);
    parse_addresses(many);
    parse_content_type("a/b;" + many);
    parse_message_ids(many);
    parse_received(many);
  }
}

}  // namespace
}  // namespace careo
