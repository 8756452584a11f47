// SPDX-License-Identifier: Apache-2.0
#include "pixels/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <jpeglib.h>

#include "pixels/exif.h"
#include "pixels/png.h"

namespace careo {
namespace {

using ::testing::HasSubstr;
using Channels = DecodeLimits::Channels;

/// A gradient that survives JPEG: smooth in both directions.
Raster gradient(int width, int height, int channels) {
  Raster out = make_raster(width, height, channels);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width * channels; ++x) {
      out.row(y)[x] = static_cast<std::uint8_t>((x / channels + y + 60 * (x % channels)) % 200 + 20);
    }
  }
  return out;
}

Buffer jpeg_of(const Raster& raster, J_COLOR_SPACE space, const Buffer& exif = {}) {
  jpeg_compress_struct info{};
  jpeg_error_mgr error{};
  info.err = jpeg_std_error(&error);
  jpeg_create_compress(&info);
  unsigned char* data = nullptr;
  unsigned long length = 0;
  jpeg_mem_dest(&info, &data, &length);
  info.image_width = static_cast<JDIMENSION>(raster.width);
  info.image_height = static_cast<JDIMENSION>(raster.height);
  const int components = space == JCS_CMYK ? 4 : raster.channels;
  info.input_components = components;
  info.in_color_space = space;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  jpeg_start_compress(&info, TRUE);
  if (!exif.empty()) jpeg_write_marker(&info, JPEG_APP0 + 1, exif.data(), static_cast<unsigned>(exif.size()));
  std::vector<std::uint8_t> line(static_cast<std::size_t>(raster.width * components));
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width * components; ++x) {
      // Adobe's CMYK: 255 is no ink, so white is 255 four times.
      line[static_cast<std::size_t>(x)] =
          components == 4 ? (x % 4 == 3 ? std::uint8_t{255} : raster.row(y)[x / 4 * 3 + x % 4]) : raster.row(y)[x];
    }
    std::uint8_t* row = line.data();
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  Buffer out(data, data + length);
  std::free(data);
  return out;
}

/// "Exif", a TIFF header and one directory entry: the orientation.
Buffer exif_with_orientation(std::uint16_t orientation) {
  Packer out;
  out.raw(bytes_of(std::string_view("Exif\0\0II*\0", 10))).u32le(8).u16le(1);
  out.u16le(274).u16le(3).u32le(1).u16le(orientation).u16le(0).u32le(0);
  return out.take();
}

double distance(const Raster& a, const Raster& b) {
  if (a.pixels.size() != b.pixels.size()) return 1e9;
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int{a.pixels[i]} - int{b.pixels[i]});
  return sum / static_cast<double>(a.pixels.size());
}

TEST(Jpeg, DecodesGreyColourAndInk) {
  const Raster grey = gradient(120, 80, 1);
  const Raster colour = gradient(120, 80, 3);
  EXPECT_LT(distance(*decode_image(jpeg_of(grey, JCS_GRAYSCALE)), grey), 2);
  EXPECT_LT(distance(*decode_image(jpeg_of(colour, JCS_RGB)), colour), 4);
  EXPECT_LT(distance(*decode_image(jpeg_of(colour, JCS_CMYK)), colour), 4);
  EXPECT_LT(distance(*decode_image(jpeg_of(colour, JCS_RGB), {.channels = Channels::Grey}), grey_of(colour)), 3);
  EXPECT_EQ(decode_image(jpeg_of(grey, JCS_GRAYSCALE), {.channels = Channels::Rgb})->channels, 3);
}

TEST(Jpeg, ACutFileGivesItsUpperPartAndSaysSo) {
  const Raster grey = gradient(400, 400, 1);
  Buffer file = jpeg_of(grey, JCS_GRAYSCALE);
  file.resize(file.size() / 2);
  const Result<DecodedImage> got = decode_page(file, 1);
  ASSERT_TRUE(got);
  EXPECT_THAT(got->damage, HasSubstr("from row"));
  EXPECT_EQ(got->raster.height, 400);
  Raster upper = got->raster;
  Raster wanted = grey;
  upper.pixels.resize(400 * 100);
  wanted.pixels.resize(400 * 100);
  EXPECT_LT(distance(upper, wanted), 2);
}

TEST(Jpeg, TheCameraTurnsThePicture) {
  const Raster grey = gradient(60, 40, 1);
  const Result<Raster> turned = decode_image(jpeg_of(grey, JCS_GRAYSCALE, exif_with_orientation(6)));
  ASSERT_TRUE(turned);
  EXPECT_EQ(turned->width, 40);
  EXPECT_EQ(turned->height, 60);
  EXPECT_LT(distance(*turned, oriented(grey, 6)), 2);
  const Result<Raster> left =
      decode_image(jpeg_of(grey, JCS_GRAYSCALE, exif_with_orientation(6)), {.upright = DecodeLimits::Upright::No});
  EXPECT_EQ(left->width, 60);
}

TEST(Orientation, TurnsEachOfTheEightWays) {
  Raster corner = make_raster(3, 2, 1);
  corner.pixels = {1, 2, 3, 4, 5, 6};
  using Pixels = std::vector<std::uint8_t>;
  EXPECT_EQ(oriented(corner, 1).pixels, (Pixels{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(oriented(corner, 2).pixels, (Pixels{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(oriented(corner, 3).pixels, (Pixels{6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(oriented(corner, 4).pixels, (Pixels{4, 5, 6, 1, 2, 3}));
  EXPECT_EQ(oriented(corner, 5).pixels, (Pixels{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(oriented(corner, 6).pixels, (Pixels{4, 1, 5, 2, 6, 3}));
  EXPECT_EQ(oriented(corner, 7).pixels, (Pixels{6, 3, 5, 2, 4, 1}));
  EXPECT_EQ(oriented(corner, 8).pixels, (Pixels{3, 6, 2, 5, 1, 4}));
  EXPECT_EQ(oriented(corner, 77).pixels, corner.pixels);
}

TEST(Png, ComesBackAsItWent) {
  for (const int channels : {1, 3}) {
    const Raster raster = gradient(33, 17, channels);
    const Result<Buffer> file = encode_png(raster);
    ASSERT_TRUE(file);
    EXPECT_EQ(decode_image(*file)->pixels, raster.pixels);
    EXPECT_EQ(*encode_png(raster), *file) << "equal pictures, equal bytes";
  }
  EXPECT_FALSE(encode_png({}));
}

TEST(Png, ACutFileGivesItsUpperRows) {
  std::mt19937 random(3);
  Raster noise = make_raster(200, 200, 1);
  for (std::uint8_t& pixel : noise.pixels) pixel = static_cast<std::uint8_t>(random());
  Buffer file = *encode_png(noise);
  file.resize(file.size() / 2);
  const Result<DecodedImage> got = decode_page(file, 1);
  ASSERT_TRUE(got);
  EXPECT_THAT(got->damage, HasSubstr("ends early"));
  EXPECT_TRUE(std::equal(noise.pixels.begin(), noise.pixels.begin() + 200 * 80, got->raster.pixels.begin()));
  EXPECT_EQ(got->raster.pixels.back(), 255) << "what is missing is white";
}

/// Pages of uncompressed grey, one strip each.
Buffer tiff_of(const std::vector<Raster>& pages, std::uint16_t orientation = 1) {
  Packer out;
  out.raw(bytes_of(std::string_view("II*\0", 4)));
  std::uint32_t at = 8;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const Raster& page = pages[i];
    const auto size = static_cast<std::uint32_t>(page.pixels.size());
    out.u32le(at + size);  // offset of this page's directory, behind its pixels
    out.raw(page.pixels);
    struct Field {
      std::uint16_t tag;
      std::uint16_t type;
      std::uint32_t value;
    };
    const std::vector<Field> fields = {{256, 4, static_cast<std::uint32_t>(page.width)},
                                       {257, 4, static_cast<std::uint32_t>(page.height)},
                                       {258, 3, 8},
                                       {259, 3, 1},
                                       {262, 3, 1},
                                       {273, 4, at},
                                       {274, 3, orientation},
                                       {277, 3, 1},
                                       {278, 4, static_cast<std::uint32_t>(page.height)},
                                       {279, 4, size}};
    out.u16le(static_cast<std::uint16_t>(fields.size()));
    for (const Field& field : fields) out.u16le(field.tag).u16le(field.type).u32le(1).u32le(field.value);
    at = static_cast<std::uint32_t>(out.size()) + 4;
  }
  out.u32le(0);
  return out.take();
}

TEST(Tiff, EachPageIsAPicture) {
  const std::vector<Raster> pages = {gradient(20, 10, 1), gradient(7, 9, 1), gradient(30, 30, 1)};
  const Buffer file = tiff_of(pages);
  EXPECT_EQ(image_pages(file, 100).value_or(0), 3U);
  EXPECT_EQ(image_pages(file, 2).value_or(0), 3U) << "the third is counted, not read";
  Buffer round = file;  // its last page leads back to its first
  std::copy(file.begin() + 4, file.begin() + 8, round.end() - 4);
  EXPECT_EQ(image_pages(round, 2).value_or(0), 3U);
  EXPECT_EQ(image_pages(round, 100).value_or(0), 3U);
  for (std::uint32_t page = 1; page <= 3; ++page) {
    const Result<DecodedImage> got = decode_page(file, page);
    ASSERT_TRUE(got) << got.error().text();
    EXPECT_EQ(got->raster.channels, 1);
    EXPECT_EQ(got->raster.pixels, pages[page - 1].pixels);
  }
  EXPECT_FALSE(decode_page(file, 4));
  EXPECT_EQ(decode_image(tiff_of({pages[0]}, 8))->pixels, oriented(pages[0], 8).pixels);
}

TEST(Image, AClaimOfTooManyPixelsIsRefusedBeforeAnythingIsSetAside) {
  Buffer png = *encode_png(gradient(10, 10, 1));
  png[18] = 0x75;  // 30,000 by 30,000 in the header; its checksum no longer holds, which is not what stops us
  png[19] = 0x30;
  png[22] = 0x75;
  png[23] = 0x30;
  const Result<Raster> got = decode_image(png);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().fault, Fault::Refused);
  EXPECT_THAT(got.error().message, HasSubstr("30000 x 30000"));
  Buffer jpeg = jpeg_of(gradient(10, 10, 1), JCS_GRAYSCALE);
  for (std::size_t i = 0; i + 9 < jpeg.size(); ++i) {
    if (jpeg[i] == 0xff && jpeg[i + 1] == 0xc0) jpeg[i + 5] = jpeg[i + 7] = 0x75;
  }
  EXPECT_EQ(decode_image(jpeg).error().fault, Fault::Refused);
  EXPECT_EQ(decode_image(*encode_png(gradient(10, 10, 1)), {.pixels = 99}).error().fault, Fault::Refused);
}

TEST(Image, AClaimOfATiffIsRefusedToo) {
  Buffer tiff = tiff_of({gradient(10, 10, 1)});
  const auto directory = static_cast<std::size_t>(8 + 100);
  for (const std::size_t field : {directory + 2, directory + 14}) tiff[field + 8] = 0x30, tiff[field + 9] = 0x75;
  const Result<Raster> got = decode_image(tiff);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().fault, Fault::Refused);
}

TEST(Image, AProfileThatIsNoneHarmsNothing) {
  const Raster grey = gradient(40, 30, 1);
  Buffer jpeg = jpeg_of(grey, JCS_GRAYSCALE);
  const std::string_view app2("\xff\xe2\0\x18ICC_PROFILE\0\x01\x01garbage!", 26);
  jpeg.insert(jpeg.begin() + 2, app2.begin(), app2.end());
  const Result<DecodedImage> from_jpeg = decode_page(jpeg, 1);
  ASSERT_TRUE(from_jpeg) << from_jpeg.error().text();
  EXPECT_LT(distance(from_jpeg->raster, grey), 2);
  Buffer png = *encode_png(grey);
  const std::string_view chunk("\0\0\0\x08iCCPgarbage!\x01\x02\x03\x04", 20);  // its checksum is wrong as well
  png.insert(png.begin() + 33, chunk.begin(), chunk.end());
  const Result<DecodedImage> from_png = decode_page(png, 1);
  ASSERT_TRUE(from_png) << from_png.error().text();
  EXPECT_EQ(from_png->raster.pixels, grey.pixels);
}

TEST(Image, AnAnimationIsItsFirstFrame) {
  // One pixel, black and white in the table; the first frame is white, the second black.
  const std::string_view gif(
      "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
      ",\0\0\0\0\1\0\1\0\0\2\2\x4c\1\0"
      ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;",
      50);
  EXPECT_EQ(image_pages(bytes_of(gif), 10).value_or(0), 1U);
  const Result<Raster> got = decode_image(bytes_of(gif), {.channels = Channels::Grey});
  ASSERT_TRUE(got) << got.error().text();
  EXPECT_EQ(got->pixels, std::vector<std::uint8_t>{255});
}

TEST(Image, SixteenBitsBecomeEight) {
  // A TIFF page of 2 x 1 samples of 16 bits: 0x1234 and 0xFEDC.
  Packer out;
  out.raw(bytes_of(std::string_view("II*\0", 4))).u32le(12).u16le(0x1234).u16le(0xFEDC).u16le(9);
  const std::array<std::array<std::uint32_t, 3>, 9> fields{{{256, 4, 2},
                                                            {257, 4, 1},
                                                            {258, 3, 16},
                                                            {259, 3, 1},
                                                            {262, 3, 1},
                                                            {273, 4, 8},
                                                            {277, 3, 1},
                                                            {278, 4, 1},
                                                            {279, 4, 4}}};
  for (const auto& [tag, type, value] : fields) {
    out.u16le(static_cast<std::uint16_t>(tag)).u16le(static_cast<std::uint16_t>(type)).u32le(1).u32le(value);
  }
  out.u32le(0);
  const Buffer file = out.take();
  const Result<Raster> got = decode_image(file, {.channels = Channels::Grey});
  ASSERT_TRUE(got) << got.error().text();
  ASSERT_EQ(got->pixels.size(), 2U);
  EXPECT_NEAR(got->pixels[0], 0x12, 1);
  EXPECT_NEAR(got->pixels[1], 0xFE, 1);
}

TEST(Image, OnePixelIsAPictureAndTextIsNone) {
  Raster dot = make_raster(1, 1, 1);
  dot.pixels = {77};
  EXPECT_EQ(decode_image(*encode_png(dot))->pixels, dot.pixels);
  EXPECT_EQ(decode_image(bytes_of("no picture")).error().fault, Fault::Unsupported);
  EXPECT_EQ(decode_image({}).error().fault, Fault::Unsupported);
}

TEST(Image, NoFlippedByteBreaksADecoder) {
  std::mt19937 random(5);
  const std::vector<Buffer> files = {jpeg_of(gradient(60, 40, 3), JCS_RGB), *encode_png(gradient(60, 40, 3)),
                                     tiff_of({gradient(60, 40, 1)})};
  for (const Buffer& file : files) {
    for (int round = 0; round < 300; ++round) {
      Buffer bent = file;
      for (int i = 0; i < 4; ++i) bent[random() % bent.size()] = static_cast<std::uint8_t>(random());
      const Result<DecodedImage> got = decode_page(bent, 1, {.pixels = 1'000'000});
      if (!got) continue;
      EXPECT_EQ(got->raster.pixels.size(), static_cast<std::size_t>(got->raster.width) *
                                               static_cast<std::size_t>(got->raster.height * got->raster.channels));
    }
  }
}

TEST(Exif, GivesWhatTheCameraWrote) {
  Packer tiff;  // one directory, two texts that fit into their entries, one GPS directory
  tiff.raw(bytes_of(std::string_view("Exif\0\0MM\0*", 10)));
  const auto be32 = [](std::uint32_t v) {
    return std::string{static_cast<char>(v >> 24U), static_cast<char>(v >> 16U), static_cast<char>(v >> 8U),
                       static_cast<char>(v)};
  };
  const auto entry = [&](std::uint16_t tag, std::uint16_t type, std::uint32_t count, const std::string& value) {
    return std::string{static_cast<char>(tag >> 8U), static_cast<char>(tag), static_cast<char>(type >> 8U),
                       static_cast<char>(type)} +
           be32(count) + value;
  };
  const std::string two{"\0\2", 2};
  std::string body =
      be32(8) + two + entry(271, 2, 4, std::string("Acm\0", 4)) + entry(0x8825, 4, 1, be32(38)) + be32(0);
  const std::string four{"\0\4", 2};
  body += four + entry(1, 2, 2, std::string("S\0\0\0", 4)) + entry(2, 5, 3, be32(92)) +
          entry(3, 2, 2, std::string("E\0\0\0", 4)) + entry(4, 5, 3, be32(116)) + be32(0);
  body += be32(30) + be32(1) + be32(30) + be32(1) + be32(0) + be32(1) + be32(10) + be32(1) + be32(15) + be32(1) +
          be32(0) + be32(1);
  tiff.raw(bytes_of(body));
  const std::optional<Exif> got = read_exif(jpeg_of(gradient(8, 8, 1), JCS_GRAYSCALE, tiff.bytes()));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->make, "Acm");
  ASSERT_TRUE(got->latitude && got->longitude);
  EXPECT_NEAR(*got->latitude, -30.5, 1e-9);
  EXPECT_NEAR(*got->longitude, 10.25, 1e-9);
  EXPECT_EQ(read_exif(bytes_of("nothing")), std::nullopt);
}

}  // namespace
}  // namespace careo
