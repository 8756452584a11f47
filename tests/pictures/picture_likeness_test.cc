// SPDX-License-Identifier: Apache-2.0
// Sketches of pictures against the truth: copies that must be known again, and documents of one office, letters under
// one letterhead and strangers that must not.
#include "search/picture_likeness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include "album.h"
#include "read/picture_sketch.h"

namespace careo {
namespace {

std::string value_of(const Raster& raster) {
  Picture picture;
  picture.raster = raster;
  const std::vector<Reading> got = PictureSketchReader().read(picture);
  return got.empty() ? "" : got[0].value;
}

PictureSketch sketch_of(const Raster& raster) {
  return picture_sketch(value_of(raster)).value_or(PictureSketch{});
}

bool same(const PictureSketch& a, const PictureSketch& b) {
  return bits_apart(all_turns(picture_hash(a)), picture_hash(b)) <= kMostBits && match(a, b).apart <= kMostApart;
}

// Ratchets, in percent: only ever raised. What is not named here is no copy that is known again (pictures cut at their
// edges: docs/decisions/0025-pictures-known-again.md).
const std::map<std::string_view, double> kLeast = {
    {"half the size", 100},
    {"400 pixels", 97},
    {"JPEG, quality 30", 100},
    {"400 pixels, JPEG 50", 97},
    {"turned right, JPEG 50", 100},
    {"brighter, clipped", 45},
    {"darker", 100},
    {"more contrast", 75},
    {"gamma 1.5", 80},
};

TEST(PictureLikeness, CopiesAreKnownAgainAndOthersAreNot) {
  const std::vector<bench::Sheeted> all =
      bench::album({.seed = 5, .offices = 4, .holders = 6, .letterheads = 2, .letters = 4, .forms = 0, .shots = 1});
  ASSERT_GE(all.size(), 40U);
  std::vector<PictureSketch> own;
  std::map<std::string_view, double> found;
  for (const bench::Sheeted& one : all) {
    own.push_back(sketch_of(one.raster));
    ASSERT_GT(own.back().width, 0) << one.name;
    for (const bench::Change& change : bench::changes())
      if (kLeast.contains(change.name)) found[change.name] += same(own.back(), sketch_of(change.make(one.raster)));
  }
  for (const auto& [name, least] : kLeast) {
    const double share = 100 * found[name] / static_cast<double>(all.size());
    std::printf("%s: %.1f %% known again\n", std::string(name).c_str(), share);
    EXPECT_GE(share, least) << name;
  }
  double nearest = 1e9;
  std::size_t related = 0;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      related += !all[a].family.empty() && all[a].family == all[b].family ? 1 : 0;
      nearest = std::min(nearest, match(own[a], own[b]).apart);
      EXPECT_FALSE(same(own[a], own[b])) << all[a].name << " and " << all[b].name;  // at most none
    }
  std::printf("%zu pairs of one office or letterhead; the nearest of different ones is %.1f apart\n", related, nearest);
  EXPECT_GE(related, 70U);
}

Raster drawn(int width, int height, double phase = 0) {
  Raster out = make_raster(width, height, 1);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double u = 40.0 * x / width;
      const double v = 30.0 * y / height;
      out.row(y)[x] = static_cast<std::uint8_t>(
          std::lround(128 + 60 * std::sin(u / 3 + phase) * std::cos(v / 2) + 40 * std::sin(u * v / 30 + phase)));
    }
  return out;
}

TEST(PictureLikeness, ATurnIsFoundAndSaid) {
  const Raster one = drawn(300, 200);
  Raster other = make_raster(200, 300, 1);  // turned clockwise
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 300; ++x) other.row(x)[199 - y] = one.row(y)[x];
  const PictureSketch a = sketch_of(one);
  const PictureSketch b = sketch_of(other);
  EXPECT_EQ(turned(picture_hash(a)), picture_hash(b));
  EXPECT_EQ(turned(turned(turned(turned(picture_hash(b))))), picture_hash(b));
  EXPECT_EQ(bits_apart(all_turns(picture_hash(a)), picture_hash(b)), 0);
  const PictureMatch found = match(b, a);
  EXPECT_LE(found.apart, 0.1);
  EXPECT_EQ(found.quarters, 1);  // a is to be turned once to lie as b does
  EXPECT_EQ(match(a, b).quarters, 3);
  EXPECT_EQ(match(a, a).quarters, 0);
}

TEST(PictureLikeness, ShapesAndSkiesAreNotEnough) {
  const PictureSketch one = sketch_of(drawn(300, 200));
  EXPECT_FALSE(same(one, sketch_of(drawn(300, 200, 1.5))));
  EXPECT_TRUE(same(one, sketch_of(drawn(600, 400))));
  EXPECT_FALSE(same(one, sketch_of(drawn(300, 300))));  // stretched
  Raster sky = make_raster(300, 200, 1);
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 300; ++x) sky.row(y)[x] = static_cast<std::uint8_t>(y + 20);
  EXPECT_FALSE(same(sketch_of(sky), sketch_of(sky)));
}

TEST(PictureLikeness, WhatIsNoSketchIsNone) {
  const std::string good = value_of(drawn(300, 200));
  ASSERT_TRUE(picture_sketch(good));
  EXPECT_EQ(picture_sketch(good)->width, 300);
  for (const std::string bad :
       {"", "{}", "[1]", R"({"width":300,"height":200,"light":""})", R"({"width":300,"height":200,"light":7})"})
    EXPECT_FALSE(picture_sketch(bad)) << bad;
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string out = good;
    return out.replace(out.find(from), from.size(), to);
  };
  EXPECT_FALSE(picture_sketch(with("300", "0")));
  EXPECT_FALSE(picture_sketch(with("300", "-3")));
  EXPECT_FALSE(picture_sketch(with("200", "1e300")));
  EXPECT_FALSE(picture_sketch(with("\"light\":\"", "\"light\":\"AAAA")));
  std::string wrong = good;
  wrong[wrong.size() - 9] = '=';
  EXPECT_FALSE(picture_sketch(wrong));
}

}  // namespace
}  // namespace careo
