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

}  // namespace careo::train
