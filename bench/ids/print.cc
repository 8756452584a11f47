// SPDX-License-Identifier: Apache-2.0
#include "print.h"

#include <algorithm>
#include <cmath>

namespace careo::bench {

namespace {

constexpr double EmsAPitch = 1 / 0.723;  // every cut of the font advances 0.723 of its em
constexpr double Slant = 0.2126;         // of the slanted cut (12 degrees), taken away again

void character(Canvas& canvas, const Press& press, char c, double x, double y) {
  cairo_t* to = canvas();
  const char text[2] = {c, 0};
  cairo_save(to);
  cairo_translate(to, x, y);
  cairo_matrix_t shape{1, 0, press.face == Face::OcrBSlanted ? Slant : 0, press.tall, 0, 0};
  cairo_transform(to, &shape);
  cairo_set_font_face(to, face_of(press.face));
  cairo_set_font_size(to, press.pitch * EmsAPitch);
  cairo_move_to(to, 0, 0);
  cairo_text_path(to, text);
  cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
  cairo_fill_preserve(to);
  // The outline cut is a thin line around the strokes: a pen as wide as they are fills it.
  const double pen = press.face == Face::OcrBOutline ? 0.22 + std::max(0.0, press.weight) : std::abs(press.weight);
  cairo_set_line_width(to, pen);
  if (press.weight < 0 && press.face != Face::OcrBOutline) cairo_set_operator(to, CAIRO_OPERATOR_DEST_OUT);
  if (pen > 0) cairo_stroke(to);
  cairo_set_operator(to, CAIRO_OPERATOR_OVER);
  cairo_restore(to);
}

// What the press left out, taken from the ink: lines of dead nozzles, specks.
void wear(Canvas& canvas, Dice& dice, const Press& press, double left, double top, double right, double bottom) {
  cairo_t* to = canvas();
  cairo_set_operator(to, CAIRO_OPERATOR_DEST_OUT);
  cairo_set_source_rgba(to, 0, 0, 0, 0.8);
  if (press.gaps > 0) {
    const double step = dice.between(0.5, 1.3);
    for (double y = top + dice.between(0, step); y < bottom; y += step)
      canvas.rectangle(left, y, right - left, step * press.gaps);
  }
  const int specks = static_cast<int>(press.speckle * (right - left) * (bottom - top));
  for (int i = 0; i < specks; ++i) {
    const double size = dice.between(0.05, 0.22);
    const double x = dice.between(left, right);
    canvas.rectangle(x, dice.between(top, bottom), size, size);
  }
  cairo_set_operator(to, CAIRO_OPERATOR_OVER);
}

void along_circle(Canvas& canvas, const std::string& text, double radius, double size) {
  cairo_save(canvas());
  for (const char c : text) {
    canvas.words(Face::SansBold, 0, -radius, size, std::string(1, c));
    cairo_rotate(canvas(), size * 0.85 / radius);
  }
  cairo_restore(canvas());
}

}  // namespace

Press random_press(Dice& dice, icao::Format format) {
  static constexpr Face Cuts[] = {Face::OcrBRound,   Face::OcrBRound,   Face::OcrBRound,
                                  Face::OcrBSlanted, Face::OcrBSlanted, Face::OcrBOutline};
  Press press;
  press.face = dice.one_of(Cuts);
  press.pitch = 2.54 * (dice.coin(0.7) ? dice.between(0.985, 1.01) : dice.between(0.94, 1.015));
  press.spacing = format == icao::Format::TD1 ? dice.between(4.1, 4.5) : dice.between(4.6, 6.5);
  press.weight = dice.coin(0.5) ? dice.normal() * 0.02 : dice.between(-0.11, 0.17);
  press.tall = dice.between(0.95, 1.05);
  press.jitter = dice.coin(0.2) ? dice.between(0.02, 0.07) : 0;
  press.gaps = dice.coin(0.08) ? dice.between(0.1, 0.3) : 0;
  press.speckle = dice.coin(0.12) ? dice.between(0.5, 5) : 0;
  const double tone = dice.coin(0.8) ? dice.between(0.02, 0.2) : dice.between(0.2, 0.4);
  press.ink = {tone, tone, tone + dice.between(0, 0.05)};
  return press;
}

PrintedZone print_zone(Canvas& canvas, Dice& dice, const Specimen& specimen, const Press& press, double left,
                       double bottom) {
  const std::size_t lines = specimen.lines.size();
  const double top = bottom - press.spacing * static_cast<double>(lines - 1);
  const double right = left + press.pitch * static_cast<double>(specimen.lines[0].size());
  const double capital = press.pitch * press.tall;
  cairo_push_group(canvas());
  for (std::size_t i = 0; i < lines; ++i) {
    const double drift = dice.normal() * 0.12;
    for (std::size_t c = 0; c < specimen.lines[i].size(); ++c) {
      canvas.colour(press.ink);
      const double dx = dice.normal() * press.jitter;
      const double dy = dice.normal() * press.jitter;
      character(canvas, press, specimen.lines[i][c], left + drift + dx + press.pitch * static_cast<double>(c),
                top + dy + press.spacing * static_cast<double>(i));
    }
  }
  wear(canvas, dice, press, left, top - capital, right, bottom);
  cairo_pop_group_to_source(canvas());
  cairo_paint(canvas());
  return {specimen, {{{left, top - capital}, {right, top - capital}, {right, bottom}, {left, bottom}}}};
}

void stamp_over(Canvas& canvas, Dice& dice, const PrintedZone& zone) {
  static constexpr Colour Inks[] = {{0.1, 0.15, 0.6}, {0.7, 0.1, 0.15}, {0.1, 0.45, 0.2}, {0.35, 0.1, 0.5}};
  cairo_t* to = canvas();
  const double alpha = dice.between(0.35, 0.7);
  const Colour& ink = dice.one_of(Inks);
  cairo_push_group(to);
  cairo_save(to);
  const double x = dice.between(zone.corners[0].x + 8, zone.corners[1].x - 8);
  const double y = dice.between(zone.corners[0].y - 4, zone.corners[3].y + 2);
  cairo_translate(to, x, y);
  cairo_rotate(to, dice.normal() * 0.4);
  canvas.colour(ink);
  cairo_set_line_width(to, dice.between(0.4, 0.9));
  if (dice.coin(0.5)) {
    const double radius = dice.between(9, 15);
    cairo_arc(to, 0, 0, radius, 0, 6.2832);
    cairo_stroke(to);
    cairo_arc(to, 0, 0, radius * 0.72, 0, 6.2832);
    cairo_stroke(to);
    along_circle(canvas, "IMMIGRATION * ZUBROWKA * ", radius * 0.78, 2.2);
  } else {
    const double wide = dice.between(16, 22);
    cairo_rectangle(to, -wide, -8, 2 * wide, 16);
    cairo_stroke(to);
    canvas.words(Face::SansBold, -wide + 2, -2.5, 3.6, "ENTRY ZUBROWKA");
  }
  canvas.words(Face::SansBold, -8, 2.2, 3.4, std::to_string(dice.whole(10, 28)) + " MAR 31");
  cairo_restore(to);
  cairo_pop_group_to_source(to);
  cairo_paint_with_alpha(to, alpha);
}

}  // namespace careo::bench
