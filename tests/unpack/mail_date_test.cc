// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/date.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

std::string read(std::string_view text) {
  const auto date = parse_mail_date(text);
  if (!date) return "none";
  return iso(date->instant()) + (date->offset ? " " + std::to_string(*date->offset) : " ?");
}

TEST(MailDate, ReadsTheStandardForms) {
  EXPECT_EQ(read("Thu, 18 Aug 2005 11:22:57 -0700"), "2005-08-18T18:22:57Z -420");
  EXPECT_EQ(read("18 Aug 2005 11:22 +0530 (IST)"), "2005-08-18T05:52:00Z 330");
  EXPECT_EQ(read("Fri, 21 Nov 97 09(comment):55:06 -0600").substr(0, 10), "1997-11-21");
  EXPECT_EQ(read("Tue, 1 Jan 102 00:00:00 GMT"), "2002-01-01T00:00:00Z 0");
  EXPECT_EQ(read("1 Feb 03 04:05:06 PDT"), "2003-02-01T11:05:06Z -420");
  EXPECT_EQ(read("Mon, 31 Dec 2001 23:59:60 +0000"), "2002-01-01T00:00:00Z 0");
}

TEST(MailDate, ReadsWhatProgramsWrite) {
  EXPECT_EQ(read("Thu Jan  5 07:08:09 2006"), "2006-01-05T07:08:09Z ?");
  EXPECT_EQ(read("Thu Jan  5 07:08:09 CET 2006"), "2006-01-05T06:08:09Z 60");
  EXPECT_EQ(read("2023-09-28T10:11:12Z"), "2023-09-28T10:11:12Z 0");
  EXPECT_EQ(read("2023-09-28 10:11:12.345 +02:00"), "2023-09-28T08:11:12Z 120");
  EXPECT_EQ(read("28.09.2023 10:11"), "2023-09-28T10:11:00Z ?");
  EXPECT_EQ(read("28/09/2023 10:11"), "2023-09-28T10:11:00Z ?");
  EXPECT_EQ(read("Thu, 28 September 2023 3:04:05 PM GMT+0300"), "2023-09-28T12:04:05Z 180");
  EXPECT_EQ(read("Thu, 28 Sep 2023 10.11.12 +0200"), "2023-09-28T08:11:12Z 120");
  EXPECT_EQ(read("Thu,28 Sep 2023 10:11:12"), "2023-09-28T10:11:12Z ?");
  EXPECT_EQ(read("mar, 3 oct 2023 10:15 p.m."), "2023-10-03T22:15:00Z ?") << "a Tuesday";
  EXPECT_EQ(read("March, 3 2023 10:15 a.m."), "2023-03-03T10:15:00Z ?");
}

TEST(MailDate, InventsNothing) {
  EXPECT_EQ(read("Whenever"), "none");
  EXPECT_EQ(read(""), "none");
  EXPECT_EQ(read("03/04/2023 10:00"), "none") << "March or April: it cannot be told";
  EXPECT_EQ(read("31 Feb 2023 10:00:00 +0000"), "none");
  EXPECT_EQ(read("Fri, 13 Oct 2023 25:61:00 +0200"), "2023-10-13T00:00:00Z ?");
  EXPECT_EQ(read("1 Jan 2023 00:00:00 +9999"), "2023-01-01T00:00:00Z ?");
}

}  // namespace
}  // namespace careo
