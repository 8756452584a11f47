// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/plain_text.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

std::string opener_of(std::string_view bytes, const Hints& hints = {}) {
  for (const Opener* opener : light_openers())
    if (opener->may(bytes_of(bytes), hints)) return std::string(opener->name());
  return "none";
}

TEST(LightOpeners, EachTakesItsOwn) {
  EXPECT_EQ(opener_of("From a@x Thu Jan  1 00:00:00 1970\nFrom: a@x\nTo: b@x\n\n"), "mailbox/1");
  EXPECT_EQ(opener_of("From: a@x\nTo: b@x\nSubject: s\n\nText"), "mail/2");
  EXPECT_EQ(opener_of("<!DOCTYPE html><html><body>x"), "html/2");
  EXPECT_EQ(opener_of("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"), "html/2");
  EXPECT_EQ(opener_of("<?xml version=\"1.0\"?>\n<note>x</note>"), "text/1");
  EXPECT_EQ(opener_of("a;b;c\n1;2;3\n4;5;6\n"), "csv/2");
  EXPECT_EQ(opener_of("a\tb\n1\t2\n3\t4\n"), "csv/2");
  EXPECT_EQ(opener_of("Dear all, hello.\nSee you, then.\nBye, Ana.\n"), "text/1");
  EXPECT_EQ(opener_of("Hola."), "text/1");
  EXPECT_EQ(opener_of(""), "text/1");
  EXPECT_EQ(opener_of("{\\rtf1\\ansi x}"), "none");
  EXPECT_EQ(opener_of("%PDF-1.4\n"), "none");
  EXPECT_EQ(opener_of(std::string_view("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)), "none");
  EXPECT_EQ(opener_of(std::string_view("PK\x03\x04\x14\0", 6)), "none");
  EXPECT_EQ(
      opener_of(std::string("0\x83\x05,q\x06\x09*\x86H\x86\xF7\r\x01\x07\x02 ") + "<xml>" + std::string(500, 'x')),
      "none")
      << "DER that wraps text";
  Hints csv;
  csv.media_type = "text/csv";
  EXPECT_EQ(opener_of("one,two\n", csv), "csv/2");
  Hints html;
  html.media_type = "text/html";
  EXPECT_EQ(opener_of("just words", html), "html/2");
}

TEST(PlainText, DecodesAndGrades) {
  const Collected got = collect(*text_opener(), "año\r\ndos\n");
  EXPECT_EQ(got.text_of_first(), "año\ndos\n");
  EXPECT_EQ(got.claimed(), 10U);
  Hints hints;
  hints.media_type = "text/plain";
  hints.charset = "koi8-r";
  const Collected koi = collect(*text_opener(), "\xF0\xD2\xC9\xD7\xC5\xD4", hints);
  EXPECT_EQ(koi.text_of_first(), "Привет");
  EXPECT_EQ(koi.texts[0].grade, Grade::Checked);
  EXPECT_EQ(collect(*text_opener(), std::string_view("\xFF\xFE\x1F\x04\x40\x04", 6)).text_of_first(), "Пр");
}

TEST(PlainText, CutsAtItsLimitAndSaysSo) {
  Budget budget;
  budget.text_bytes = 100;
  const std::string text(250, 'x');
  const Collected got = collect(*text_opener(), text, {}, budget);
  EXPECT_EQ(got.text_of_first().size(), 100U);
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].length, 150U);
  EXPECT_EQ(got.claimed(), 250U);
}

TEST(Table, CountsColumnsAndRows) {
  const auto table = [](std::string_view bytes) {
    const Collected got = collect(*table_opener(), bytes);
    const Result<Json> value = Json::parse(got.readings.at(0).value);
    return std::to_string((*value)["width"].integer()) + "x" + std::to_string((*value)["rows"].integer()) + " " +
           (*value)["separator"].text() + " " + std::string(name_of(got.readings[0].grade));
  };
  EXPECT_EQ(table("a,b,c\n1,2,3\n"), "3x2 , checked");
  EXPECT_EQ(table("a;b\n\"x;y\";2\n\"line\nend \"\"q\"\"\";3\n"), "2x3 ; checked");
  EXPECT_EQ(table("a\tb\r\n1\t2\r\n"), "2x2 \t checked");
  EXPECT_EQ(table("a,b,c\n1,2\n"), "3x2 , unconfirmed");
}

TEST(Html, IsReadWhole) {
  const Collected got = collect(*html_opener(), "<html><p>Hola</p></html>");
  EXPECT_EQ(got.type, "text/html");
  EXPECT_EQ(got.text_of_first(), "Hola");
  EXPECT_EQ(got.claimed(), 24U);
}

}  // namespace
}  // namespace careo
