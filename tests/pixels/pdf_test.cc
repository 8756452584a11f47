// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
