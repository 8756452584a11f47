// SPDX-License-Identifier: Apache-2.0
// The openers whose parts are looked at: images and PDF.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pixels/image.h"
#include "pixels/png.h"
#include "unpack/collected.h"
#include "unpack/image/image.h"
#include "unpack/kept.h"
#include "unpack/pdf/pdf.h"

namespace careo {
namespace {

using ::testing::HasSubstr;

struct Watching : Collected {
  std::vector<Picture> seen;
  Result<void> picture(const Picture& picture) override {
    seen.push_back(picture);
    return {};
  }
};

Watching watch(const Opener& opener, std::string_view file, const Budget& budget = {}) {
  MemoryBytes part(file);
  Watching out;
  const Result<void> opened = opener.open(part, {}, budget, out);
  if (!opened) out.type = "error: " + opened.error().text();
  return out;
}

TEST(ImageOpener, GivesOneGreyPicture) {
  Raster colours = make_raster(40, 30, 3);
  const Buffer png = *encode_png(colours);
  const Watching got = watch(*image_opener(), text_of(png));
  ASSERT_EQ(got.seen.size(), 1U);
  EXPECT_EQ(got.seen[0].raster.channels, 1);
  EXPECT_EQ(got.seen[0].raster.width, 40);
  EXPECT_TRUE(got.seen[0].region.empty());
  EXPECT_EQ(got.type, "image/png");
  EXPECT_THAT(watch(*image_opener(), text_of(png), {.pixels = 100}).type, HasSubstr("over the limit"));
}

std::string be(std::uint32_t number, int width) {
  std::string out;
  for (int i = width; i-- > 0;) out += static_cast<char>(number >> (8 * i));
  return out;
}

// A PNG of `shown` whose EXIF block (TIFF 6.0, big-endian, a second directory for the thumbnail) holds a PNG of
// `thumb`.
std::string with_thumbnail(const Raster& shown, const Raster& thumb) {
  const Buffer small = *encode_png(thumb);
  const auto entry = [](std::uint32_t tag, std::uint32_t value) {
    return be(tag, 2) + be(4, 2) + be(1, 4) + be(value, 4);
  };
  const std::string tiff = "MM" + be(42, 2) + be(8, 4) + be(0, 2) + be(14, 4) + be(2, 2) + entry(0x201, 44) +
                           entry(0x202, static_cast<std::uint32_t>(small.size())) + be(0, 4) +
                           std::string(text_of(small));
  std::string png(text_of(*encode_png(shown)));
  png.insert(33, be(static_cast<std::uint32_t>(tiff.size()), 4) + "eXIf" + tiff + be(0, 4));
  return png;
}

Raster striped(int width, int height, bool upright) {
  Raster out = make_raster(width, height, 1);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) out.row(y)[x] = (upright ? 4 * x / width : 4 * y / height) % 2 == 0 ? 40 : 220;
  return out;
}

TEST(ImageOpener, WhatPeopleWroteIntoAPictureIsItsText) {
  const auto entry = [](std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
    return be(tag, 2) + be(type, 2) + be(count, 4) + be(value, 4);
  };
  const std::string rights = "\xC0\xED\xED\xE0 \xCF\xE5\xF2\xF0\xEE\xE2\xE0 \xF1\xED\xFF\xEB\xE0";  // windows-1251
  const std::string title = std::string("p\0o\0r\0t\0\0\0", 10);
  const std::string comment = std::string("UNICODE\0\4\x10\4\x3D", 12);
  // IFD0 with Copyright, XPTitle and the directory of EXIF, which has UserComment.
  const std::uint32_t first = 8 + 2 + 36 + 4;
  const auto rights_size = static_cast<std::uint32_t>(rights.size());
  const std::uint32_t second = first + rights_size + 10;
  const std::string tiff = "MM" + be(42, 2) + be(8, 4) + be(3, 2) + entry(0x8298, 2, rights_size, first) +
                           entry(0x8769, 4, 1, second) + entry(0x9C9B, 1, 10, first + rights_size) + be(0, 4) + rights +
                           title + be(1, 2) + entry(0x9286, 7, 12, second + 18) + be(0, 4) + comment;
  std::string png(text_of(*encode_png(striped(40, 30, true))));
  png.insert(33, be(static_cast<std::uint32_t>(tiff.size()), 4) + "eXIf" + tiff + be(0, 4));
  const Watching got = watch(*image_opener(), png);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8, "[Copyright: Анна Петрова сняла]\n[XPTitle: port]\n[UserComment: Ан]");
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_THAT(got.readings[0].value, HasSubstr(R"("fields":["Copyright: )"));
}

TEST(ImageOpener, AThumbnailThatShowsSomethingElseIsAPart) {
  const std::string other = with_thumbnail(striped(400, 300, true), striped(80, 60, false));
  const Watching got = watch(*image_opener(), other);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_TRUE(decode_image(*take_step(bytes_of(other), got.children[0].step)));
  EXPECT_EQ(got.readings.back().kind, "exif_thumbnail");
  EXPECT_EQ(got.readings.back().grade, Grade::Inconsistent);
  EXPECT_EQ(got.seen.size(), 1U);
  EXPECT_TRUE(watch(*image_opener(), with_thumbnail(striped(400, 300, true), striped(80, 60, true))).children.empty());
}

std::string le(std::uint32_t number, int width) {
  std::string out = be(number, width);
  return {out.rbegin(), out.rend()};
}

// A TIFF of so many pages of 8 by 8 pixels, each with its directory behind it.
std::string tiff_of(std::uint32_t pages) {
  const auto entry = [](std::uint32_t tag, std::uint32_t value) {
    return le(tag, 2) + le(4, 2) + le(1, 4) + le(value, 4);
  };
  std::string out("II*\0", 4);
  for (std::uint32_t page = 0; page < pages; ++page) {
    const auto at = static_cast<std::uint32_t>(out.size()) + 4;
    out += le(at + 64, 4) + std::string(64, 'x') + le(8, 2) + entry(256, 8) + entry(257, 8) + entry(258, 8) +
           entry(259, 1) + entry(262, 1) + entry(273, at) + entry(278, 8) + entry(279, 64);
  }
  return out + le(0, 4);
}

TEST(ImageOpener, PagesBeyondTheLimitAreCounted) {
  const Watching all = watch(*image_opener(), tiff_of(3));
  EXPECT_EQ(all.seen.size(), 3U);
  EXPECT_TRUE(all.unreads.empty());
  const Watching got = watch(*image_opener(), tiff_of(5), {.pictures = 2});
  EXPECT_EQ(got.seen.size(), 2U);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "document");
  EXPECT_EQ(got.readings[0].value, R"({"pages":5})");
  ASSERT_EQ(got.unreads.size(), 1U);
  EXPECT_EQ(got.unreads[0].region.page, 3U) << "the first that was not looked at";
  EXPECT_EQ(got.unreads[0].reason, "limit: more than 2 pages");
  EXPECT_TRUE(watch(*image_opener(), tiff_of(1)).readings.empty());
}

// Cut within the directory of its third page; or that directory is damaged, which two more stand behind.
TEST(ImageOpener, PagesThatCannotBeReachedAreTold) {
  constexpr std::size_t kPage = 166;
  const std::string whole = tiff_of(5);
  std::string damaged = whole;
  damaged[4 + 2 * kPage + 4 + 64 + 2 + 12] = 0;  // its height is none
  for (const auto& [file, pages] : {std::pair{whole.substr(0, 4 + 2 * kPage + 80), 3U}, std::pair{damaged, 5U}}) {
    const Watching got = watch(*image_opener(), file);
    EXPECT_EQ(got.seen.size(), 2U);
    ASSERT_EQ(got.readings.size(), 1U);
    EXPECT_EQ(got.readings[0].value, R"({"pages":)" + std::to_string(pages) + "}");
    ASSERT_EQ(got.unreads.size(), pages - 2);
    EXPECT_EQ(got.unreads[0].region.page, 3U);
    EXPECT_EQ(got.unreads[0].reason, "the structure is damaged");
  }
}

std::string pdf_with(const std::string& content, const std::string& kids = "3 0 R") {
  return "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[" + kids +
         "]/Count 3>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 4 0 "
         "R/Resources<</Font<</F 5 0 R>>>>>> "
         "endobj\n4 0 obj <</Length " +
         std::to_string(content.size()) + ">> stream\n" + content +
         "\nendstream endobj\n5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\ntrailer <</Root 1 0 "
         "R>>\n%%EOF\n";
}

TEST(PdfOpener, GivesTextByPageAndLooksWhereThereIsLittle) {
  const std::string file = pdf_with("BT /F 12 Tf 10 50 Td (A few words) Tj ET");
  const Watching got = watch(*pdf_opener(), file);
  ASSERT_EQ(got.texts.size(), 1U);
  EXPECT_EQ(got.texts[0].utf8, "A few words\n");
  EXPECT_EQ(got.texts[0].region.page, 1U);
  ASSERT_EQ(got.seen.size(), 1U) << "a page with little text may hold more than its text";
  EXPECT_EQ(got.seen[0].region.page, 1U);
  EXPECT_EQ(got.seen[0].dots_per_inch, 200);
  EXPECT_TRUE(got.seen[0].has_text);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].kind, "document");
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(PdfOpener, APageFullOfTextWithoutImagesIsNotDrawn) {
  std::string lines = "BT /F 6 Tf 10 60 Td 7 TL ";
  for (int i = 0; i < 8; ++i) lines += "(words and words and words and words) Tj T* ";
  EXPECT_TRUE(watch(*pdf_opener(), pdf_with(lines + "ET")).seen.empty());
}

TEST(PdfOpener, ABlankPageIsNothingToLookAt) {
  const Watching got = watch(*pdf_opener(), pdf_with(""));
  EXPECT_TRUE(got.seen.empty());
  EXPECT_TRUE(got.texts.empty());
}

TEST(PdfOpener, LimitsOfPagesAreTold) {
  const std::string three = pdf_with("0 0 72 72 re f", "3 0 R 3 0 R 3 0 R");
  const Watching few = watch(*pdf_opener(), three, {.pages = 2});
  ASSERT_FALSE(few.unreads.empty());
  EXPECT_EQ(few.unreads[0].reason, "limit: more than 2 pages");
  const Watching looks = watch(*pdf_opener(), three, {.pictures = 1});
  EXPECT_EQ(looks.seen.size(), 1U);
  EXPECT_FALSE(looks.unreads.empty());
}

TEST(KeptOpener, NamesWhatNobodyOpens) {
  EXPECT_THAT(watch(*kept_opener(), "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on").type,
              HasSubstr("unsupported type: application/x-ole-storage"));
  EXPECT_EQ(watch(*kept_opener(), "").type, "application/x-empty");
}

}  // namespace
}  // namespace careo
