// SPDX-License-Identifier: Apache-2.0
// Symbols made by zxing's own writer, read back from pictures of them.
#include "read/barcode.h"

#include <gtest/gtest.h>

#define ZX_USE_UTF8 1
#include <BitMatrix.h>
#include <MultiFormatWriter.h>

#include "base/json.h"

namespace careo {
namespace {

// A light grey page of that size with the symbol in dark grey on it; across the middle, since zxing 1.4 looks for Aztec
// there and nowhere else.
Picture page_with(ZXing::BarcodeFormat format, const std::string& text, int width, int height, int side) {
  const auto symbol = ZXing::MultiFormatWriter(format).setMargin(4).encode(text, side, side / 2);
  Picture out;
  out.raster = make_raster(width, height, 1);
  std::fill(out.raster.pixels.begin(), out.raster.pixels.end(), std::uint8_t{225});
  for (int y = 0; y < symbol.height(); ++y) {
    for (int x = 0; x < symbol.width(); ++x) {
      if (symbol.get(x, y)) out.raster.row(y + (height - symbol.height()) / 2)[x + (width - symbol.width()) / 2] = 40;
    }
  }
  return out;
}

TEST(Barcode, ReadsWhatPapersCarry) {
  const BarcodeReader reader;
  for (const auto format : {ZXing::BarcodeFormat::PDF417, ZXing::BarcodeFormat::QRCode, ZXing::BarcodeFormat::Aztec,
                            ZXing::BarcodeFormat::DataMatrix, ZXing::BarcodeFormat::Code128}) {
    const auto readings = reader.read(page_with(format, "A1234567/NM", 1200, 900, 400));
    ASSERT_EQ(readings.size(), 1U) << ZXing::ToString(format);
    EXPECT_EQ(readings[0].raw, "A1234567/NM");
    EXPECT_EQ(readings[0].kind, "barcode");
    EXPECT_EQ(readings[0].grade == Grade::Checked, format != ZXing::BarcodeFormat::Code128);
    const auto value = Json::parse(readings[0].value);
    ASSERT_TRUE(value);
    EXPECT_EQ((*value)["format"].text(), ZXing::ToString(format));
    EXPECT_FALSE(value->has("document"));
    ASSERT_TRUE(readings[0].region.box);
    EXPECT_GE((*readings[0].region.box)[0], 400 - 8);
    EXPECT_LE((*readings[0].region.box)[4], 800 + 8);
  }
}

TEST(Barcode, ALargePictureIsLookedAtSmallAndTheBoxLiesInItsPixels) {
  const auto readings = BarcodeReader().read(page_with(ZXing::BarcodeFormat::QRCode, "A1234567", 4000, 3000, 1600));
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_GE((*readings[0].region.box)[0], 1200);
  EXPECT_GE((*readings[0].region.box)[4], 2000);
}

TEST(Barcode, ALicenceIsADocument) {
  const auto readings = BarcodeReader().read(
      page_with(ZXing::BarcodeFormat::PDF417,
                "@\n\x1e\rANSI 636099090002DL00410150DLDAQX7734120\nDCSNORDAHL\nDACERIK\nDBB08121974\nDBC1\nDCGUSA\r",
                1500, 1000, 900));
  ASSERT_EQ(readings.size(), 1U);
  const auto value = Json::parse(readings[0].value);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["document"]["fields"]["document_number"]["value"].text(), "X7734120");
}

TEST(Barcode, NothingAndAPixelGiveNothing) {
  Picture blank;
  EXPECT_TRUE(BarcodeReader().read(blank).empty());
  blank.raster = make_raster(1, 1, 1);
  EXPECT_TRUE(BarcodeReader().read(blank).empty());
  blank.raster = make_raster(640, 480, 1);
  EXPECT_TRUE(BarcodeReader().read(blank).empty());
}

}  // namespace
}  // namespace careo
