// SPDX-License-Identifier: Apache-2.0
// The printing model: one line of characters (with neighbouring lines) on patterned paper, as reflectance.
#pragma once

#include <string>
#include <vector>

#include "random.h"

namespace careo::train {

/// A grey plane of floats.
struct Plane {
  int width = 0;
  int height = 0;
  std::vector<float> v;
  Plane() = default;
  Plane(int w, int h, float fill)
      : width(w), height(h), v(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}
  float& at(int x, int y) {
    return v[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  float at(int x, int y) const {
    return v[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  float sample(double x, double y) const;
};

/// Covers `ink` along a straight stroke with round ends, `half` its width on either side.
void draw_stroke(Plane* ink, double ax, double ay, double bx, double by, double half);

/// Gaussian blur by three box passes.
void blur(Plane* plane, double sigma);

/// The printed line: `pitch` pixels a slot, slot i centred at (first_x + i pitch, centre_y). ' ' marks an empty slot.
struct Print {
  Plane paper;
  std::string text;
  double pitch = 40;
  double first_x = 0;
  double centre_y = 0;
};

Print print_line(Random& random);

/// Where a zone stands on a plane: the middle of its first character, and the distances, in pixels.
struct ZonePlace {
  double first_x, centre_y, pitch, spacing;
};
/// Covers `ink` with whole lines of a zone, all in one random style.
void print_zone(Random& random, const std::vector<std::string>& lines, const ZonePlace& place, Plane* ink);
/// Covers `ink` with a few words in another face, `size` pixels to the em; back comes where they end.
double print_words(Random& random, double x, double base, double size, Plane* ink);

}  // namespace careo::train
