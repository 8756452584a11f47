// SPDX-License-Identifier: Apache-2.0
#include "read/picture_sketch.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/json.h"

namespace careo {
namespace {

Raster board(int width, int height, int channels, std::uint8_t dark = 40) {
  Raster out = make_raster(width, height, channels);
  for (int y = 0; y < height; ++y)
    for (int i = 0; i < width * channels; ++i)
      out.row(y)[i] = (i / channels * 8 / width + y * 8 / height) % 2 == 0 ? 200 : dark;
  return out;
}

std::vector<Reading> read(const Raster& raster, bool has_text = false) {
  Picture picture;
  picture.raster = raster;
  picture.has_text = has_text;
  return PictureSketchReader().read(picture);
}

TEST(PictureSketch, SaysSizeAndLight) {
  const std::vector<Reading> got = read(board(224, 112, 1));
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].kind, "picture");
  EXPECT_TRUE(got[0].region.empty());
  const auto value = Json::parse(got[0].value);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["width"].integer(), 224);
  EXPECT_EQ((*value)["height"].integer(), 112);
  const std::string& light = (*value)["light"].text();
  ASSERT_EQ(light.size(), 56U * 56U);
  // Light and dark alike often: one deviation above the mean, one below; 64 levels are six deviations.
  EXPECT_EQ(light.substr(0, 14), "qqqqqqqVVVVVVV");
  EXPECT_EQ(light.substr(light.size() - 14), "VVVVVVVqqqqqqq");
}

TEST(PictureSketch, ColoursAndGreyGiveTheSame) {
  EXPECT_EQ(read(board(301, 207, 3)), read(board(301, 207, 1)));
}

// It lies in cases on disks: a better one has another name.
TEST(PictureSketch, ASketchIsTheSameForever) {
  Raster odd = make_raster(97, 131, 1);
  std::uint32_t chance = 1;
  for (std::uint8_t& pixel : odd.pixels)
    pixel = static_cast<std::uint8_t>((chance = chance * 1664525U + 1013904223U) >> 24);
  ASSERT_EQ(read(odd).size(), 1U);
  EXPECT_EQ(sha256(read(odd)[0].value).hex().substr(0, 16), "fb067f88f3df22c5");
}

TEST(PictureSketch, IconsBlankPagesAndPagesWithTextHaveNone) {
  EXPECT_TRUE(read(board(63, 400, 1)).empty());
  EXPECT_EQ(read(board(64, 400, 1)).size(), 1U);
  EXPECT_TRUE(read(board(300, 300, 1, 196)).empty());  // hardly anything to be seen
  EXPECT_TRUE(read(make_raster(300, 300, 1)).empty());
  EXPECT_TRUE(read(board(300, 300, 1), true).empty());
  EXPECT_TRUE(read(Raster{}).empty());
}

// Thin and long ones: a field may lie within one pixel's row.
TEST(PictureSketch, AnyShape) {
  EXPECT_EQ(read(board(64, 20'000, 1)).size(), 1U);
  EXPECT_EQ(read(board(20'000, 64, 1)).size(), 1U);
}

}  // namespace
}  // namespace careo
