// SPDX-License-Identifier: Apache-2.0
#include "base/raster.h"

#include <gtest/gtest.h>

namespace careo {
namespace {

// Black print, a red stamp, the stamp over the print, paper.
const Raster kStamped{4, 1, 3, {10, 10, 10, 210, 40, 50, 25, 8, 8, 255, 250, 245}};

TEST(Raster, GreyIsLuminance) {
  const Raster grey = grey_of(kStamped);
  EXPECT_EQ(grey.channels, 1);
  EXPECT_EQ(grey.pixels, (std::vector<std::uint8_t>{10, 92, 13, 251}));
}

TEST(Raster, BlackStaysAndColourFades) {
  EXPECT_EQ(black_of(kStamped).pixels, (std::vector<std::uint8_t>{10, 210, 25, 255}));
}

TEST(Raster, WhatIsGreyStaysAsItIs) {
  const Raster grey{2, 1, 1, {7, 200}};
  EXPECT_EQ(grey_of(grey).pixels, grey.pixels);
  EXPECT_EQ(black_of(grey).pixels, grey.pixels);
}

}  // namespace
}  // namespace careo
