// SPDX-License-Identifier: Apache-2.0
#include "read/upright.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace careo {
namespace {

constexpr std::size_t kMostViews = 4;
constexpr double kPitch = 30;          ///< dots a character of 2.54 mm (ICAO 9303-3, 4.1) has at 300 dots an inch
constexpr double kSameWay = 0.2;       ///< radians between two zones that are read in one view
constexpr double kSameSize = 1.4;      ///< and how much larger one may be
constexpr double kMarginLines = 0.35;  ///< heights of the zone painted over outside it

struct Lie {
  double angle = 0;  ///< of the reading direction against the picture's rows, clockwise
  double scale = 1;  ///< dots of the view a dot of the picture
};

Point corner(const PlacedZone& zone, std::size_t i) {
  return {static_cast<double>(zone.box[2 * i]), static_cast<double>(zone.box[2 * i + 1])};
}

Lie lie_of(const PlacedZone& zone) {
  const Point a = corner(zone, 0), b = corner(zone, 1), c = corner(zone, 2), d = corner(zone, 3);
  const double x = (b.x - a.x + c.x - d.x) / 2, y = (b.y - a.y + c.y - d.y) / 2;
  const double length = std::max(1.0, std::hypot(x, y));
  return {std::atan2(y, x), kPitch * static_cast<double>(std::max<std::size_t>(1, zone.characters)) / length};
}

bool same_lie(const Lie& a, const Lie& b) {
  const double turn = std::remainder(a.angle - b.angle, 2 * M_PI);
  const double size = a.scale > b.scale ? a.scale / b.scale : b.scale / a.scale;
  return std::abs(turn) < kSameWay && size < kSameSize;
}

/// The mean of the brighter half: the paper between the letters.
std::uint8_t paper_in(const Raster& grey, int left, int top, int right, int bottom) {
  std::array<std::uint32_t, 256> counts{};
  std::uint32_t all = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x, ++all) ++counts[grey.row(y)[x]];
  }
  std::uint32_t seen = 0;
  for (std::size_t level = 0; level < counts.size(); ++level) {
    seen += counts[level];
    if (seen * 4 >= all * 3) return static_cast<std::uint8_t>(level);
  }
  return 255;
}

void paint_over(const PlacedZone& zone, Raster* grey) {
  std::array<Point, 4> corners;
  Point middle;
  for (std::size_t i = 0; i < 4; ++i) {
    corners[i] = corner(zone, i);
    middle = {middle.x + corners[i].x / 4, middle.y + corners[i].y / 4};
  }
  const double high = std::hypot(corners[3].x - corners[0].x, corners[3].y - corners[0].y);
  const double wide = std::max(1.0, std::hypot(corners[1].x - corners[0].x, corners[1].y - corners[0].y));
  // Outwards along both sides, as far as ink may reach that the reader did not count as the zone's.
  const double along = high * kMarginLines / wide;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t beside = i ^ 1U, across = 3 - i;
    const Point own = corners[i];
    corners[i].x += (own.x - corner(zone, beside).x) * along + (own.x - corner(zone, across).x) * kMarginLines;
    corners[i].y += (own.y - corner(zone, beside).y) * along + (own.y - corner(zone, across).y) * kMarginLines;
  }
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  for (const Point& p : corners) {
    left = std::min(left, p.x), right = std::max(right, p.x);
    top = std::min(top, p.y), bottom = std::max(bottom, p.y);
  }
  const int x0 = std::clamp(static_cast<int>(left), 0, grey->width),
            x1 = std::clamp(static_cast<int>(right) + 1, 0, grey->width);
  const int y0 = std::clamp(static_cast<int>(top), 0, grey->height),
            y1 = std::clamp(static_cast<int>(bottom) + 1, 0, grey->height);
  const std::uint8_t paper = paper_in(*grey, x0, y0, x1, y1);
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      bool inside = true;
      for (std::size_t i = 0; i < 4 && inside; ++i) {
        const Point& a = corners[i];
        const Point& b = corners[(i + 1) % 4];
        inside = (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0;
      }
      if (inside) grey->row(y)[x] = paper;
    }
  }
}

std::uint8_t between_pixels(const Raster& grey, double x, double y) {
  x = std::clamp(x, 0.0, grey.width - 1.001);
  y = std::clamp(y, 0.0, grey.height - 1.001);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const double dx = x - left, dy = y - top;
  const std::uint8_t* a = grey.row(top) + left;
  const std::uint8_t* b = grey.row(top + 1) + left;
  return static_cast<std::uint8_t>((a[0] * (1 - dx) + a[1] * dx) * (1 - dy) + (b[0] * (1 - dx) + b[1] * dx) * dy + 0.5);
}

UprightView view_of(Raster grey, Lie lie, double most_pixels) {
  const double cosine = std::cos(lie.angle), sine = std::sin(lie.angle);
  const double whole_width = std::abs(cosine) * grey.width + std::abs(sine) * grey.height;
  const double whole_height = std::abs(sine) * grey.width + std::abs(cosine) * grey.height;
  lie.scale = std::min({lie.scale, 4.0, std::sqrt(most_pixels / (whole_width * whole_height))});
  const double whole = grey.width;
  while (lie.scale < 0.6 && std::min(grey.width, grey.height) >= 8) {
    grey = half_of(grey);
    lie.scale *= 2;
  }
  const double width = std::abs(cosine) * grey.width + std::abs(sine) * grey.height;
  const double height = std::abs(sine) * grey.width + std::abs(cosine) * grey.height;
  UprightView out;
  const double back = whole / grey.width, step = back / lie.scale;  // pixels of the picture
  out.placing = {cosine * step,
                 sine * step,
                 -sine * step,
                 cosine * step,
                 back * (grey.width - width * cosine + height * sine) / 2,
                 back * (grey.height - width * sine - height * cosine) / 2};
  out.grey = make_raster(std::max(1, static_cast<int>(width * lie.scale)),
                         std::max(1, static_cast<int>(height * lie.scale)), 1);
  for (int y = 0; y < out.grey.height; ++y) {
    for (int x = 0; x < out.grey.width; ++x) {
      const double u = (x + 0.5) / lie.scale - width / 2, v = (y + 0.5) / lie.scale - height / 2;
      const double from_x = u * cosine - v * sine + grey.width / 2.0 - 0.5;
      const double from_y = u * sine + v * cosine + grey.height / 2.0 - 0.5;
      const bool outside = from_x < -1 || from_y < -1 || from_x > grey.width || from_y > grey.height;
      out.grey.row(y)[x] = outside ? 255 : between_pixels(grey, from_x, from_y);
    }
  }
  return out;
}

}  // namespace

std::vector<UprightView> upright_views(const Raster& grey, const std::vector<PlacedZone>& zones, double most_pixels) {
  if (zones.empty() || std::min(grey.width, grey.height) < 2) return {};
  Raster painted = grey;
  std::vector<Lie> lies;
  for (const PlacedZone& zone : zones) {
    paint_over(zone, &painted);
    const Lie lie = lie_of(zone);
    const bool known = std::any_of(lies.begin(), lies.end(), [&](const Lie& other) { return same_lie(lie, other); });
    if (!known && lies.size() < kMostViews) lies.push_back(lie);
  }
  std::vector<UprightView> out;
  for (const Lie& lie : lies) out.push_back(view_of(painted, lie, most_pixels));
  return out;
}

Raster half_of(const Raster& grey) {
  Raster out = make_raster(grey.width / 2, grey.height / 2, 1);
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* a = grey.row(2 * y);
    const std::uint8_t* b = grey.row(2 * y + 1);
    for (int x = 0; x < out.width; ++x)
      out.row(y)[x] = static_cast<std::uint8_t>((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
  }
  return out;
}

Raster turned(const Raster& grey, int quarters) {
  if (quarters % 4 == 0) return grey;
  Raster out = make_raster(grey.height, grey.width, 1);
  for (int y = 0; y < grey.height; ++y) {
    for (int x = 0; x < grey.width; ++x) out.row(x)[grey.height - 1 - y] = grey.row(y)[x];
  }
  return turned(out, quarters - 1);
}

}  // namespace careo
