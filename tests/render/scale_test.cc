// SPDX-License-Identifier: Apache-2.0
#include "render/scale.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

/// Every pixel is its own: red says the column, green the row.
Raster map_of(int width, int height) {
  Raster out = make_raster(width, height, 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      out.row(y)[3 * x] = static_cast<std::uint8_t>(x);
      out.row(y)[3 * x + 1] = static_cast<std::uint8_t>(y);
    }
  }
  return out;
}

TEST(Fit, KeepsWhatFitsAndItsShape) {
  const Raster raster = map_of(100, 50);
  EXPECT_EQ(fit(raster, 100).pixels, raster.pixels);
  const Raster half = fit(raster, 50);
  EXPECT_EQ(half.width, 50);
  EXPECT_EQ(half.height, 25);
  EXPECT_EQ(fit(map_of(200, 1), 10).height, 1);
}

TEST(Fit, IsTheMeanOfThePixelsBelow) {
  Raster raster = make_raster(4, 2, 1);
  raster.pixels = {0, 100, 10, 20, 0, 100, 30, 40};
  EXPECT_EQ(fit(raster, 2).pixels, (std::vector<std::uint8_t>{50, 25}));
  Raster thirds = make_raster(3, 1, 1);
  thirds.pixels = {0, 90, 255};
  EXPECT_EQ(fit(thirds, 2).pixels[0], 30) << "one pixel and half of the next";
}

TEST(CutOut, AnUprightBoxIsItsPixels) {
  const Result<Raster> cut = cut_out(map_of(100, 80), {10, 20, 30, 20, 30, 50, 10, 50}, 1000);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->width, 20);
  EXPECT_EQ(cut->height, 30);
  EXPECT_EQ(cut->row(0)[0], 10);
  EXPECT_EQ(cut->row(29)[3 * 19], 29);
  EXPECT_EQ(cut->row(29)[3 * 19 + 1], 49);
}

TEST(CutOut, ATurnedBoxComesOutUpright) {
  // The text runs upwards: its top left corner is the box's lower left one in the picture.
  const Result<Raster> cut = cut_out(map_of(100, 80), {10, 50, 10, 20, 30, 20, 30, 50}, 1000);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->width, 30);
  EXPECT_EQ(cut->height, 20);
  EXPECT_EQ(cut->row(0)[0], 10);
  EXPECT_EQ(cut->row(0)[1], 49);
  EXPECT_EQ(cut->row(0)[3 * 29 + 1], 20);
}

TEST(CutOut, APerspectiveBoxMeetsItsCorners) {
  const Result<Raster> cut = cut_out(map_of(200, 200), {20, 20, 180, 40, 160, 180, 40, 160}, 1000);
  ASSERT_TRUE(cut);
  EXPECT_NEAR(cut->row(0)[0], 20, 1);
  EXPECT_NEAR(cut->row(cut->height - 1)[3 * (cut->width - 1)], 160, 1);
  EXPECT_NEAR(cut->row(cut->height - 1)[3 * (cut->width - 1) + 1], 180, 1);
}

TEST(CutOut, OutsideIsWhiteAndNonsenseIsRefused) {
  const Result<Raster> cut = cut_out(map_of(50, 50), {-20, -20, 20, -20, 20, 20, -20, 20}, 1000);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->row(0)[0], 255);
  EXPECT_FALSE(cut_out(map_of(50, 50), {5, 5, 5, 5, 5, 5, 5, 5}, 1000));
  EXPECT_FALSE(cut_out(map_of(50, 50), {0, 0, 1 << 30, 0, 1 << 30, 9, 0, 9}, 1000));
  const Result<Raster> huge =
      cut_out(map_of(50, 50), {-100000, -100000, 100000, -100000, 100000, 100000, -100000, 100000}, 64);
  ASSERT_TRUE(huge);
  EXPECT_EQ(huge->width, 64);
}

}  // namespace
}  // namespace careo
