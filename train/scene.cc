// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "camera.h"

namespace careo::train {

namespace {

// A page on the table: where its middle lies, in millimetres, and how it is turned.
struct Placed {
  Page page;
  double x = 0, y = 0, angle = 0;
};

// A page that stands up like a half-open book: its height over the table along its width.
struct Curl {
  double rise = 0;   // millimetres
  double waves = 1;  // half waves over the width
  double phase = 0;
  double at(double x, double half) const { return rise * (1 + std::sin(1.5708 * waves * x / half + phase)) / 2; }
};

struct Setting {
  double dots = 8;  // pixels a millimetre
  double angle = 0;
  double tilt_x = 0, tilt_y = 0;     // of the table against the camera
  double distance = 350;             // of the camera, millimetres
  double eye_x = 0, eye_y = 0;       // over which point of the table it hangs
  double width = 160, height = 120;  // of what is seen, millimetres
  Curl curl;
  double soft = 0.4;  // of the lens, pixels
  double noise = 3;
  int quality = 85;
  double table = 120;
};

// Pixels to the table, in millimetres: a homography.
Point to_table(const Setting& s, double u, double v) {
  const double x = (u / s.dots - s.width / 2), y = (v / s.dots - s.height / 2);
  const double w = 1 + s.tilt_x * x / s.distance + s.tilt_y * y / s.distance;
  const double a = x / w, b = y / w;
  return {a * std::cos(s.angle) + b * std::sin(s.angle), -a * std::sin(s.angle) + b * std::cos(s.angle)};
}

float table_at(const Setting& s, Point p) {
  return static_cast<float>(s.table + 12 * std::sin(p.y * 0.5 + 2 * std::sin(p.x * 0.05)) + 5 * std::sin(p.y * 3.1));
}

// What lies at a point of the table, seen over the curl of the pages.
float look_at(const Setting& s, const std::vector<Placed>& pages, Point at) {
  for (const Placed& p : pages) {
    const double half = p.page.paper.width / p.page.dots / 2;
    double dx = at.x - p.x, dy = at.y - p.y;
    double lx = dx * std::cos(p.angle) + dy * std::sin(p.angle);
    double ly = -dx * std::sin(p.angle) + dy * std::cos(p.angle);
    if (s.curl.rise > 0) {
      // The ray meets the raised page nearer to the point below the camera than it meets the table.
      const double sx = lx, sy = ly;
      for (int i = 0; i < 4; ++i) {
        const double z = s.curl.at(lx, half) / s.distance;
        lx = sx - z * (sx - s.eye_x);
        ly = sy - z * (sy - s.eye_y);
      }
    }
    const double px = lx * p.page.dots + p.page.paper.width / 2.0, py = ly * p.page.dots + p.page.paper.height / 2.0;
    if (px >= 0 && py >= 0 && px < p.page.paper.width - 1 && py < p.page.paper.height - 1) {
      return p.page.paper.sample(px, py);
    }
  }
  return table_at(s, at);
}

Plane take(const Setting& s, const std::vector<Placed>& pages) {
  Plane out(static_cast<int>(s.width * s.dots), static_cast<int>(s.height * s.dots), 0);
  for (int v = 0; v < out.height; ++v) {
    for (int u = 0; u < out.width; ++u) out.at(u, v) = look_at(s, pages, to_table(s, u, v));
  }
  blur(&out, s.soft);
  return out;
}

Raster developed(Random& random, const Plane& picture, const Setting& s) {
  Raster out = make_raster(picture.width, picture.height, 1);
  for (std::size_t i = 0; i < picture.v.size(); ++i) {
    const double grain = (random.unit() + random.unit() + random.unit() - 1.5) * 2 * s.noise;
    out.pixels[i] = static_cast<std::uint8_t>(std::clamp(picture.v[i] + grain + 0.5, 0.0, 255.0));
  }
  return through_jpeg(out, s.quality);
}

Setting random_setting(Random& random) {
  Setting s;
  s.dots = random.between(5.5, 11);
  s.angle = random.coin(0.3) ? random.between(0, 6.2832) : random.normal() * 0.06;
  s.tilt_x = random.normal() * 0.12;
  s.tilt_y = random.normal() * 0.12;
  s.distance = random.between(250, 500);
  s.soft = random.between(0.3, 1.0);
  s.noise = random.between(0.5, 6);
  s.quality = static_cast<int>(random.between(45, 94));
  s.table = random.between(40, 230);
  return s;
}

Placed placed(Random& random, const Setting& s) {
  Placed out;
  // Drawn finer than it is seen, then softened by the area of the picture's pixels.
  out.page = random_page(random, std::clamp(1.25 * s.dots, 7.0, 26.0));
  blur(&out.page.paper, 0.42 * out.page.dots / s.dots);
  return out;
}

void fit_around(Setting* s, const Placed& p, double margin) {
  const double w = p.page.paper.width / p.page.dots, h = p.page.paper.height / p.page.dots;
  const double co = std::abs(std::cos(s->angle)), si = std::abs(std::sin(s->angle));
  s->width = w * co + h * si + 2 * margin;
  s->height = w * si + h * co + 2 * margin;
}

void cast_shadow(Random& random, Plane* picture) {
  for (int n = 0; n < 2; ++n) {
    const double angle = random.between(0, 6.2832), edge = random.between(1, 30), dark = random.between(0.25, 0.6);
    const double at = random.between(-0.3, 0.3) * picture->width;
    for (int y = 0; y < picture->height; ++y) {
      for (int x = 0; x < picture->width; ++x) {
        const double d =
            (x - picture->width / 2.0) * std::cos(angle) + (y - picture->height / 2.0) * std::sin(angle) - at;
        picture->at(x, y) *= static_cast<float>(dark + (1 - dark) / (1 + std::exp(std::clamp(-d / edge, -30.0, 30.0))));
      }
    }
  }
  // A strip of light, as from a window or under a lamination.
  const double angle = random.between(0, 3.1416), wide = random.between(0.02, 0.08) * picture->width;
  const double at = random.between(-0.35, 0.35) * picture->width, power = random.between(30, 130);
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      const double d =
          ((x - picture->width / 2.0) * std::cos(angle) + (y - picture->height / 2.0) * std::sin(angle) - at) / wide;
      if (std::abs(d) < 3) picture->at(x, y) += static_cast<float>(power * std::exp(-d * d));
    }
  }
}

// A round stamp with spokes of text, and a hologram of fine lines, over the lower half of the page.
void press_stamp(Random& random, Page* page) {
  Plane& paper = page->paper;
  const double cx = paper.width * random.between(0.15, 0.85), cy = paper.height * random.between(0.75, 1.0);
  const double radius = random.between(9, 17) * page->dots, stroke = random.between(0.25, 0.8) * page->dots;
  const auto ink = static_cast<float>(random.between(0.45, 0.8));
  const double hx = paper.width * random.between(0.1, 0.9), hy = paper.height * random.between(0.6, 1.0);
  const double hr = random.between(8, 18) * page->dots, line = random.between(0.3, 1.2) * page->dots;
  const auto shine = static_cast<float>(random.between(10, 60));
  for (int y = 0; y < paper.height; ++y) {
    for (int x = 0; x < paper.width; ++x) {
      const double d = std::hypot(x - cx, y - cy), turn = std::atan2(y - cy, x - cx);
      const bool ring = std::abs(d - radius) < stroke || std::abs(d - 0.65 * radius) < stroke / 2;
      const bool spoke =
          d > 0.7 * radius && d < 0.93 * radius && std::sin(turn * 34) > 0.4 && std::sin(turn * 5) > -0.5;
      if (ring || spoke) paper.at(x, y) *= ink;
      const double h = std::hypot(x - hx, y - hy);
      if (h < hr) paper.at(x, y) += shine * static_cast<float>(std::sin(h * 6.2832 / line));
    }
  }
}

Scene one_page(Random& random, Trouble trouble) {
  Setting s = random_setting(random);
  if (trouble == Trouble::Plain) s.tilt_x = s.tilt_y = 0;
  if (trouble == Trouble::Small) s.dots = random.between(3.6, 5.2);
  if (trouble == Trouble::Tilt) {
    s.tilt_x = random.between(-1, 1) * 1.1;
    s.tilt_y = random.between(-1, 1) * 1.1;
  }
  if (trouble == Trouble::Curl) {
    s.curl = {random.between(6, 26), random.between(0.7, 2.2), random.between(0, 6.2832)};
    s.eye_x = random.between(-60, 60);
    s.eye_y = random.between(-110, 110);
  }
  Placed p = placed(random, s);
  fit_around(&s, p, random.between(3, 25) + s.curl.rise / 2);
  if (trouble == Trouble::Tilt) s.width *= 1.15, s.height *= 1.15;
  if (trouble == Trouble::Stamp) press_stamp(random, &p.page);
  std::vector<Placed> pages;
  pages.push_back(std::move(p));
  Plane picture = take(s, pages);
  if (trouble == Trouble::Shadow) cast_shadow(random, &picture);
  Scene out{developed(random, picture, s), {pages[0].page.lines}};
  if (trouble == Trouble::Inverted) {
    const int floor = static_cast<int>(random.between(0, 60));
    for (std::uint8_t& v : out.grey.pixels) v = static_cast<std::uint8_t>(floor + (255 - v) * (255 - floor) / 255);
  }
  return out;
}

Scene crowd(Random& random) {
  Setting s = random_setting(random);
  s.dots = random.between(5, 8);
  s.tilt_x *= 0.6;
  s.tilt_y *= 0.6;
  s.angle = random.normal() * 0.05;
  const std::size_t count = 2 + random.below(2);
  const bool book = random.coin(0.4);  // two pages of a passport, one above the other
  std::vector<Placed> pages;
  Scene out;
  double at = 0;
  for (std::size_t i = 0; i < (book ? 2 : count); ++i) {
    Placed p = placed(random, s);
    const double w = p.page.paper.width / p.page.dots, h = p.page.paper.height / p.page.dots;
    const bool side = !book && random.coin(0.3);
    p.angle = (side ? 1.5708 * (random.coin(0.5) ? 1 : -1) : 0) + (book ? 0 : random.normal() * 0.1);
    const double tall = std::abs(w * std::sin(p.angle)) + std::abs(h * std::cos(p.angle));
    p.x = book ? 0 : random.between(-15, 15);
    p.y = at + tall / 2;
    at += tall + (book ? 0 : random.between(2, 12));
    out.zones.push_back(p.page.lines);
    pages.push_back(std::move(p));
  }
  for (Placed& p : pages) p.y -= at / 2;
  s.width = 175;
  s.height = at + 25;
  out.grey = developed(random, take(s, pages), s);
  return out;
}

// A bilevel scan at the two resolutions of a fax, and what the line did to it.
Scene fax(Random& random) {
  Setting s = random_setting(random);
  s.dots = 8.04;
  s.tilt_x = s.tilt_y = 0;
  s.angle = random.normal() * 0.02;
  s.soft = random.between(0.4, 0.9);
  s.table = 250;
  std::vector<Placed> pages;
  pages.push_back(placed(random, s));
  fit_around(&s, pages[0], random.between(5, 40));
  const Plane picture = take(s, pages);
  const bool coarse = random.coin(0.5);
  const int step = coarse ? 2 : 1;
  Scene out{make_raster(picture.width, picture.height / step, 1), {pages[0].page.lines}};
  // The threshold follows the paper, as a scanner sets it.
  Plane paper = picture;
  blur(&paper, 4 * s.dots);
  const double level = random.between(0.72, 0.86);
  for (int y = 0; y < out.grey.height; ++y) {
    const bool lost = random.coin(0.004);
    for (int x = 0; x < out.grey.width; ++x) {
      double v = 0;
      for (int k = 0; k < step; ++k) v += picture.at(x, y * step + k) / step;
      v += (random.unit() - 0.5) * 14;
      const bool white = v > level * paper.at(x, y * step);
      out.grey.row(y)[x] = white || lost ? 255 : 0;
    }
  }
  return out;
}

// A page on a monitor: its pixels, then a camera before them that is not in step with them.
Scene screen(Random& random) {
  Setting s = random_setting(random);
  s.dots = random.between(3.4, 6);  // monitor pixels a millimetre of the page
  s.angle = s.tilt_x = s.tilt_y = 0;
  s.soft = 0.3;
  std::vector<Placed> pages;
  pages.push_back(placed(random, s));
  fit_around(&s, pages[0], random.between(5, 30));
  const Plane shown = take(s, pages);
  const double ratio = random.between(1.1, 2.6);  // camera pixels a monitor pixel
  const double angle = random.normal() * 0.06, lean = random.normal() * 0.00004;
  const double stripes = random.between(0.1, 0.55), gap = random.between(0.05, 0.4);
  Plane picture(static_cast<int>(shown.width * ratio), static_cast<int>(shown.height * ratio), 0);
  for (int v = 0; v < picture.height; ++v) {
    for (int u = 0; u < picture.width; ++u) {
      const double du = u - picture.width / 2.0, dv = v - picture.height / 2.0, w = 1 + lean * du + lean * 0.7 * dv;
      const double x = (du * std::cos(angle) + dv * std::sin(angle)) / ratio / w + shown.width / 2.0;
      const double y = (-du * std::sin(angle) + dv * std::cos(angle)) / ratio / w + shown.height / 2.0;
      if (x < 0 || y < 0 || x >= shown.width || y >= shown.height) continue;
      const double lit = (1 - stripes * (0.5 + 0.5 * std::cos(6.2832 * x))) * (y - std::floor(y) > 0.8 ? 1 - gap : 1);
      picture.at(u, v) = static_cast<float>(shown.at(static_cast<int>(x), static_cast<int>(y)) * lit);
    }
  }
  blur(&picture, random.between(0.3, 0.55) * ratio);
  Setting camera = s;
  camera.noise = random.between(1, 6);
  return {developed(random, picture, camera), {pages[0].page.lines}};
}

// A copy of a copy: too dark or too light, thick, with dirt.
Scene copy(Random& random) {
  Setting s = random_setting(random);
  s.dots = random.between(6, 11.8);
  s.tilt_x = s.tilt_y = 0;
  s.angle = random.normal() * 0.03 + (random.coin(0.25) ? 3.1416 : 0);
  s.table = 245;
  s.soft = random.between(0.5, 0.11 * 2.54 * s.dots);
  std::vector<Placed> pages;
  pages.push_back(placed(random, s));
  fit_around(&s, pages[0], random.between(4, 50));
  Plane picture = take(s, pages);
  Plane paper = picture;
  blur(&paper, 5 * s.dots);
  const double level = random.between(0.68, 0.88), steep = random.between(3, 14);
  for (std::size_t i = 0; i < picture.v.size(); ++i) {
    const double v = picture.v[i] / std::max(20.0F, paper.v[i]);
    picture.v[i] = static_cast<float>(255 / (1 + std::exp(std::clamp(-(v - level) * steep * 4, -30.0, 30.0))));
  }
  for (int n = static_cast<int>(random.between(0, 400)); n > 0; --n) {
    const int x = static_cast<int>(random.below(static_cast<std::size_t>(picture.width - 3)));
    const int y = static_cast<int>(random.below(static_cast<std::size_t>(picture.height - 3)));
    const float tone = random.coin(0.7) ? 20.0F : 245.0F;
    for (int k = 0; k < 9; ++k)
      if (random.coin(0.6)) picture.at(x + k % 3, y + k / 3) = tone;
  }
  return {developed(random, picture, s), {pages[0].page.lines}};
}

// A small document in a large photograph.
Scene huge(Random& random) {
  Setting s = random_setting(random);
  s.dots = random.between(9, 13);
  std::vector<Placed> pages;
  pages.push_back(placed(random, s));
  s.width = random.between(330, 560);
  s.height = s.width * random.between(0.6, 0.8);
  pages[0].x = random.between(-0.25, 0.25) * s.width;
  pages[0].y = random.between(-0.2, 0.2) * s.height;
  s.tilt_x *= 0.3;
  s.tilt_y *= 0.3;
  const Plane picture = take(s, pages);
  return {developed(random, picture, s), {pages[0].page.lines}};
}

// A document that fills two thirds of a photograph of that many pixels.
Scene photo(Random& random, double pixels) {
  Setting s = random_setting(random);
  s.width = 190;
  s.height = 142.5;
  s.dots = std::sqrt(pixels / (s.width * s.height));
  s.angle = random.normal() * 0.15;
  s.quality = 90;
  std::vector<Placed> pages;
  pages.push_back(placed(random, s));
  return {developed(random, take(s, pages), s), {pages[0].page.lines}};
}

// A page of text, as scanned at 131 dots an inch.
Scene letter(Random& random) {
  Plane ink(1083, 1385, 0);
  const double size = random.between(15, 24);
  for (double base = random.between(90, 160); base < 1290; base += size * 1.35) {
    if (random.coin(0.12)) continue;
    const double end = random.coin(0.2) ? random.between(300, 900) : 960;
    for (double x = 110; x < end;) x = print_words(random, x, base, size, &ink) + size / 3;
  }
  blur(&ink, random.between(0.4, 0.8));
  const double white = random.between(220, 252);
  for (float& v : ink.v) v = static_cast<float>(white * (1 - 0.85 * std::min(1.0F, v * 1.3F)));
  Setting s = random_setting(random);
  s.noise = random.between(0.5, 3);
  s.quality = 85;
  return {developed(random, ink, s), {}};
}

}  // namespace

const char* name_of(Trouble trouble) {
  static constexpr std::array Names = {"plain", "curl",   "tilt", "shadow", "stamp", "inverted", "crowded", "small",
                                       "fax",   "screen", "copy", "huge",   "photo", "large",    "letter"};
  return Names[static_cast<std::size_t>(trouble)];
}

Scene random_scene(Random& random, Trouble trouble) {
  switch (trouble) {
    case Trouble::Crowded: return crowd(random);
    case Trouble::Fax: return fax(random);
    case Trouble::Screen: return screen(random);
    case Trouble::Copy: return copy(random);
    case Trouble::Huge: return huge(random);
    case Trouble::Photo: return photo(random, 1.5e6);
    case Trouble::Large: return photo(random, 12e6);
    case Trouble::Letter: return letter(random);
    default: return one_page(random, trouble);
  }
}

}  // namespace careo::train
