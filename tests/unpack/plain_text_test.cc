// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/plain_text.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include "base/json.h"
#include "unpack/collected.h"
#include "unpack/openers.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

std::string opener_of(std::string_view bytes, const Hints& hints = {}) {
  for (const Opener* opener : light_openers())
    if (opener->may(bytes_of(bytes), hints)) return std::string(opener->name());
  return "none";
}

/// UTF-8 in another charset, by ICU.
std::string encoded(std::string_view utf8, std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 8 + 16, '\0');
  const int32_t size = ucnv_convert(std::string(charset).c_str(), "utf-8", out.data(), static_cast<int32_t>(out.size()),
                                    utf8.data(), static_cast<int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << charset;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

TEST(LightOpeners, EachTakesItsOwn) {
  EXPECT_EQ(opener_of("From a@x Thu Jan  1 00:00:00 1970\nFrom: a@x\nTo: b@x\n\n"), "mailbox/5");
  EXPECT_EQ(opener_of("From: a@x\nTo: b@x\nSubject: s\n\nText"), "mail/7");
  EXPECT_EQ(opener_of("<!DOCTYPE html><html><body>x"), "html/5");
  EXPECT_EQ(opener_of("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"), "html/5");
  EXPECT_EQ(opener_of("<?xml version=\"1.0\"?>\n<note>x</note>"), "text/2");
  EXPECT_EQ(opener_of("a;b;c\n1;2;3\n4;5;6\n"), "csv/3");
  EXPECT_EQ(opener_of("a\tb\n1\t2\n3\t4\n"), "csv/3");
  EXPECT_EQ(opener_of("Dear all, hello.\nSee you, then.\nBye, Ana.\n"), "text/2");
  EXPECT_EQ(opener_of("Hola."), "text/2");
  EXPECT_EQ(opener_of(""), "text/2");
  EXPECT_EQ(opener_of("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n"), "vcard/2");
  EXPECT_EQ(opener_of("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"), "icalendar/2");
  EXPECT_EQ(opener_of(std::string_view("a;b;c\n1;\0;3\n4;5;6\nlast rows of it;7;8\n", 38)), "csv/3") << "one zero";
  EXPECT_EQ(opener_of(std::string_view("the end of a log\n\0\0\0\0\0\0\0\0", 25)), "text/2") << "padded with zeros";
  EXPECT_EQ(opener_of(std::string_view("\0\0\0\0\0\0\0\0", 8)), "none");
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
  EXPECT_EQ(opener_of("one,two\n", csv), "csv/3");
  Hints html;
  html.media_type = "text/html";
  EXPECT_EQ(opener_of("just words", html), "html/5");
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

// UTF-16 and UTF-32 as programs write them, marked and not, and codes of seven bits that nothing declares.
TEST(PlainText, KnowsUnitsAndEscapes) {
  const std::string sentence = "Ана получила 12 паспортов, да выпей чаю.\nHola, buenos días.\n";
  for (const std::string_view charset : {"utf-16le", "utf-16be", "utf-32le", "utf-32be"}) {
    const std::string units = encoded(sentence, charset);
    const std::string marked = encoded("\xEF\xBB\xBF" + sentence, charset);
    EXPECT_EQ(opener_of(marked), "text/2") << charset;
    const DecodedText with = decode_text(bytes_of(marked), "");
    EXPECT_EQ(with.utf8, sentence) << charset;
    EXPECT_EQ(with.grade, Grade::Checked) << charset;
    if (charset.starts_with("utf-32")) continue;
    EXPECT_EQ(opener_of(units), "text/2") << charset;
    const DecodedText without = decode_text(bytes_of(units), "");
    EXPECT_EQ(without.utf8, sentence) << charset;
    EXPECT_EQ(without.grade, Grade::Unconfirmed) << charset;
  }
  const std::string japanese = "日本語のテキストです。";
  const DecodedText escaped = decode_text(bytes_of(encoded(japanese, "iso-2022-jp")), "");
  EXPECT_EQ(escaped.utf8, japanese);
  EXPECT_EQ(escaped.grade, Grade::Unconfirmed);
  EXPECT_EQ(decode_text(bytes_of("costs $B and \x1B[1mbold\x1B[0m"), "").charset, "us-ascii");
}

TEST(PlainText, TellsGreekFromCyrillic) {
  const std::string greek = "Αυτό είναι ένα ελληνικό κείμενο για δοκιμή της κωδικοποίησης.";
  EXPECT_EQ(decode_text(bytes_of(encoded(greek, "windows-1253")), "").utf8, greek);
  const std::string russian = "Съешь же ещё этих мягких французских булок.";
  for (const std::string_view charset : {"windows-1251", "koi8-r", "ibm-866"})
    EXPECT_EQ(decode_text(bytes_of(encoded(russian, charset)), "").utf8, russian) << charset;
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

TEST(Table, RowsMayEndInABareCrAndTheFirstLineMaySayTheSeparator) {
  EXPECT_EQ(opener_of("a;b;c\r1;2;3\r4;5;6\r"), "csv/3");
  EXPECT_EQ(opener_of("\xEF\xBB\xBFsep=^\r\na^b\r\n1^2\r\n"), "csv/3");
  EXPECT_EQ(opener_of("sep=of\nwords\n"), "text/2");
  const Collected got = collect(*table_opener(), "sep=;\r\nname;sum\r\nAnna;1,5\r\nBoris;2,5\r\n");
  ASSERT_EQ(got.readings.size(), 1U);
  const Json table = *Json::parse(got.readings[0].value);
  EXPECT_EQ(table["separator"].text(), ";");
  EXPECT_EQ(table["rows"].integer(), 3);
  EXPECT_EQ(table["columns"].items().at(1)["name"].text(), "sum");
  EXPECT_NE(got.text_of_first().find("sep=;"), std::string::npos);
}

TEST(Table, ZerosInATextAreNotChecked) {
  const std::string_view zeros("a,b,c\n1\0,2,3\n4,5,6\n", 19);
  const Collected table = collect(*table_opener(), zeros);
  EXPECT_EQ(table.readings[0].grade, Grade::Unconfirmed);
  EXPECT_EQ(table.texts[0].grade, Grade::Unconfirmed);
  EXPECT_EQ(collect(*text_opener(), zeros).texts[0].grade, Grade::Unconfirmed);
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

TEST(Html, WhatIsNotShownStandsBehindWhatIs) {
  const Collected got = collect(*html_opener(), "<title>T</title><p>Hola<!-- y adi\xC3\xB3s -->");
  ASSERT_EQ(got.texts.size(), 1U) << "spans count in one text";
  EXPECT_EQ(got.text_of_first(), "T\nHola\n\n[comment: y adiós]");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "document");
  EXPECT_EQ(got.readings[0].value, "{\"title\":\"T\"}");
}

}  // namespace
}  // namespace careo
