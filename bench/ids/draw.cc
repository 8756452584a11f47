// SPDX-License-Identifier: Apache-2.0
#include <cairo-ft.h>
#include <cairo.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "specimen.h"

namespace careo::bench {

namespace {

using icao::Format;

cairo_font_face_t* face(const char* path) {
  static FT_Library library = [] {
    FT_Library made = nullptr;
    FT_Init_FreeType(&made);
    return made;
  }();
  FT_Face font = nullptr;
  if (FT_New_Face(library, path, 0, &font) != 0) {
    std::fprintf(stderr, "bench ids: cannot open %s\n", path);
    std::exit(3);
  }
  return cairo_ft_font_face_create_for_ft_face(font, FT_LOAD_NO_HINTING);
}

cairo_font_face_t* ocr_b() {
  static cairo_font_face_t* found = face("/usr/share/fonts/opentype/ocr-b/OCRB.otf");
  return found;
}
cairo_font_face_t* sans() {
  static cairo_font_face_t* found = face("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
  return found;
}
cairo_font_face_t* mono() {
  static cairo_font_face_t* found = face("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf");
  return found;
}

// A page in millimetres.
class Canvas {
 public:
  Canvas(double width, double height, double dots)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * dots),
                                            static_cast<int>(height * dots))),
        cairo_(cairo_create(surface_)) {
    cairo_scale(cairo_, dots, dots);
  }
  ~Canvas() {
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
  }
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  cairo_t* operator()() { return cairo_; }

  void words(cairo_font_face_t* font, double x, double y, double size, const std::string& text) {
    cairo_set_font_face(cairo_, font);
    cairo_set_font_size(cairo_, size);
    cairo_move_to(cairo_, x, y);
    cairo_show_text(cairo_, text.c_str());
  }

  Raster raster() {
    cairo_surface_flush(surface_);
    const int width = cairo_image_surface_get_width(surface_);
    const int height = cairo_image_surface_get_height(surface_);
    const int stride = cairo_image_surface_get_stride(surface_);
    const unsigned char* data = cairo_image_surface_get_data(surface_);
    Raster out = make_raster(width, height, 3);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const unsigned char* from = data + y * stride + 4 * x;
        std::uint8_t* to = out.row(y) + 3 * x;
        to[0] = from[2];
        to[1] = from[1];
        to[2] = from[0];
      }
    }
    return out;
  }

 private:
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

void pattern(Canvas& canvas, Dice& dice, double width, double height) {
  const double r = dice.between(0.75, 1), g = dice.between(0.78, 1), b = dice.between(0.75, 1);
  cairo_set_source_rgb(canvas(), r, g, b);
  cairo_paint(canvas());
  const int layers = dice.whole(0, 3);
  for (int n = 0; n < layers; ++n) {
    cairo_set_source_rgba(canvas(), dice.unit() * 0.7, dice.unit() * 0.7, dice.unit() * 0.7, dice.between(0.08, 0.4));
    cairo_set_line_width(canvas(), dice.between(0.08, 0.3));
    const double step = dice.between(0.8, 3);
    const double swing = dice.between(0.3, 5), wave = dice.between(4, 40), phase = dice.between(0, 6);
    for (double y = -swing; y < height + swing; y += step) {
      cairo_move_to(canvas(), 0, y);
      for (double x = 0; x <= width; x += 1) cairo_line_to(canvas(), x, y + swing * std::sin(x / wave * 6.28 + phase));
      cairo_stroke(canvas());
    }
  }
}

void visual_zone(Canvas& canvas, Dice& dice, double width, double bottom) {
  cairo_set_source_rgb(canvas(), 0.1, 0.1, 0.15);
  const double left = dice.coin(0.8) ? 36 : 8;
  double y = 8;
  canvas.words(sans(), left, y, 4, "REPUBLIC OF ZUBROWKA");
  while ((y += dice.between(3.2, 6)) < bottom - 2) {
    std::string text;
    for (int n = dice.whole(4, 22); n > 0; --n)
      text += static_cast<char>((dice.coin(0.6) ? 'a' : 'A') + dice.whole(0, 25));
    if (dice.coin(0.4)) text += " " + std::to_string(dice.whole(1000, 99999999));
    canvas.words(sans(), left + (dice.coin(0.3) ? 20 : 0), y, dice.between(1.6, 3.4), text);
  }
  cairo_set_source_rgb(canvas(), 0.6, 0.6, 0.62);
  cairo_rectangle(canvas(), 4, 12, 28, std::max(5.0, std::min(36.0, bottom - 16)));
  cairo_fill(canvas());
  cairo_set_source_rgba(canvas(), 0.8, 0.1, 0.1, 0.35);
  cairo_save(canvas());
  cairo_translate(canvas(), width * 0.25, bottom * 0.9);
  cairo_rotate(canvas(), -0.35);
  canvas.words(sans(), 0, 0, 10, "SPECIMEN");
  cairo_restore(canvas());
}

std::pair<double, double> size_of(Format format) {
  switch (format) {
    case Format::TD1: return {85.6, 54};
    case Format::RussianId:
    case Format::TD3: return {125, 88};
    case Format::MrvA: return {120, 80};
    default: return {105, 74};
  }
}

// Ten characters an inch: the font's advance is 0.723 of its size.
void zone(Canvas& canvas, Dice& dice, const Specimen& specimen, double height) {
  const double pitch = 2.54 * dice.between(0.97, 1.0);
  const double spacing = specimen.format == Format::TD1 ? dice.between(4.1, 4.4) : dice.between(4.3, 6.4);
  const double ink = dice.between(0.0, 0.3);
  const double bold = dice.coin(0.3) ? dice.between(0.05, 0.2) : 0;
  cairo_set_font_face(canvas(), ocr_b());
  cairo_set_font_size(canvas(), pitch / 0.723);
  const double last = height - dice.between(4.5, 7);
  const double left = specimen.format == Format::TD1 ? 4.8 : dice.between(3.5, 6.5);
  for (std::size_t i = 0; i < specimen.lines.size(); ++i) {
    const double y = last - spacing * static_cast<double>(specimen.lines.size() - 1 - i);
    for (std::size_t c = 0; c < specimen.lines[i].size(); ++c) {
      const char text[2] = {specimen.lines[i][c], 0};
      cairo_set_source_rgb(canvas(), ink, ink, ink);
      cairo_move_to(canvas(), left + pitch * static_cast<double>(c), y);
      cairo_text_path(canvas(), text);
      cairo_fill_preserve(canvas());
      cairo_set_line_width(canvas(), bold);
      if (bold > 0) cairo_stroke(canvas());
      cairo_new_path(canvas());
    }
  }
}

std::string capitals(Dice& dice, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    out += dice.coin(0.16)   ? ' '
           : dice.coin(0.25) ? static_cast<char>('0' + dice.whole(0, 9))
                             : static_cast<char>('A' + dice.whole(0, 25));
  }
  return out;
}

void boarding_pass(Canvas& canvas, Dice& dice) {
  for (double y = 12; y < 70; y += 7)
    canvas.words(dice.coin(0.5) ? ocr_b() : mono(), 8, y, 3.5, capitals(dice, dice.whole(8, 40)));
  canvas.words(mono(), 8, 90, 3,
               "M1" + capitals(dice, 20) + " E" + capitals(dice, 6) + " AAABBBCC 0834 326J001A0025 100");
}

void listing(Canvas& canvas, Dice& dice) {
  static const char* Lines[] = {"#include <vector>",
                                "for (int i = 0; i < n; ++i) {",
                                "    if (a[i] << 3 > b) return x;",
                                "std::cout << \"P<UTO\" << n << std::endl;",
                                "}",
                                "template <typename T> struct Box {",
                                "    x = (y << 8) | (z << 16);"};
  for (double y = 10; y < 190; y += 4.2) canvas.words(mono(), 10, y, 3.4, Lines[dice.whole(0, 6)]);
}

void capitals_page(Canvas& canvas, Dice& dice) {
  const double size = dice.between(2.6, 4.2);
  for (double y = 12; y < 190; y += size * dice.between(1.3, 1.9))
    canvas.words(ocr_b(), 8, y, size, capitals(dice, dice.whole(20, 52)));
}

void slip(Canvas& canvas, Dice& dice) {
  for (double y = 12; y < 80; y += 9) canvas.words(sans(), 8, y, 3, capitals(dice, 18));
  for (int n = 0; n < 2; ++n) {
    std::string code;
    for (int i = 0; i < 44; ++i)
      code += i % 14 == 13 ? (dice.coin(0.5) ? '<' : '>') : static_cast<char>('0' + dice.whole(0, 9));
    canvas.words(ocr_b(), 8, 96 + 6 * n, 3.5, code);
  }
}

}  // namespace

Raster draw_document(Dice& dice, const Specimen& specimen, double dots) {
  const auto [width, height] = size_of(specimen.format);
  Canvas canvas(width, height, dots);
  pattern(canvas, dice, width, height);
  const double zone_top = height - (specimen.lines.size() == 3 ? 19 : 17);
  visual_zone(canvas, dice, width, zone_top);
  if (dice.coin(0.6)) {
    cairo_set_source_rgba(canvas(), 1, 1, 1, dice.between(0.2, 0.9));
    cairo_rectangle(canvas(), 0, zone_top, width, height);
    cairo_fill(canvas());
  }
  zone(canvas, dice, specimen, height);
  return canvas.raster();
}

Raster draw_decoy(Dice& dice, double dots) {
  Canvas canvas(150, 200, dots);
  cairo_set_source_rgb(canvas(), 1, 1, 1);
  cairo_paint(canvas());
  cairo_set_source_rgb(canvas(), 0.1, 0.1, 0.1);
  switch (dice.whole(0, 3)) {
    case 0: boarding_pass(canvas, dice); break;
    case 1: listing(canvas, dice); break;
    case 2: capitals_page(canvas, dice); break;
    default: slip(canvas, dice);
  }
  return canvas.raster();
}

}  // namespace careo::bench
