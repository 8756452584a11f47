// SPDX-License-Identifier: Apache-2.0
#include <cairo/cairo.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "read/readers.h"
#include "read/upright.h"

namespace careo {
namespace {

/// Lines of text as a scan of 300 dots an inch would show them.
Picture page_of(const std::vector<std::string>& lines) {
  constexpr int Width = 1800;
  const int height = 200 + 80 * static_cast<int>(lines.size());
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, Width, height), cairo_surface_destroy);
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_set_source_rgb(cairo.get(), 0, 0, 0);
  cairo_select_font_face(cairo.get(), "DejaVu Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo.get(), 44);
  double y = 120;
  for (const std::string& line : lines) {
    cairo_move_to(cairo.get(), 100, y);
    cairo_show_text(cairo.get(), line.c_str());
    y += 80;
  }
  cairo_surface_flush(surface.get());
  Picture out;
  out.raster = make_raster(Width, height, 1);
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int row = 0; row < height; ++row) {
    for (int x = 0; x < Width; ++x) out.raster.row(row)[x] = data[row * stride + x * 4 + 1];
  }
  out.dots_per_inch = 300;
  return out;
}

Text read(const std::vector<std::string>& lines) {
  const Result<Recognised> page = recogniser()->recognise(page_of(lines));
  EXPECT_TRUE(page) << page.error().text();
  return page ? page->text : Text{};
}

TEST(Ocr, ReadsFourLanguagesWithoutBeingToldWhich) {
  const std::vector<std::string> lines = {
      "The ministry said that it had no figures.", "El ministerio dijo que no tenía cifras.",
      "Министерство заявило, что цифр нет.", "Міністерство заявило, що не має цифр."};
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  std::string got = read(lines).utf8;
  while (got.find("\n\n") != got.npos) got.erase(got.find("\n\n"), 1);  // where it sees a new paragraph
  EXPECT_EQ(got, all);
}

TEST(Ocr, IsAlwaysDoubtfulAndNamesItself) {
  const Text text = read({"One line of writing."});
  EXPECT_EQ(text.grade, Grade::Doubtful);
  EXPECT_EQ(text.reader, recogniser()->name());
}

TEST(Ocr, OnePageTeachesTheNextNothing) {
  const std::vector<std::string> lines = {"Agencies relayed the number."};
  const std::string first = read(lines).utf8;
  read({"Абсолютно другой текст стоит здесь."});
  EXPECT_EQ(read(lines).utf8, first);
}

TEST(Ocr, AnEmptyPageGivesNoText) {
  Picture blank;
  blank.raster = make_raster(600, 400, 1);
  blank.raster.pixels.assign(blank.raster.pixels.size(), 255);
  const Result<Recognised> page = recogniser()->recognise(blank);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->text.utf8, "");
  EXPECT_TRUE(page->readings.empty());
}

/// Every word of the reading, carried into the picture: its text and its box there.
struct Placed {
  std::string text;
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
};

std::vector<Placed> placed_in(const Recognised& page) {
  std::vector<Placed> out;
  for (const Reading& reading : page.readings) {
    if (reading.kind != "words") continue;
    const Json value = *Json::parse(reading.value);
    for (const Json& view : value["views"].items()) {
      const auto& p = view["placing"].items();
      for (const Json& each : view["words"].items()) {
        const auto& n = each.items();
        const std::size_t from = offset_of_code_point(page.text.utf8, static_cast<std::uint64_t>(n[0].real()));
        const std::size_t to = offset_of_code_point(page.text.utf8, static_cast<std::uint64_t>(n[1].real()));
        Placed word{page.text.utf8.substr(from, to - from)};
        for (const std::size_t corner : {0U, 1U, 2U, 3U}) {
          const double x = n[corner & 1U ? 4 : 2].real(), y = n[corner & 2U ? 5 : 3].real();
          const double px = p[0].real() * x + p[2].real() * y + p[4].real();
          const double py = p[1].real() * x + p[3].real() * y + p[5].real();
          word.left = std::min(word.left, px), word.right = std::max(word.right, px);
          word.top = std::min(word.top, py), word.bottom = std::max(word.bottom, py);
        }
        out.push_back(std::move(word));
      }
    }
  }
  return out;
}

TEST(Ocr, SaysWhereEachWordStands) {
  const Picture picture = page_of({"Agencies relayed the number.", "Министерство заявило."});
  const Result<Recognised> page = recogniser()->recognise(picture);
  ASSERT_TRUE(page) << page.error().text();
  const std::vector<Placed> words = placed_in(*page);
  ASSERT_EQ(words.size(), 6U);
  EXPECT_EQ(words[0].text, "Agencies");
  EXPECT_EQ(words[5].text, "заявило.");
  EXPECT_NEAR(words[0].left, 100, 6);
  EXPECT_NEAR(words[0].bottom, 120, 14) << "g reaches below the line at 120";
  EXPECT_GT(words[1].left, words[0].right);
  EXPECT_NEAR(words[4].top, words[5].top, 12);
  EXPECT_NEAR(words[4].bottom, 200, 14);
}

TEST(Ocr, AWordOfATurnedPageStandsWhereItIsSeen) {
  const std::vector<std::string> lines(4, "Passport number surname nationality");
  Picture picture = page_of(lines);
  const int high = picture.raster.height;
  picture.raster = turned(picture.raster, 1);  // clockwise: the first line runs down the right side
  const Result<Recognised> page = recogniser()->recognise(picture);
  ASSERT_TRUE(page) << page.error().text();
  const std::vector<Placed> words = placed_in(*page);
  ASSERT_FALSE(words.empty());
  EXPECT_EQ(words[0].text, "Passport");
  EXPECT_NEAR(words[0].top, 100, 8);
  EXPECT_NEAR(words[0].left, high - 120, 14);
  EXPECT_LT(words[0].right - words[0].left, words[0].bottom - words[0].top) << "higher than wide";
}

}  // namespace
}  // namespace careo
