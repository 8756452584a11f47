// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "canvas.h"
#include "lens.h"
#include "machine.h"

namespace careo::bench {

namespace {

constexpr double Across = 204 / 25.4, Fine = 196 / 25.4, Standard = 98 / 25.4;  // dots a millimetre

// Fax machines set their level by the page: between what is darkest and the paper.
void threshold(Film* film, double share) {
  std::vector<float> sorted = film->light;
  const auto part = [&](double at) {
    const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(at * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), nth, sorted.end());
    return *nth;
  };
  const float dark = part(0.005), paper = part(0.55);
  const auto level = static_cast<float>(dark + (paper - dark) * share);
  for (float& v : film->light) v = v < level ? 0 : 255;
}

// Floyd and Steinberg's error diffusion: the "photo" key.
void dither(Film* film) {
  for (int y = 0; y < film->height; ++y) {
    float* row = film->row(y);
    float* below = y + 1 < film->height ? film->row(y + 1) : nullptr;
    for (int x = 0; x < film->width; ++x) {
      const float shown = row[x] < 128 ? 0 : 255;
      const float rest = row[x] - shown;
      row[x] = shown;
      if (x + 1 < film->width) row[x + 1] += rest * 7 / 16;
      if (below == nullptr) continue;
      if (x > 0) below[x - 1] += rest * 3 / 16;
      below[x] += rest * 5 / 16;
      if (x + 1 < film->width) below[x + 1] += rest / 16;
    }
  }
}

// A line lost to noise is shown as its neighbour, so that the page stays as long.
void lose_lines(Film* film, Dice& dice) {
  for (int n = dice.coin(0.3) ? dice.whole(1, 3) : 0; n > 0; --n) {
    const int y = dice.whole(1, film->height - 1);
    std::copy_n(film->row(y - 1), film->width, film->row(y));
  }
}

Film squeezed(const Film& film, int height) {
  Film out(film.width, height, 1);
  for (int y = 0; y < height; ++y) std::copy_n(film.row(y * film.height / height), film.width, out.row(y));
  return out;
}

Sheet on_page(Dice& dice, const Sheet& sheet) {
  Canvas page(210, sheet.height() + 50, sheet.dots);
  page.colour({1, 1, 1});
  cairo_paint(page());
  const double x = dice.between(sheet.width() / 2 + 5, 205 - sheet.width() / 2);
  page.paste(sheet.raster, sheet.dots, x, sheet.height() / 2 + 25, 0);
  page.colour({0, 0, 0});
  page.words(Face::Mono, 10, 6, 3, "12-MAR-2031  09:41   FROM ZUBROWKA CONSULATE      TO 00 000 000   P.01/01");
  Sheet out{page.raster(), sheet.dots, sheet.zones};
  for (PrintedZone& zone : out.zones) {
    for (Point& p : zone.corners) p = {p.x + x - sheet.width() / 2, p.y + 25};
  }
  return out;
}

}  // namespace

Shot faxed(Dice& dice, const Sheet& sheet) {
  const bool fine = dice.coin(0.5);
  const bool photo = fine && dice.coin(0.2);
  const bool square = dice.coin(0.5);
  const Sheet page = on_page(dice, sheet);
  View view;
  view.dots = Across;
  view.angle = dice.normal() * 0.012;
  view.distance = 100;
  view.margin = 1;
  Shot out;
  Film film = grey_of(expose(page, Lens(page, view), {}, Across, &out.zones));
  const int sent = static_cast<int>(film.height * (fine ? Fine : Standard) / Across);
  const int shown = film.height;
  blur(&film, 0.3, fine ? 0.3 : 0.8);  // the sensor's line is as high as the paper moves
  film = squeezed(film, sent);
  add_noise(&film, dice, dice.between(1, 9), 0);
  const double level = dice.between(0.38, 0.62);
  photo ? dither(&film) : threshold(&film, level);
  lose_lines(&film, dice);
  if (square) film = squeezed(film, shown);
  const double scale = static_cast<double>(film.height) / shown;
  for (PrintedZone& zone : out.zones) {
    for (Point& p : zone.corners) p.y *= scale;
  }
  out.raster = raster_of(film);
  out.storage = Shot::Storage::Png;
  out.dots_across = 204;
  out.dots_down = square ? 204 : fine ? 196 : 98;
  return out;
}

}  // namespace careo::bench
