// SPDX-License-Identifier: Apache-2.0
// What a PDF says besides its pages: fields of forms, and what earlier revisions said.
#include "unpack/pdf/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/zip_maker.h"

namespace careo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string stream(const std::string& data) {
  return "<</Length " + std::to_string(data.size()) + ">> stream\n" + data + "\nendstream";
}

std::string shown(const std::string& words) {
  return stream("BT /F 12 Tf 10 50 Td (" + words + ") Tj ET");
}

// Objects by their numbers and a trailer, as a first revision or as one that a later save appends.
std::string revision(const std::vector<std::pair<int, std::string>>& objects) {
  std::string out;
  for (const auto& [number, body] : objects) out += std::to_string(number) + " 0 obj " + body + " endobj\n";
  return out + "trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
}

std::string page_with(const std::string& annotations) {
  return "%PDF-1.4\n" +
         revision({{1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>"},
                   {2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"},
                   {3,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
                    "/Annots[" +
                        annotations + "]>>"},
                   {4, shown("Pay 400 to Ana")},
                   {5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
                   {6, "<</FT/Tx/T(payee)/V(Ana Ruiz)/Kids[7 0 R]>>"}});
}

std::string text_of_pdf(const std::string& file) {
  const Collected got = collect(*pdf_opener(), file);
  std::string out = got.type.starts_with("error") ? got.type : std::string();
  for (const Text& text : got.texts) out += text.utf8;
  return out;
}

TEST(PdfOpener, SaysWhatAFormHolds) {
  const std::string text = text_of_pdf(
      page_with("<</Subtype/Widget/FT/Tx/T(amount)/V(four\\rhundred)/F 2>> <</Subtype/Widget/FT/Btn/T(ticked)/V/Yes>>"
                "<</Subtype/Widget/FT/Btn/T(empty)/V/Off>> <</Subtype/Widget/FT/Tx/T(said)/V(Pay 400)>>"
                "<</Subtype/Widget/T(name)/Parent 6 0 R>>"));
  EXPECT_THAT(text, HasSubstr("Pay 400 to Ana"));
  EXPECT_THAT(text, HasSubstr("[field amount: four hundred]\n"));
  EXPECT_THAT(text, HasSubstr("[field ticked: Yes]\n"));
  EXPECT_THAT(text, HasSubstr("[field payee.name: Ana Ruiz]\n"));
  EXPECT_THAT(text, Not(HasSubstr("[field empty")));
  EXPECT_THAT(text, Not(HasSubstr("[field said"))) << "it stands on the page";
}

TEST(PdfOpener, SaysWhatEarlierRevisionsSaid) {
  const std::string first = page_with("");
  EXPECT_THAT(text_of_pdf(first), Not(HasSubstr("[revision")));
  const std::string later = first + revision({{4, shown("Pay 4 to Ana")}});
  const std::string text = text_of_pdf(later);
  EXPECT_THAT(text, HasSubstr("Pay 4 to Ana\n"));
  EXPECT_THAT(text, HasSubstr("[revision 1, page 1: Pay 400 to Ana]\n"));
  // What is as it was is not said again, and each line once.
  const std::string last = later + revision({{4, shown("Pay 400 to Ana")}});
  EXPECT_THAT(text_of_pdf(last), HasSubstr("[revision 2, page 1: Pay 4 to Ana]\n"));
  EXPECT_THAT(text_of_pdf(last), Not(HasSubstr("[revision 1")));
}

TEST(PdfOpener, LooksIntoAsManyRevisionsAsItSays) {
  std::string file = page_with("");
  for (int i = 0; i < 12; ++i) file += revision({{4, shown("version " + std::to_string(i))}});
  const Collected got = collect(*pdf_opener(), file);
  ASSERT_FALSE(got.unreads.empty());
  EXPECT_THAT(got.unreads.back().reason, HasSubstr("earlier revisions"));
  EXPECT_THAT(text_of_pdf(file), HasSubstr("version 11"));
}

/// The reading of kind "document".
std::string properties(const std::string& file) {
  const Collected got = collect(*pdf_opener(), file);
  return got.readings.empty() ? got.type : got.readings[0].value;
}

// By the count it is known, behind all texts, whether there is anything to draw.
TEST(PdfOpener, CountsPagesThatMustBeDrawnToBeSeen) {
  EXPECT_THAT(properties(page_with("")), HasSubstr(R"("pictured":1)")) << "few letters";
  std::string words;
  for (int i = 0; i < 5; ++i) words += "Ana pays four hundred on Monday. ";
  const std::string small = stream("BT /F 1 Tf 10 50 Td (" + words + ") Tj ET");
  EXPECT_THAT(properties(page_with("") + revision({{4, small}})), Not(HasSubstr("pictured")));
}

/// How the child that stands behind a document is addressed; "" where there is none.
std::string behind(const std::string& file) {
  const Collected got = collect(*pdf_opener(), file);
  EXPECT_THAT(got.texts.empty() ? got.type : got.texts[0].utf8, HasSubstr("Pay 400 to Ana"));
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_TRUE(got.unreads.empty());
  EXPECT_LE(got.children.size(), 1U);
  return got.children.empty() ? "" : got.children[0].step.print();
}

TEST(PdfOpener, WhatStandsBehindADocumentIsAPart) {
  const std::string document = page_with("");
  const std::string at = "range:" + std::to_string(document.size()) + "+";
  // A document in the ZIP is none of the one before it.
  const std::string zip = ZipMaker().add("notes.txt", "to be kept").add("other.pdf", document).finish();
  EXPECT_EQ(behind(document + zip), at + std::to_string(zip.size()));
  EXPECT_EQ(behind(document + std::string(200, 'x')), at + "200");
  EXPECT_EQ(behind(document), "");
  EXPECT_EQ(behind(document + std::string(500, '\0') + "\r\n"), "");
  EXPECT_EQ(behind(document + "a line that a server put there\n"), "");
  const std::string cut = "7 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Descent " + std::string(200, '1');
  EXPECT_EQ(behind(document + cut), "");
  // It was embedded as it is, and what holds it was cut short.
  EXPECT_EQ(behind(document + "\nendstream\nendobj\n" + cut), "");
}

}  // namespace
}  // namespace careo
