// SPDX-License-Identifier: Apache-2.0
#include "pixels/resemblance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace careo {
namespace {

// A scene of `kind`, as a picture of that size shows it.
Raster scene(int kind, int width, int height, int bar = 0) {
  Raster out = make_raster(width, height, 1);
  for (int y = bar; y < height - bar; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = static_cast<double>(x) / width;
      const double v = static_cast<double>(y - bar) / (height - 2 * bar);
      const double light = kind == 0   ? (u - 0.3) * (u - 0.3) + (v - 0.6) * (v - 0.6) < 0.06 ? 1.0 : u * 0.5
                           : kind == 1 ? std::fmod(v * 3, 1.0)
                                       : (u > 0.6 ? 1.0 : 0.2);
      out.row(y)[x] = static_cast<std::uint8_t>(30 + light * 200);
    }
  }
  return out;
}

TEST(Resemblance, TheSameSceneSmallAndBetweenBars) {
  EXPECT_GT(*resemblance(scene(0, 1600, 900), scene(0, 160, 90)), 0.97);
  EXPECT_GT(*resemblance(scene(0, 1600, 900), scene(0, 160, 120, 15)), 0.97);
  EXPECT_GT(*resemblance(scene(1, 300, 400), scene(1, 120, 160)), 0.9);
}

TEST(Resemblance, AnotherSceneIsNone) {
  EXPECT_LT(*resemblance(scene(0, 1600, 900), scene(1, 160, 90)), 0.3);
  EXPECT_LT(*resemblance(scene(1, 1600, 900), scene(2, 160, 90)), 0.3);
}

TEST(Resemblance, NothingIsSaidOfOneLight) {
  EXPECT_FALSE(resemblance(make_raster(100, 100, 1), scene(0, 100, 100)));
  EXPECT_FALSE(resemblance(scene(0, 100, 100), make_raster(100, 100, 1)));
  EXPECT_FALSE(resemblance(scene(0, 100, 100), scene(0, 8, 8)));
}

}  // namespace
}  // namespace careo
