// SPDX-License-Identifier: Apache-2.0
// A sheet to draw on with cairo, measured in millimetres.
#pragma once

#include <cairo.h>

#include <string>

#include "base/raster.h"

namespace careo::bench {

struct Colour {
  double red = 0, green = 0, blue = 0;
};

/// Faces of Debian's fonts-ocr-b and fonts-dejavu-core. Of OCR-B the cuts that train/ never draws: it has the sharp
/// one.
enum class Face { OcrBRound, OcrBSlanted, OcrBOutline, OcrBNegative, Sans, SansBold, Serif, Mono };
cairo_font_face_t* face_of(Face face);

class Canvas {
 public:
  Canvas(double width, double height, double dots);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  cairo_t* operator()() { return cairo_; }
  double width() const { return width_; }
  double height() const { return height_; }

  void colour(const Colour& c, double alpha = 1) { cairo_set_source_rgba(cairo_, c.red, c.green, c.blue, alpha); }
  void rectangle(double x, double y, double width, double height);
  /// `size` is that of the em.
  void words(Face face, double x, double y, double size, const std::string& text);
  double width_of(Face face, double size, const std::string& text);
  /// `raster` (RGB) at `dots` pixels a millimetre, its middle at (x, y), turned by `angle`.
  void paste(const Raster& raster, double dots, double x, double y, double angle);
  Raster raster();

 private:
  double width_, height_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

}  // namespace careo::bench
