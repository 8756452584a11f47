// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "film.h"
#include "machine.h"

namespace careo::bench {

namespace {

void dust(Film* film, Dice& dice, double dots) {
  for (int n = dice.whole(5, 150); n > 0; --n) {
    const int size = std::max(1, static_cast<int>(dots * dice.between(0.05, 0.35)));
    const int x = dice.whole(0, film->width - size - 1), y = dice.whole(0, film->height - size - 1);
    const auto light = static_cast<float>(dice.coin(0.8) ? dice.between(0, 120) : 255);
    for (int v = y; v < y + size; ++v) std::fill_n(film->row(v) + x, size, light);
  }
}

// Lines that a scratched drum draws down the page.
void streaks(Film* film, Dice& dice) {
  for (int n = dice.coin(0.4) ? dice.whole(1, 3) : 0; n > 0; --n) {
    const int x = dice.whole(0, film->width - 3), wide = dice.whole(1, 2);
    const auto change = static_cast<float>(dice.between(-110, 60));
    for (int y = 0; y < film->height; ++y) {
      for (int u = x; u < x + wide; ++u) film->row(y)[u] += change;
    }
  }
}

// The share of paper in a document is large, that of print small: between the two lies what becomes black.
void harden(Film* film, Dice& dice) {
  std::vector<float> sorted = film->light;
  const auto part = [&](double share) {
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  };
  const float dark = part(0.01), paper = part(0.6);
  const auto level = static_cast<float>(dark + (paper - dark) * dice.between(0.4, 0.68));
  const auto steep = static_cast<float>(dice.between(1.8, 6));
  for (float& v : film->light) {
    const float x = (v - level) / std::max(20.0F, paper - dark) * steep;
    v = 255 / (1 + std::exp(std::clamp(-2.2F * x, -30.0F, 30.0F)));
  }
}

}  // namespace

Sheet photocopied(Dice& dice, const Sheet& sheet) {
  Film film = grey_of(film_of(sheet.raster));
  for (int copies = dice.coin(0.35) ? 2 : 1; copies > 0; --copies) {
    blur(&film, sheet.dots * dice.between(0.05, 0.095));
    add_noise(&film, dice, dice.between(1, 12), 0);
    harden(&film, dice);
    dust(&film, dice, sheet.dots);
    streaks(&film, dice);
  }
  for (float& v : film.light) v = 20 + std::clamp(v, 0.0F, 255.0F) * 0.92F;
  Sheet out{make_raster(film.width, film.height, 3), sheet.dots, sheet.zones};
  const Raster grey = raster_of(film);
  for (std::size_t i = 0; i < out.raster.pixels.size(); ++i) out.raster.pixels[i] = grey.pixels[i / 3];
  return out;
}

}  // namespace careo::bench
