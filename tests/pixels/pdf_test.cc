// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/text.h"

namespace careo {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;

/// Objects 1 to n, without a cross-reference table: readers rebuild it.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = "/Root 1 0 R") {
  std::string out = "%PDF-1.4\n";
  for (std::size_t i = 0; i < objects.size(); ++i) out += std::to_string(i + 1) + " 0 obj " + objects[i] + " endobj\n";
  return out + "trailer <<" + trailer + ">>\n%%EOF\n";
}

std::string stream(const std::string& dict, const std::string& data) {
  return "<<" + dict + "/Length " + std::to_string(data.size()) + ">> stream\n" + data + "\nendstream";
}

std::string letter() {
  return pdf_of(
      {"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 7 0 R]>>>>>>",
       "<</Type/Pages/Kids[3 0 R]/Count 1>>",
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 "
       "R>>>>"
       "/Annots[<</Subtype/Text/Rect[0 0 9 9]/T(Eva)/Contents(look here)>>]>>",
       stream("", "0 0 72 36 re f BT /F 12 Tf 10 50 Td (Hello page) Tj ET q 9 0 0 9 0 0 cm /I Do Q"),
       "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
       stream("/Subtype/Image/Width 600/Height 100/BitsPerComponent 1/ColorSpace/DeviceGray",
              std::string(7500, '\xff')),
       "<</Type/Filespec/F(note.txt)/EF<</F 8 0 R>>>>", stream("/Type/EmbeddedFile/Subtype/text#2Fplain", "inside"),
       "<</Title(A \\251 title)/CreationDate(D:20210304050607+02'00')>>"},
      "/Root 1 0 R/Info 9 0 R");
}

TEST(Pdf, TextInfoRemarksAndImages) {
  const std::string file = letter();
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_EQ((*pdf)->pages(), 1U);
  EXPECT_EQ((*pdf)->text(1), "Hello page\n");
  EXPECT_EQ((*pdf)->text(2), "");
  EXPECT_THAT((*pdf)->info(), Contains(Pair("title", "A © title")));
  EXPECT_THAT((*pdf)->info(), Contains(Pair("created", "2021-03-04T05:06:07+02:00")));
  const PdfPage page = (*pdf)->look(1);
  EXPECT_DOUBLE_EQ(page.width, 2);
  EXPECT_EQ(page.images, 1U);
  EXPECT_DOUBLE_EQ(page.image_dpi, 300);
  EXPECT_THAT(page.comments, ElementsAre("[comment by Eva: look here]"));
}

TEST(Pdf, SaysWhyAPageIsNotDrawn) {
  const auto why = [](const std::string& box) {
    std::string file = letter();
    file.replace(file.find("[0 0 144 72]"), 12, box);
    return (*Pdf::open(bytes_of(file)))->draw(1, 100, Pdf::Colours::Grey, 1'000'000).error().message;
  };
  EXPECT_EQ(why("[0 0 144 0]"), "page 1 has no area");
  EXPECT_EQ(why("[0 0 9999 9999]"), "limit: a page too large to draw");
}

// The letter broken off behind `mark`.
std::string cut_behind(const std::string& file, std::string_view mark) {
  return file.substr(0, file.find(mark) + mark.size());
}

TEST(Pdf, ReadsWhatStandsBeforeACut) {
  const std::string whole = letter();
  const std::string file = cut_behind(whole, "/BaseFont/Helvetica>> endobj");
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_TRUE((*pdf)->mended());
  EXPECT_TRUE((*pdf)->structured());
  EXPECT_EQ((*pdf)->pages(), 1U);
  EXPECT_EQ((*pdf)->text(1), "Hello page\n");
  EXPECT_FALSE((*Pdf::open(bytes_of(whole)))->mended());
}

TEST(Pdf, FindsPagesWithoutTheirTree) {
  std::string file = letter();
  file = file.substr(file.find("3 0 obj"), file.find("trailer") - file.find("3 0 obj"));
  file = "%PDF-1.4\n" + file;
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_EQ((*pdf)->text(1), "Hello page\n");
}

TEST(Pdf, FindsPagesInPackedObjectsBeforeACut) {
  const std::string page =
      "<</Type/Page/MediaBox[0 0 144 72]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> "
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
  const std::string pairs = "3 0 5 " + std::to_string(page.find("<</Type/Font")) + " ";
  const std::string plain = pairs + page;
  std::string packed(plain.size() + 64, '\0');
  uLongf size = packed.size();
  ASSERT_EQ(compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
                     plain.size()),
            Z_OK);
  packed.resize(size);
  const std::string file =
      "%PDF-1.5\n4 0 obj " + stream("", "BT /F 12 Tf 10 50 Td (Packed page) Tj ET") + " endobj\n9 0 obj " +
      stream("/Type/ObjStm/Filter/FlateDecode/N 2/First " + std::to_string(pairs.size()), packed) + " endobj\n10 0 o";
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_EQ((*pdf)->text(1), "Packed page\n");
}

TEST(Pdf, ACutAnywhereGivesNothingThatTheWholeHasNot) {
  const std::string whole = letter();
  std::size_t read = 0;
  for (std::size_t to = 0; to < whole.size(); to += to < 1000 || to + 1000 > whole.size() ? 7 : 977) {
    const std::string file = whole.substr(0, to);
    const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
    if (!pdf) continue;
    const std::string text = (*pdf)->text(1);
    EXPECT_TRUE(text.empty() || std::string_view("Hello page\n").starts_with(trim(text))) << to << text;
    read += text == "Hello page\n" ? 1 : 0;
  }
  EXPECT_GT(read, 100U);
}

TEST(Pdf, WhatIsLockedOrHasNoPageIsNotMended) {
  const std::string locked = cut_behind(letter(), "/BaseFont/Helvetica>> endobj") +
                             "\n9 0 obj <</Filter/Standard/V 1/R 2/O(o)/U(u)/P -1>> endobj\n";
  EXPECT_FALSE(Pdf::open(bytes_of(locked)));
  EXPECT_FALSE(Pdf::open(bytes_of(std::string_view("%PDF-1.4\n1 0 obj <</Type/Font>> endobj\n"))));
}

TEST(Pdf, FilesInsideComeByTheirObject) {
  const std::string file = letter();
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf);
  const std::vector<PdfFile> files = (*pdf)->files();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].object, 8U);
  EXPECT_EQ(files[0].name, "note.txt");
  EXPECT_EQ(files[0].media_type, "text/plain");
  std::string got;
  const auto take = [&](Bytes piece) -> Result<void> {
    got += text_of(piece);
    return {};
  };
  EXPECT_TRUE((*pdf)->give_file(files[0], take));
  EXPECT_EQ(got, "inside");
  const auto refuse = [](Bytes) -> Result<void> { return fail(Fault::Refused, "enough"); };
  const Result<void> refused = (*pdf)->give_file(files[0], refuse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "enough");
}

TEST(Pdf, ThePageIsDrawnInAGridThatTheDocumentAloneDecides) {
  const std::string file = letter();
  const Result<std::unique_ptr<Pdf>> pdf = Pdf::open(bytes_of(file));
  ASSERT_TRUE(pdf);
  const PdfPage page = (*pdf)->look(1);
  EXPECT_EQ((*pdf)->draw_dpi(page, 120'000'000), 300);
  EXPECT_EQ((*pdf)->draw_dpi({.width = 2, .height = 1}, 120'000'000), 200);
  EXPECT_EQ((*pdf)->draw_dpi({.width = 200, .height = 200}, 1'000'000), 5);
  const Result<Raster> drawn = (*pdf)->draw(1, 100, Pdf::Colours::Grey, 120'000'000);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->width, 200);
  EXPECT_EQ(drawn->height, 100);
  EXPECT_EQ(drawn->row(90)[60], 0);
  EXPECT_EQ(drawn->row(90)[160], 255);
  EXPECT_EQ((*pdf)->draw(1, 100, Pdf::Colours::Rgb, 120'000'000)->channels, 3);
  EXPECT_EQ((*pdf)->draw(1, 1000, Pdf::Colours::Grey, 1000).error().fault, Fault::Refused);
}

TEST(Pdf, WhatIsNoPdfIsSaidSo) {
  EXPECT_FALSE(Pdf::open({}));
  EXPECT_FALSE(Pdf::open(bytes_of("%PDF-1.4\nnothing more")));
}

TEST(Pdf, WarmingUpTwiceIsHarmless) {
  warm_up_pdf();
  warm_up_pdf();
  const std::string file = letter();
  EXPECT_EQ((*Pdf::open(bytes_of(file)))->text(1), "Hello page\n");
}

}  // namespace
}  // namespace careo
