// SPDX-License-Identifier: Apache-2.0
// A picture while it is being made: light as floats, so that nothing is rounded or clipped between the steps.
#pragma once

#include <vector>

#include "base/raster.h"
#include "dice.h"

namespace careo::bench {

struct Film {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<float> light;  ///< 0 to 255, rows without padding

  Film() = default;
  Film(int w, int h, int c)
      : width(w), height(h), channels(c), light(static_cast<std::size_t>(w) * static_cast<std::size_t>(h * c)) {}
  float* row(int y) { return light.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width * channels); }
  const float* row(int y) const {
    return light.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width * channels);
  }
};

Film film_of(const Raster& raster);
/// Rounded and clipped.
Raster raster_of(const Film& film);
Film grey_of(const Film& film);

/// Gaussian of `sigma` pixels, exact to a deviation of four; below 0.2 nothing happens.
void blur(Film* film, double sigma_across, double sigma_down);
inline void blur(Film* film, double sigma) {
  blur(film, sigma, sigma);
}
/// A hand that moved `reach` pixels to each side along `angle`.
void smear(Film* film, double reach, double angle);
/// Adds `amount` of what a blur of `sigma` takes away: what cameras do to look sharp.
void sharpen(Film* film, double sigma, double amount);
/// Read-out noise of `deviation`, and shot noise of `shot` times the root of the light.
void add_noise(Film* film, Dice& dice, double deviation, double shot);

}  // namespace careo::bench
