// SPDX-License-Identifier: Apache-2.0
#include "render/renderer.h"

#include <gtest/gtest.h>

#include "pixels/image.h"
#include "pixels/png.h"

namespace careo {
namespace {

class Held : public PartBytes {
 public:
  explicit Held(Buffer bytes) : bytes_(std::move(bytes)) {}
  explicit Held(std::string_view text) : bytes_(text.begin(), text.end()) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override { return slice(bytes_, offset, length); }

 private:
  Buffer bytes_;
};

Buffer picture() {
  Raster raster = make_raster(300, 200, 1);
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 300; ++x) raster.row(y)[x] = x < 150 ? 0 : 200;
  }
  return *encode_png(raster);
}

/// One page, 2 by 1 inches, the left half black.
constexpr std::string_view Pdf = R"(%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 4 0 R>> endobj
4 0 obj <</Length 15>> stream
0 0 72 72 re f
endstream endobj
trailer <</Root 1 0 R/Size 5>>
%%EOF
)";

Raster drawn(PartBytes& part, const Region& region, int max_side) {
  const Result<Buffer> png = renderer()->png(part, {}, region, max_side);
  EXPECT_TRUE(png) << png.error().text();
  return png ? *decode_image(*png) : Raster{};
}

TEST(Renderer, DrawsAnImageNoLargerThanAsked) {
  Held part(picture());
  const Raster small = drawn(part, {}, 150);
  EXPECT_EQ(small.width, 150);
  EXPECT_EQ(small.height, 100);
  EXPECT_EQ(drawn(part, {}, 5000).width, 300);
}

TEST(Renderer, CutsABoxOut) {
  Held part(picture());
  Region region;
  region.box = Region::Box{160, 20, 200, 20, 200, 40, 160, 40};
  const Raster crop = drawn(part, region, 500);
  EXPECT_EQ(crop.width, 40);
  EXPECT_EQ(crop.height, 20);
  EXPECT_EQ(crop.pixels[0], 200);
}

TEST(Renderer, DrawsPagesAndTheirBoxesInTheGridOfTheReaders) {
  Held part(Pdf);
  Region page;
  page.page = 1;
  const Raster whole = drawn(part, page, 200);
  EXPECT_EQ(whole.width, 200);
  EXPECT_EQ(whole.height, 100);
  EXPECT_EQ(whole.row(50)[3 * 50], 0);
  EXPECT_EQ(whole.row(50)[3 * 150], 255);
  page.box = Region::Box{190, 10, 210, 10, 210, 30, 190, 30};  // round the edge at 200 dots an inch
  const Raster edge = drawn(part, page, 500);
  EXPECT_EQ(edge.row(5)[3 * 2], 0);
  EXPECT_EQ(edge.row(5)[3 * 17], 255);
  page.page = 2;
  EXPECT_FALSE(renderer()->png(part, {}, page, 100));
}

TEST(Renderer, EqualPicturesGiveEqualBytes) {
  Held part(Pdf);
  const Result<Buffer> first = renderer()->png(part, {}, {}, 300);
  const Result<Buffer> second = renderer()->png(part, {}, {}, 300);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
}

TEST(Renderer, WhatHasNoPictureIsUnsupported) {
  Held part("just text");
  const Result<Buffer> none = renderer()->png(part, {}, {}, 100);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, Fault::Unsupported);
}

}  // namespace
}  // namespace careo
