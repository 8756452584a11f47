// SPDX-License-Identifier: Apache-2.0
// cairo behind a few strokes in millimetres: the only files that name it are canvas.*, drawing.cc and (by its letters)
// bare.cc.
#pragma once

#include <cairo-ft.h>
#include <cairo.h>

#include <string>
#include <string_view>

#include "base/result.h"
#include "chance.h"
#include "drawing.h"

namespace careo::sample {

/// 0..1 each.
struct Ink {
  double red = 0, green = 0, blue = 0, cover = 1;
};
/// Hue, saturation and value, each 0..1.
Ink ink(double hue, double saturation, double value, double cover = 1);

/// The faces of letters, opened once by file so that no fontconfig decides.
class Letters {
 public:
  Letters() = default;
  ~Letters();
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;
  Result<void> open();

  cairo_font_face_t* ocr = nullptr;
  cairo_font_face_t* sans = nullptr;
  cairo_font_face_t* bold = nullptr;
  cairo_font_face_t* serif = nullptr;
  cairo_font_face_t* mono = nullptr;

 private:
  Result<cairo_font_face_t*> load(const std::string& path);
  FT_Library library_ = nullptr;
};

class Canvas {
 public:
  /// A white sheet of that many millimetres.
  Canvas(double width, double height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  cairo_t* cairo() { return cairo_; }
  void fill(const Box& box, const Ink& ink);
  void frame(const Box& box, const Ink& ink, double line);
  /// Text from its left end on the base line; shrunk until it is at most `room` wide (0: as it comes).
  void text(cairo_font_face_t* face, double size, double x, double y, std::string_view text, const Ink& ink,
            double room = 0);
  double width_of(cairo_font_face_t* face, double size, std::string_view text);
  /// Each character in a cell of 2.54 mm, as ICAO 9303-3 section 4.1 wants of size 1 of OCR-B.
  void zone_line(cairo_font_face_t* ocr, double x, double y, std::string_view line);
  void paint(Canvas& other, double x, double y);
  Picture picture();

 private:
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  double ocr_size_ = 0;
};

/// Waves on waves in pale inks, as on money.
void guilloche(Canvas* canvas, const Box& box, double hue, Chance* chance);
/// The outline of a bust filled with rings: stands where a photograph would.
void bust(Canvas* canvas, const Box& box, double hue, Chance* chance);
/// SPECIMEN across the box, aslant.
void specimen(Canvas* canvas, cairo_font_face_t* face, const Box& box);
/// A scribble that is nobody's signature.
void scribble(Canvas* canvas, const Box& box, Chance* chance);

}  // namespace careo::sample
