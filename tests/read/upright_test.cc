// SPDX-License-Identifier: Apache-2.0
#include "read/upright.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

constexpr double kMost = 4e6;

// White, with black ink where the zone is and a grey square left above it.
Raster sheet() {
  Raster out = make_raster(900, 600, 1);
  std::fill(out.pixels.begin(), out.pixels.end(), std::uint8_t{255});
  for (int y = 500; y < 560; y += 2)
    for (int x = 60; x < 840; x += 3) out.row(y)[x] = 0;
  for (int y = 100; y < 200; ++y)
    for (int x = 100; x < 200; ++x) out.row(y)[x] = 128;
  return out;
}

constexpr PlacedZone kZone{{55, 495, 845, 495, 845, 565, 55, 565}, 44};

int darkest(const Raster& raster) {
  return *std::min_element(raster.pixels.begin(), raster.pixels.end());
}

/// Where the grey square's middle stands, in parts of the picture's sides.
Point square_in(const Raster& raster) {
  double x = 0, y = 0, count = 0;
  for (int row = 0; row < raster.height; ++row) {
    for (int column = 0; column < raster.width; ++column) {
      if (std::abs(raster.row(row)[column] - 128) > 20) continue;
      x += column, y += row, ++count;
    }
  }
  return {x / count / raster.width, y / count / raster.height};
}

TEST(Upright, TheZoneIsPaintedOverAndAMillimetreIsKnown) {
  const auto views = upright_views(sheet(), {kZone}, kMost);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_GT(darkest(views[0].grey), 100) << "ink of the zone is left";
  EXPECT_NEAR(views[0].grey.width, 900 * 30.0 * 44 / 790, 3);
  EXPECT_NEAR(square_in(views[0].grey).x, 150.0 / 900, 0.01);
  EXPECT_NEAR(square_in(views[0].grey).y, 150.0 / 600, 0.01);
}

TEST(Upright, AnyWayUp) {
  // The same sheet turned clockwise by quarters, its zone with it.
  Raster raster = sheet();
  PlacedZone zone = kZone;
  for (int quarter = 1; quarter < 4; ++quarter) {
    const int high = raster.height;
    for (std::size_t i = 0; i < 8; i += 2) {
      const int x = zone.box[i], y = zone.box[i + 1];
      zone.box[i] = high - 1 - y;
      zone.box[i + 1] = x;
    }
    raster = turned(raster, 1);
    const auto views = upright_views(raster, {zone}, kMost);
    ASSERT_EQ(views.size(), 1U);
    EXPECT_GT(darkest(views[0].grey), 100) << quarter;
    EXPECT_NEAR(square_in(views[0].grey).x, 150.0 / 900, 0.02) << quarter;
    EXPECT_NEAR(square_in(views[0].grey).y, 150.0 / 600, 0.02) << quarter;
  }
}

TEST(Upright, TwoZonesThatLieAlikeAreOneView) {
  PlacedZone upper = kZone, upside_down = kZone;
  for (std::size_t i = 1; i < 8; i += 2) upper.box[i] -= 300;
  upside_down.box = {845, 565, 55, 565, 55, 495, 845, 495};
  EXPECT_EQ(upright_views(sheet(), {kZone, upper}, kMost).size(), 1U);
  EXPECT_EQ(upright_views(sheet(), {kZone, upside_down}, kMost).size(), 2U);
  EXPECT_TRUE(upright_views(sheet(), {}, kMost).empty());
}

TEST(Upright, NoViewIsLargerThanAllowed) {
  for (const UprightView& view : upright_views(sheet(), {kZone}, 100'000))
    EXPECT_LE(view.grey.width * view.grey.height, 100'000);
  PlacedZone point = kZone;
  point.box = {10, 10, 10, 10, 10, 10, 10, 10};
  for (const UprightView& view : upright_views(sheet(), {point}, 1e6))
    EXPECT_LE(view.grey.width * view.grey.height, 1'000'000);
  EXPECT_TRUE(upright_views(make_raster(1, 1, 1), {kZone}, kMost).empty());
}

// Where a view's pixels stand in the picture is known: the square is found again from wherever the view shows it.
TEST(Upright, AViewSaysWhereItsPixelsStandInThePicture) {
  Raster raster = sheet();
  PlacedZone zone = kZone;
  Point square{150, 150};
  for (int quarter = 0; quarter < 4; ++quarter) {
    for (const double most : {kMost, 60'000.0}) {  // the second is made from a picture of half its size
      const auto views = upright_views(raster, {zone}, most);
      ASSERT_EQ(views.size(), 1U);
      const Point seen = square_in(views[0].grey);
      const double x = seen.x * views[0].grey.width, y = seen.y * views[0].grey.height;
      const auto& p = views[0].placing;
      EXPECT_NEAR(p[0] * x + p[2] * y + p[4], square.x, 6) << quarter;
      EXPECT_NEAR(p[1] * x + p[3] * y + p[5], square.y, 6) << quarter;
    }
    const int high = raster.height;
    for (std::size_t i = 0; i < 8; i += 2) {
      const int x = zone.box[i], y = zone.box[i + 1];
      zone.box[i] = high - 1 - y;
      zone.box[i + 1] = x;
    }
    square = {high - square.y, square.x};
    raster = turned(raster, 1);
  }
}

}  // namespace
}  // namespace careo
