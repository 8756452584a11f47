// SPDX-License-Identifier: Apache-2.0
#include "canvas.h"

#include <fmt/format.h>

#include <cmath>

namespace careo::sample {

Ink ink(double hue, double saturation, double value, double cover) {
  const double sector = (hue - std::floor(hue)) * 6;
  const double part = sector - std::floor(sector);
  const double p = value * (1 - saturation);
  const double q = value * (1 - saturation * part);
  const double t = value * (1 - saturation * (1 - part));
  switch (static_cast<int>(sector)) {
    case 0: return {value, t, p, cover};
    case 1: return {q, value, p, cover};
    case 2: return {p, value, t, cover};
    case 3: return {p, q, value, cover};
    case 4: return {t, p, value, cover};
    default: return {value, p, q, cover};
  }
}

Letters::~Letters() {
  for (auto* face : {ocr, sans, bold, serif, mono}) cairo_font_face_destroy(face);
  // The FreeType library goes with the process: cairo may hold its faces in a cache until then.
}

Result<cairo_font_face_t*> Letters::load(const std::string& path) {
  FT_Face face = nullptr;
  if (FT_New_Face(library_, path.c_str(), 0, &face) != 0) {
    return fail(Fault::NotFound,
                fmt::format("font {}: cannot be opened (packages fonts-ocr-b, fonts-dejavu-core)", path));
  }
  return cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
}

Result<void> Letters::open() {
  if (FT_Init_FreeType(&library_) != 0) return fail(Fault::Io, "FreeType does not start");
  const std::string dejavu = SAMPLE_FONTS_DEJAVU;
  ocr = TRY(load(SAMPLE_FONT_OCRB));
  sans = TRY(load(dejavu + "/DejaVuSans.ttf"));
  bold = TRY(load(dejavu + "/DejaVuSans-Bold.ttf"));
  serif = TRY(load(dejavu + "/DejaVuSerif-Bold.ttf"));
  mono = TRY(load(dejavu + "/DejaVuSansMono.ttf"));
  return {};
}

Canvas::Canvas(double width, double height)
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * kDotsPerMm + 0.5),
                                          static_cast<int>(height * kDotsPerMm + 0.5))),
      cairo_(cairo_create(surface_)) {
  cairo_scale(cairo_, kDotsPerMm, kDotsPerMm);
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cairo_, options);
  cairo_font_options_destroy(options);
  cairo_set_source_rgb(cairo_, 1, 1, 1);
  cairo_paint(cairo_);
}

Canvas::~Canvas() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void Canvas::fill(const Box& box, const Ink& ink) {
  cairo_set_source_rgba(cairo_, ink.red, ink.green, ink.blue, ink.cover);
  cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
  cairo_fill(cairo_);
}

void Canvas::frame(const Box& box, const Ink& ink, double line) {
  cairo_set_source_rgba(cairo_, ink.red, ink.green, ink.blue, ink.cover);
  cairo_set_line_width(cairo_, line);
  cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
  cairo_stroke(cairo_);
}

double Canvas::width_of(cairo_font_face_t* face, double size, std::string_view text) {
  cairo_set_font_face(cairo_, face);
  cairo_set_font_size(cairo_, size);
  cairo_text_extents_t extents;
  cairo_text_extents(cairo_, std::string(text).c_str(), &extents);
  return extents.x_advance;
}

void Canvas::text(cairo_font_face_t* face, double size, double x, double y, std::string_view text, const Ink& ink,
                  double room) {
  const double wide = width_of(face, size, text);
  if (room > 0 && wide > room) cairo_set_font_size(cairo_, size * room / wide);
  cairo_set_source_rgba(cairo_, ink.red, ink.green, ink.blue, ink.cover);
  cairo_move_to(cairo_, x, y);
  cairo_show_text(cairo_, std::string(text).c_str());
}

void Canvas::zone_line(cairo_font_face_t* ocr, double x, double y, std::string_view line) {
  constexpr double pitch = 2.54;
  if (ocr_size_ == 0) ocr_size_ = pitch / width_of(ocr, 1, "A");
  cairo_set_font_face(cairo_, ocr);
  cairo_set_font_size(cairo_, ocr_size_);
  cairo_set_source_rgb(cairo_, 0.08, 0.08, 0.1);
  for (const char c : line) {
    const char one[] = {c, 0};
    cairo_move_to(cairo_, x, y);
    cairo_show_text(cairo_, one);
    x += pitch;
  }
}

void Canvas::paint(Canvas& other, double x, double y) {
  cairo_save(cairo_);
  cairo_scale(cairo_, 1 / kDotsPerMm, 1 / kDotsPerMm);
  cairo_set_source_surface(cairo_, other.surface_, std::floor(x * kDotsPerMm + 0.5), std::floor(y * kDotsPerMm + 0.5));
  cairo_paint(cairo_);
  cairo_restore(cairo_);
}

Picture Canvas::picture() {
  cairo_surface_flush(surface_);
  Picture out(cairo_image_surface_get_width(surface_), cairo_image_surface_get_height(surface_));
  const auto* bytes = cairo_image_surface_get_data(surface_);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_));
  for (int y = 0; y < out.height; ++y) {
    const auto* from =
        bytes + static_cast<std::size_t>(y) * stride;  // B G R x on the processors that Debian 12 amd64 knows
    auto* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      to[3 * x] = from[4 * x + 2];
      to[3 * x + 1] = from[4 * x + 1];
      to[3 * x + 2] = from[4 * x];
    }
  }
  return out;
}

void guilloche(Canvas* canvas, const Box& box, double hue, Chance* chance) {
  auto* cr = canvas->cairo();
  cairo_save(cr);
  cairo_rectangle(cr, box.x, box.y, box.width, box.height);
  cairo_clip(cr);
  canvas->fill(box, ink(hue, 0.07, 0.985));
  cairo_set_line_width(cr, 0.14);
  for (int family = 0; family < 3; ++family) {
    const auto colour = ink(hue + 0.09 * family, 0.30, 0.86, 0.55);
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, colour.cover);
    const double swing = chance->real(0.10, 0.24) * box.height;
    const double wave = chance->real(0.35, 0.8) * box.width;
    const double fine = wave / chance->between(3, 6);
    const double phase = chance->real(0, 6);
    for (int line = -4; line < 16; ++line) {
      const double base = box.y + box.height * line / 12;
      for (double x = 0; x <= box.width + 1; x += 1.2) {
        const double y = base + swing * sine(x / wave * 6.2832 + phase + line * 0.12) +
                         0.2 * swing * sine(x / fine * 6.2832 + line * 0.5);
        cairo_line_to(cr, box.x + x, y);
      }
      cairo_stroke(cr);
    }
  }
  const double cx = box.x + box.width * 0.7;
  const double cy = box.y + box.height * 0.45;
  const auto rose = ink(hue + 0.5, 0.25, 0.88, 0.6);
  cairo_set_source_rgba(cr, rose.red, rose.green, rose.blue, rose.cover);
  for (int ring = 0; ring < 8; ++ring) {
    for (int i = 0; i <= 180; ++i) {
      const double turn = i * 6.283185 / 180;
      const double radius = box.height * (0.12 + 0.022 * ring + 0.05 * sine(turn * 9 + ring * 0.7));
      cairo_line_to(cr, cx + radius * cosine(turn), cy + radius * sine(turn));
    }
    cairo_stroke(cr);
  }
  cairo_restore(cr);
}

void bust(Canvas* canvas, const Box& box, double hue, Chance* chance) {
  auto* cr = canvas->cairo();
  canvas->fill(box, ink(hue, 0.10, 0.90));
  cairo_save(cr);
  cairo_rectangle(cr, box.x, box.y, box.width, box.height);
  cairo_clip(cr);
  const double cx = box.x + box.width / 2;
  const double head = box.height * chance->real(0.40, 0.44);
  const double radius = box.width * chance->real(0.22, 0.26);
  const double tint = chance->unit();
  cairo_new_sub_path(cr);
  cairo_arc(cr, cx, box.y + head, radius, 0, 6.2832);
  cairo_new_sub_path(cr);
  cairo_move_to(cr, box.x + box.width * 0.06, box.y + box.height);
  cairo_curve_to(cr, box.x + box.width * 0.08, box.y + head + radius * 1.1, box.x + box.width * 0.92,
                 box.y + head + radius * 1.1, box.x + box.width * 0.94, box.y + box.height);
  cairo_close_path(cr);
  cairo_clip(cr);
  canvas->fill(box, ink(tint, 0.18, 0.52));
  for (int ring = 0; ring < 26; ++ring) {
    const auto line = ink(tint + 0.02 * ring, 0.25, ring % 2 == 0 ? 0.66 : 0.42);
    cairo_set_source_rgb(cr, line.red, line.green, line.blue);
    cairo_set_line_width(cr, 0.55);
    cairo_arc(cr, cx + radius * 0.3, box.y + head - radius * 0.2, 0.9 * ring, 0, 6.2832);
    cairo_stroke(cr);
  }
  cairo_restore(cr);
  canvas->frame(box, ink(hue, 0.4, 0.5), 0.2);
}

void specimen(Canvas* canvas, cairo_font_face_t* face, const Box& box) {
  auto* cr = canvas->cairo();
  cairo_save(cr);
  const double size = box.height * 0.30;
  const double wide = canvas->width_of(face, size, "SPECIMEN");
  const double angle = -0.30;
  const cairo_matrix_t turn{cosine(angle), sine(angle),           -sine(angle),
                            cosine(angle), box.x + box.width / 2, box.y + box.height / 2};
  cairo_transform(cr, &turn);
  const double fit = wide > box.width * 0.92 ? box.width * 0.92 / wide : 1;
  cairo_set_font_size(cr, size * fit);
  cairo_move_to(cr, -wide * fit / 2, size * fit * 0.36);
  cairo_text_path(cr, "SPECIMEN");
  cairo_set_source_rgba(cr, 0.78, 0.08, 0.12, 0.20);
  cairo_fill_preserve(cr);
  cairo_set_source_rgba(cr, 0.72, 0.05, 0.1, 0.55);
  cairo_set_line_width(cr, 0.28);
  cairo_stroke(cr);
  cairo_restore(cr);
}

void scribble(Canvas* canvas, const Box& box, Chance* chance) {
  auto* cr = canvas->cairo();
  cairo_set_source_rgba(cr, 0.1, 0.12, 0.45, 0.85);
  cairo_set_line_width(cr, 0.3);
  double x = box.x;
  cairo_move_to(cr, x, box.y + box.height / 2);
  const int strokes = chance->between(5, 9);
  for (int i = 0; i < strokes; ++i) {
    const double step = box.width / strokes;
    cairo_curve_to(cr, x + step * chance->real(0, 0.6), box.y + box.height * chance->real(-0.3, 0.5),
                   x + step * chance->real(0.4, 1.3), box.y + box.height * chance->real(0.5, 1.2), x + step,
                   box.y + box.height * chance->real(0.3, 0.8));
    x += step;
  }
  cairo_stroke(cr);
}

}  // namespace careo::sample
