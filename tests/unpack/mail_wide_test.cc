// SPDX-License-Identifier: Apache-2.0
// Mails and mailboxes that somebody saved as "Unicode".
#include "unpack/mail/wide.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "collected.h"
#include "unpack/mail/mail.h"
#include "unpack/mail/mailbox.h"

namespace careo {
namespace {

const std::string kMail =
    "From: a@x.example\r\nTo: b@x.example\r\nSubject: \xD0\x9C\xD0\xBE\xD1\x81\xD1\x82 \xF0\x9F\x98\x80\r\n"
    "Date: Tue, 3 Oct 2023 10:15:00 +0200\r\n\r\nThe bridge.\r\n";

/// UTF-16 of UTF-8.
std::string wide(std::string_view utf8, bool big, std::string_view mark) {
  std::string out(mark);
  const auto put = [&](unsigned unit) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, &at);
    if (c >= 0x10000) {
      put(0xD800 + static_cast<unsigned>((c - 0x10000) >> 10));
      put(0xDC00 + static_cast<unsigned>((c - 0x10000) & 0x3FF));
    } else {
      put(static_cast<unsigned>(c));
    }
  }
  return out;
}

TEST(MailWide, AMailInUtf16IsOneInUtf8) {
  for (const bool big : {false, true}) {
    for (const std::string_view mark : {std::string_view(), std::string_view(big ? "\xFE\xFF" : "\xFF\xFE")}) {
      const std::string raw = wide(kMail, big, mark);
      ASSERT_TRUE(mail_opener()->may(bytes_of(raw), {}));
      EXPECT_FALSE(mailbox_opener()->may(bytes_of(raw), {}));
      const Collected got = collect(*mail_opener(), raw);
      ASSERT_EQ(got.derived_data.size(), 1U);
      EXPECT_EQ(text_of(got.derived_data[0]), kMail);
      EXPECT_EQ(got.children[0].hints.media_type, "message/rfc822");
      EXPECT_TRUE(got.unreads.empty());
      EXPECT_TRUE(got.texts.empty() && got.readings.empty());
      EXPECT_TRUE(got.adds_up(raw.size()));
    }
  }
}

TEST(MailWide, ItsOwnWordOnItsLettersCountsNoMore) {
  const std::string mail = kMail.substr(0, kMail.find("\r\n\r\n")) +
                           "\r\nContent-Type: text/plain; charset=\"utf-16\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                           "\xD0\x9C\xD0\xBE\xD1\x81\xD1\x82\r\n";
  const Collected got = collect(*mail_opener(), wide(mail, false, "\xFF\xFE"));
  ASSERT_EQ(got.derived_data.size(), 1U);
  EXPECT_EQ(collect(*mail_opener(), std::string(text_of(got.derived_data[0]))).text_of_first(),
            "\xD0\x9C\xD0\xBE\xD1\x81\xD1\x82\n");
}

TEST(MailWide, NoLetterIsCutBetweenPieces) {
  for (const std::size_t shift : {0U, 1U}) {
    std::string mail = kMail + std::string(shift, 'x');
    for (int i = 0; i < 400'000; ++i) mail += "\xF0\x9F\x98\x80";
    const Collected got = collect(*mail_opener(), wide(mail, false, "\xFF\xFE"));
    ASSERT_EQ(got.derived_data.size(), 1U);
    EXPECT_TRUE(text_of(got.derived_data[0]) == mail);
    EXPECT_TRUE(got.unreads.empty());
  }
}

TEST(MailWide, AMailboxToo) {
  const std::string box =
      "From a@x Thu Jan  1 00:00:00 1970\r\n" + kMail + "\r\nFrom a@x Thu Jan  1 00:00:00 1970\r\n" + kMail;
  const std::string raw = wide(box, false, "\xFF\xFE");
  ASSERT_TRUE(mailbox_opener()->may(bytes_of(raw), {}));
  const Collected got = collect(*mailbox_opener(), raw);
  ASSERT_EQ(got.derived_data.size(), 1U);
  EXPECT_EQ(text_of(got.derived_data[0]), box);
  EXPECT_EQ(got.children[0].hints.media_type, "application/mbox");
  EXPECT_TRUE(got.adds_up(raw.size()));
}

TEST(MailWide, DamageIsSaid) {
  const std::string raw = wide(kMail, false, "\xFF\xFE") + std::string(
                                                               "\x00\xDC"
                                                               "a\0b",
                                                               5);  // half a letter, half a unit
  const Collected got = collect(*mail_opener(), raw);
  ASSERT_EQ(got.derived_data.size(), 1U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_TRUE(got.adds_up(raw.size()));
}

TEST(MailWide, OtherTextIsLeftAlone) {
  EXPECT_FALSE(mail_opener()->may(bytes_of(wide("Note: a letter\r\n\r\nHello\r\n", false, "\xFF\xFE")), {}));
  EXPECT_TRUE(wide_of(bytes_of(kMail)).charset.empty());
  EXPECT_TRUE(wide_of(bytes_of("")).charset.empty());
  EXPECT_TRUE(wide_of(bytes_of("\xFF\xFE")).charset.empty());
  EXPECT_TRUE(wide_of(bytes_of(std::string("\xFF\xFE\0\0a\0\0\0", 8))).charset.empty()) << "UTF-32";
}

}  // namespace
}  // namespace careo
