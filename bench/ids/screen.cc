// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "film.h"
#include "machine.h"

namespace careo::bench {

Sheet on_screen(Dice& dice, const Sheet& sheet, double dots) {
  constexpr int Cells = 3;  // of our pixels in one of the screen's, each way: a stripe a colour, a dark line below
  Film page = film_of(sheet.raster);
  blur(&page, 0.4 * sheet.dots / dots);
  const int width = static_cast<int>(sheet.width() * dots), height = static_cast<int>(sheet.height() * dots);
  const double bleed = dice.between(0.15, 0.45);  // of a stripe's light into its neighbours
  const double line = dice.between(0.45, 0.85);   // light left in the dark line
  const double lamp = dice.between(0.7, 1.0), black = dice.between(4, 22);
  const double gamma = dice.between(0.9, 1.25);
  Raster out = make_raster(width * Cells, height * Cells, 3);
  for (int y = 0; y < height; ++y) {
    const int sy = std::min(page.height - 1, static_cast<int>((y + 0.5) / dots * sheet.dots));
    for (int x = 0; x < width; ++x) {
      const int sx = std::min(page.width - 1, static_cast<int>((x + 0.5) / dots * sheet.dots));
      const float* rgb = page.row(sy) + 3 * sx;
      double shown[3];
      for (int c = 0; c < 3; ++c)
        shown[c] = black + lamp * (255 - black) * std::pow(std::clamp(rgb[c] / 255.0, 0.0, 1.0), gamma);
      for (int cell = 0; cell < Cells * Cells; ++cell) {
        const int u = cell % Cells, v = cell / Cells;
        const double row_light = v == Cells - 1 ? line : 1;
        std::uint8_t* to = out.row(y * Cells + v) + 3 * (x * Cells + u);
        for (int c = 0; c < 3; ++c) {
          // A stripe of one colour would leave a third of the light: the camera's exposure makes up for it.
          const double share = c == u ? 1.9 - bleed : 0.55 + bleed / 2;
          to[c] = static_cast<std::uint8_t>(std::clamp(shown[c] * share * row_light, 0.0, 255.0));
        }
      }
    }
  }
  return {std::move(out), dots * Cells, sheet.zones};
}

}  // namespace careo::bench
