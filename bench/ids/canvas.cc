// SPDX-License-Identifier: Apache-2.0
#include "canvas.h"

#include <cairo-ft.h>

#include <cstdio>
#include <cstdlib>
#include <map>

namespace careo::bench {

namespace {

const char* file_of(Face face) {
  switch (face) {
    case Face::OcrBRound: return "/usr/share/fonts/opentype/ocr-b/OCRB.otf";
    case Face::OcrBSlanted: return "/usr/share/fonts/opentype/ocr-b/OCRBL.otf";
    case Face::OcrBOutline: return "/usr/share/fonts/opentype/ocr-b/OCRBF.otf";
    case Face::OcrBNegative: return "/usr/share/fonts/opentype/ocr-b/OCRBX.otf";
    case Face::Sans: return "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    case Face::SansBold: return "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
    case Face::Serif: return "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf";
    case Face::Mono: return "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
  }
  return "";
}

cairo_font_face_t* open_face(const char* path) {
  static FT_Library library = [] {
    FT_Library made = nullptr;
    FT_Init_FreeType(&made);
    return made;
  }();
  FT_Face font = nullptr;
  if (FT_New_Face(library, path, 0, &font) != 0) {
    std::fprintf(stderr, "bench ids: cannot open %s (packages fonts-ocr-b, fonts-dejavu-core)\n", path);
    std::exit(3);
  }
  return cairo_ft_font_face_create_for_ft_face(font, FT_LOAD_NO_HINTING);
}

}  // namespace

cairo_font_face_t* face_of(Face face) {
  static std::map<Face, cairo_font_face_t*> opened;
  cairo_font_face_t*& found = opened[face];
  if (found == nullptr) found = open_face(file_of(face));
  return found;
}

Canvas::Canvas(double width, double height, double dots)
    : width_(width),
      height_(height),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * dots),
                                          static_cast<int>(height * dots))),
      cairo_(cairo_create(surface_)) {
  cairo_scale(cairo_, dots, dots);
}

Canvas::~Canvas() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void Canvas::rectangle(double x, double y, double width, double height) {
  cairo_rectangle(cairo_, x, y, width, height);
  cairo_fill(cairo_);
}

void Canvas::words(Face face, double x, double y, double size, const std::string& text) {
  cairo_set_font_face(cairo_, face_of(face));
  cairo_set_font_size(cairo_, size);
  cairo_move_to(cairo_, x, y);
  cairo_show_text(cairo_, text.c_str());
}

double Canvas::width_of(Face face, double size, const std::string& text) {
  cairo_text_extents_t extents;
  cairo_set_font_face(cairo_, face_of(face));
  cairo_set_font_size(cairo_, size);
  cairo_text_extents(cairo_, text.c_str(), &extents);
  return extents.x_advance;
}

void Canvas::paste(const Raster& raster, double dots, double x, double y, double angle) {
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, raster.width, raster.height);
  unsigned char* data = cairo_image_surface_get_data(image);
  const int stride = cairo_image_surface_get_stride(image);
  for (int v = 0; v < raster.height; ++v) {
    for (int u = 0; u < raster.width; ++u) {
      const std::uint8_t* from = raster.row(v) + 3 * u;
      unsigned char* to = data + v * stride + 4 * u;
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  cairo_surface_mark_dirty(image);
  cairo_save(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_rotate(cairo_, angle);
  cairo_scale(cairo_, 1 / dots, 1 / dots);
  cairo_set_source_surface(cairo_, image, -raster.width / 2.0, -raster.height / 2.0);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(image);
}

Raster Canvas::raster() {
  cairo_surface_flush(surface_);
  Raster out = make_raster(cairo_image_surface_get_width(surface_), cairo_image_surface_get_height(surface_), 3);
  const int stride = cairo_image_surface_get_stride(surface_);
  const unsigned char* data = cairo_image_surface_get_data(surface_);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const unsigned char* from = data + y * stride + 4 * x;
      std::uint8_t* to = out.row(y) + 3 * x;
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return out;
}

}  // namespace careo::bench
