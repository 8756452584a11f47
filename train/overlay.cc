// SPDX-License-Identifier: Apache-2.0
#include "overlay.h"

#include <algorithm>
#include <cmath>

#include "redraw.h"

namespace careo::train {

namespace {

constexpr double FullTurn = 6.283185307179586;

// A stamp's own coordinates on the plane: its middle, how it is turned, and its pen.
struct Seat {
  double x = 0, y = 0;
  double co = 1, si = 0;
  double half = 1;  // of a stroke's width, pixels
  Seat turned(double angle) const {
    Seat out = *this;
    out.co = co * std::cos(angle) - si * std::sin(angle);
    out.si = si * std::cos(angle) + co * std::sin(angle);
    return out;
  }
};

void stroke(const Seat& seat, double ax, double ay, double bx, double by, Plane* ink) {
  const double x0 = seat.x + ax * seat.co - ay * seat.si, y0 = seat.y + ax * seat.si + ay * seat.co;
  const double x1 = seat.x + bx * seat.co - by * seat.si, y1 = seat.y + bx * seat.si + by * seat.co;
  const double reach = seat.half + 2;
  const bool beside = std::max(x0, x1) < -reach || std::min(x0, x1) > ink->width + reach || std::max(y0, y1) < -reach ||
                      std::min(y0, y1) > ink->height + reach;
  if (!beside) draw_stroke(ink, x0, y0, x1, y1, seat.half);
}

void ring(const Seat& seat, double radius, Plane* ink) {
  constexpr int Sides = 72;
  for (int i = 0; i < Sides; ++i) {
    const double a = FullTurn * i / Sides, b = FullTurn * (i + 1) / Sides;
    stroke(seat, radius * std::cos(a), radius * std::sin(a), radius * std::cos(b), radius * std::sin(b), ink);
  }
}

// One capital or figure, `size` pixels high, its foot at (x, y).
void letter(Random& random, const Seat& seat, double x, double y, double size, Plane* ink) {
  const char c = "ABCDEFGHIJKLMNOPRSTUVXYZ0123456789"[random.below(34)];
  const double unit = size / 90;
  for (const Stroke& s : strokes_of(c, 2, static_cast<unsigned>(random.next())))
    stroke(seat, x + s.x0 * unit, y - s.y0 * unit, x + s.x1 * unit, y - s.y1 * unit, ink);
}

void words(Random& random, const Seat& seat, double width, double y, double size, Plane* ink) {
  const double step = size * random.between(0.72, 1.1);
  for (double x = -width; x < width; x += step) {
    if (!random.coin(0.15)) letter(random, seat, x, y, size, ink);
  }
}

void round_stamp(Random& random, const Seat& seat, double pitch, Plane* ink) {
  const double radius = random.between(2.5, 8) * pitch, inner = radius * random.between(0.6, 0.86);
  ring(seat, radius, ink);
  if (random.coin(0.7)) ring(seat, inner, ink);
  const double size = (radius - inner) * random.between(0.45, 0.75);
  const double foot = inner + (radius - inner - size) / 2;
  Seat pen = seat;
  pen.half = std::min(seat.half, 0.13 * size);
  const double step = size * random.between(0.75, 1.15) / foot;
  for (double turn = 0; turn < FullTurn - step; turn += step) {
    if (!random.coin(0.12)) letter(random, pen.turned(turn), 0, -foot, size, ink);
  }
  words(random, pen, 0.7 * inner, random.between(-0.3, 0.5) * inner, random.between(0.6, 2) * pitch, ink);
}

void framed_stamp(Random& random, const Seat& seat, double pitch, Plane* ink) {
  const double w = random.between(4, 11) * pitch, h = random.between(1.2, 4.5) * pitch;
  if (random.coin(0.75)) {
    stroke(seat, -w, -h, w, -h, ink);
    stroke(seat, w, -h, w, h, ink);
    stroke(seat, w, h, -w, h, ink);
    stroke(seat, -w, h, -w, -h, ink);
  }
  const double size = random.between(0.5, 2.1) * pitch;
  Seat pen = seat;
  pen.half = size * random.between(0.04, 0.13);
  for (double y = -h + 1.2 * size; y < h; y += 1.6 * size) words(random, pen, 0.9 * w, y, size, ink);
}

Plane patches(Random& random, const Plane& like, double sigma) {
  Plane out(like.width, like.height, 0);
  for (float& v : out.v) v = static_cast<float>(random.normal() * sigma);
  blur(&out, sigma);
  return out;
}

// Random numbers at the corners of a coarse grid, drawn in straight lines between.
class Field {
 public:
  Field(Random& random, const Plane& like, double cell, double most)
      : cell_(cell), corners_(static_cast<int>(like.width / cell) + 2, static_cast<int>(like.height / cell) + 2, 0) {
    for (float& v : corners_.v) v = static_cast<float>(random.between(-most, most));
  }
  double at(int x, int y) const { return corners_.sample(x / cell_, y / cell_); }

 private:
  double cell_;
  Plane corners_;
};

}  // namespace

void warp(Random& random, double pitch, Plane* ink) {
  const double cell = random.between(0.16, 0.5) * pitch, most = random.between(0.01, 0.055) * pitch;
  const Field across(random, *ink, cell, most), down(random, *ink, cell, most);
  const Plane from = *ink;
  for (int y = 0; y < ink->height; ++y) {
    for (int x = 0; x < ink->width; ++x) ink->at(x, y) = from.sample(x + across.at(x, y), y + down.at(x, y));
  }
}

void wear(Random& random, double pitch, Plane* ink) {
  if (random.coin(0.08)) {
    const bool across = random.coin(0.75);
    const double step = random.between(0.13, 0.75) * pitch, lost = step * random.between(0.06, 0.34);
    const double phase = random.unit() * step;
    const auto rest = static_cast<float>(1 - random.between(0.45, 1));
    for (int y = 0; y < ink->height; ++y) {
      for (int x = 0; x < ink->width; ++x) {
        if (std::fmod((across ? y : x) + phase, step) < lost) ink->at(x, y) *= rest;
      }
    }
  }
  if (!random.coin(0.1)) return;
  for (int n = static_cast<int>(random.between(20, 420)); n > 0; --n) {
    const int size = 1 + static_cast<int>(random.between(0.01, 0.11) * pitch);
    const int left = static_cast<int>(random.below(static_cast<std::size_t>(ink->width - size)));
    const int top = static_cast<int>(random.below(static_cast<std::size_t>(ink->height - size)));
    const float tone = random.coin(0.7) ? 0.15F : 0.9F;
    for (int y = top; y < top + size; ++y) {
      for (int x = left; x < left + size; ++x) ink->at(x, y) = tone;
    }
  }
}

void lay_stamp(Random& random, double pitch, Plane* paper) {
  Plane ink(paper->width, paper->height, 0);
  Seat seat;
  seat.x = random.between(-0.15, 1.15) * paper->width;
  seat.y = random.between(-0.5, 1.5) * paper->height;
  seat.half = random.between(0.04, 0.22) * pitch;
  seat = seat.turned(random.coin(0.6) ? random.normal() * 0.45 : random.between(0, FullTurn));
  random.coin(0.5) ? round_stamp(random, seat, pitch, &ink) : framed_stamp(random, seat, pitch, &ink);
  blur(&ink, random.between(0.3, 2));
  const Plane uneven = patches(random, ink, random.between(1.5, 9));
  const double ragged = random.coin(0.5) ? random.between(0, 0.6) : 0;
  // Ink that lets black through, or ink that covers it with its own tone.
  const bool clear = random.coin(0.5);
  const double cover = random.between(0.25, 0.85), tone = random.between(15, 125);
  for (std::size_t i = 0; i < ink.v.size(); ++i) {
    const double a = cover * ink.v[i] * std::clamp(1 - ragged * (1 + 2 * uneven.v[i]), 0.0, 1.0);
    const double v = paper->v[i];
    paper->v[i] = static_cast<float>(clear ? v * (1 - a * (1 - tone / 255)) : v * (1 - a) + tone * a);
  }
}

}  // namespace careo::train
