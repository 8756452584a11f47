// SPDX-License-Identifier: Apache-2.0
#include <cairo/cairo.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "read/readers.h"

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

}  // namespace
}  // namespace careo
