// SPDX-License-Identifier: Apache-2.0
#include "redraw.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>

namespace careo::train {

namespace {

// M x y: move. L x y: line. A cx cy rx ry from to: arc in degrees, drawn from the pen to its start when the pen is
// down.
const std::map<char, const char*> Shapes = {
    {'A', "M0 0 L20 88 L26 88 L46 0 M7 28 L39 28"},
    {'B', "M0 0 L0 88 L26 88 A26 67 20 21 90 -90 L0 46 M26 46 A27 23 22 23 90 -90 L0 0"},
    {'C', "A26 44 24 44 48 312"},
    {'D', "M0 0 L0 88 L8 88 A8 44 36 44 90 -90 L0 0"},
    {'E', "M44 88 L0 88 L0 0 L44 0 M0 46 L34 46"},
    {'F', "M44 88 L0 88 L0 0 M0 44 L34 44"},
    {'G', "A26 44 24 44 45 270 L46 4 L46 38 L26 38"},
    {'H', "M0 0 L0 88 M44 0 L44 88 M0 46 L44 46"},
    {'I', "M4 88 L38 88 M21 88 L21 0 M4 0 L38 0"},
    {'J', "M40 88 L40 20 A20 20 20 20 0 -165"},
    {'K', "M0 0 L0 88 M42 88 L0 36 M12 50 L44 0"},
    {'L', "M0 88 L0 0 L42 0"},
    {'M', "M0 0 L2 88 L23 40 L44 88 L46 0"},
    {'N', "M0 0 L0 88 L42 0 L42 88"},
    {'O', "A24 44 24 44 0 360"},
    {'P', "M0 0 L0 88 L22 88 A22 64 22 24 90 -90 L0 40"},
    {'Q', "A22 46 20 40 0 360 M22 30 L46 -2"},
    {'R', "M0 0 L0 88 L22 88 A22 65 21 23 90 -90 L0 42 M20 42 L44 0"},
    {'S', "A24 66 20 22 28 270 A23 22 22 22 90 -155"},
    {'T', "M0 88 L48 88 M24 88 L24 0"},
    {'U', "M0 88 L0 22 A22 22 22 22 180 360 L44 88"},
    {'V', "M0 88 L24 0 L48 88"},
    {'W', "M0 88 L8 0 L24 46 L40 0 L48 88"},
    {'X', "M0 88 L44 0 M44 88 L0 0"},
    {'Y', "M0 88 L23 44 L46 88 M23 44 L23 0"},
    {'Z', "M2 88 L42 88 L0 0 L44 0"},
    {'0',
     "M50 16 L50 78 A32 78 18 16 0 90 L18 94 A18 78 18 16 90 180 L0 16 A18 16 18 16 180 270 L32 0 A32 16 18 16 270 "
     "360"},
    {'1', "M2 70 L24 92 L24 0"},
    {'2', "A24 68 22 26 160 -35 L2 0 L50 0"},
    {'3', "M2 94 L46 94 L20 56 A24 28 25 28 84 -120"},
    {'4', "M26 94 L0 26 L52 26 M36 44 L36 0"},
    {'5', "M46 94 L4 94 L4 53 L18 54 A21 27 25 27 90 -105"},
    {'6', "M34 94 L7 48 M7 48 A26 27 25 27 150 510"},
    {'7', "M0 94 L50 94 L34 60 L27 42 L22 20 L21 0"},
    {'8', "A26 72 18 22 0 360 M51 25 A26 25 25 25 0 360"},
    {'9', "M17 0 L45 46 A26 67 25 27 -35 325"},
    {'<', "M48 84 L0 44 L48 4"},
};

class Pen {
 public:
  Pen(double wobble, unsigned seed) : wobble_(wobble), state_(seed * 2654435761U + 1) {}

  void move(double x, double y) {
    x_ = x;
    y_ = y;
    down_ = true;
  }
  void line(double x, double y) {
    strokes_.push_back({x_, y_, x, y});
    move(x, y);
  }
  void arc(double cx, double cy, double rx, double ry, double from, double to) {
    const double degree = 3.14159265358979 / 180;
    const int steps = 3 + static_cast<int>(std::abs(to - from) / 14);
    for (int i = 0; i <= steps; ++i) {
      const double a = (from + (to - from) * i / steps) * degree;
      const double x = cx + rx * std::cos(a);
      const double y = cy + ry * std::sin(a);
      if (i == 0 && !down_) {
        move(x, y);
      } else {
        line(x, y);
      }
    }
  }
  double shaken(double v) {
    state_ = state_ * 1664525U + 1013904223U;
    return v + wobble_ * (static_cast<double>(state_ >> 8) / (1U << 23) - 1);
  }
  std::vector<Stroke> take() {
    double low = 1e9;
    double high = -1e9;
    for (const Stroke& s : strokes_) {
      low = std::min({low, s.x0, s.x1});
      high = std::max({high, s.x0, s.x1});
    }
    for (Stroke& s : strokes_) {
      s.x0 -= (low + high) / 2;
      s.x1 -= (low + high) / 2;
    }
    return std::move(strokes_);
  }

 private:
  double wobble_;
  unsigned state_;
  double x_ = 0, y_ = 0;
  bool down_ = false;
  std::vector<Stroke> strokes_;
};

}  // namespace

std::vector<Stroke> strokes_of(char c, double wobble, unsigned seed) {
  Pen pen(wobble, seed);
  const auto shape = Shapes.find(c);
  if (shape == Shapes.end()) return {};
  std::istringstream in(shape->second);
  char op = 0;
  while (in >> op) {
    double v[6] = {};
    const int count = op == 'A' ? 6 : 2;
    for (int i = 0; i < count; ++i) {
      in >> v[i];
      if (i < 4) v[i] = pen.shaken(v[i]);
    }
    if (op == 'M') pen.move(v[0], v[1]);
    if (op == 'L') pen.line(v[0], v[1]);
    if (op == 'A') pen.arc(v[0], v[1], v[2], v[3], v[4], v[5]);
  }
  return pen.take();
}

}  // namespace careo::train
