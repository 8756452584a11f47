// SPDX-License-Identifier: Apache-2.0
#include "lens.h"

#include <algorithm>
#include <cmath>

namespace careo::bench {

namespace {

constexpr double TableStep = 0.5;  // millimetres of the bent profile

}  // namespace

Lens::Lens(const Sheet& sheet, const View& view)
    : view_(view),
      sheet_width_(sheet.width()),
      sheet_height_(sheet.height()),
      distance_(view.distance * sheet.width()),
      axis_cos_(std::cos(view.bend.axis)),
      axis_sin_(std::sin(view.bend.axis)),
      tilt_cos_(std::cos(view.tilt)),
      tilt_sin_(std::sin(view.tilt)),
      about_cos_(std::cos(view.tilt_about)),
      about_sin_(std::sin(view.tilt_about)),
      cos_(std::cos(view.angle)),
      sin_(std::sin(view.angle)) {
  // The profile is walked in steps of paper, so that bending never stretches it. It starts flat in the middle.
  const double half = std::hypot(sheet_width_, sheet_height_) / 2 + 20;
  const double edge = (std::abs(axis_sin_) * sheet_width_ + std::abs(axis_cos_) * sheet_height_) / 2;
  first_ = -half;
  Depth at{0, 0};
  std::size_t middle = 0;
  for (double s = first_; s <= half; s += TableStep) {
    const double bounded = std::clamp(s, -edge, edge);
    const double slope =
        view.bend.slope * bounded / edge - view.bend.fold * std::exp(-(bounded + edge) / view.bend.reach);
    profile_.push_back(at);
    if (s < 0) middle = profile_.size() - 1;
    at.along += TableStep * std::cos(slope);
    at.up += TableStep * std::sin(slope);
  }
  const Depth origin = profile_[middle];
  for (Depth& d : profile_) d = {d.along - origin.along, d.up - origin.up};
  double right = -1e9, bottom = -1e9;
  left_ = top_ = 1e9;
  for (int i = 0; i <= 16; ++i) {
    for (int j = 0; j <= 16; ++j) {
      if (i % 16 != 0 && j % 16 != 0) continue;
      const Point p = project(sheet_width_ * i / 16 - sheet_width_ / 2, sheet_height_ * j / 16 - sheet_height_ / 2);
      left_ = std::min(left_, p.x);
      right = std::max(right, p.x);
      top_ = std::min(top_, p.y);
      bottom = std::max(bottom, p.y);
    }
  }
  const double margin = view.margin * view.dots;
  left_ -= margin;
  top_ -= margin;
  width_ = static_cast<int>(right + margin - left_);
  height_ = static_cast<int>(bottom + margin - top_);
}

Lens::Depth Lens::bent(double s) const {
  const double at = std::clamp((s - first_) / TableStep, 0.0, static_cast<double>(profile_.size()) - 1.001);
  const auto i = static_cast<std::size_t>(at);
  const double f = at - static_cast<double>(i);
  return {profile_[i].along * (1 - f) + profile_[i + 1].along * f, profile_[i].up * (1 - f) + profile_[i + 1].up * f};
}

// (x, y) from the middle of the sheet.
Point Lens::project(double x, double y) const {
  const double across = -axis_sin_ * x + axis_cos_ * y;
  const double along = axis_cos_ * x + axis_sin_ * y;
  const Depth d = bent(across);
  const double bx = axis_cos_ * along - axis_sin_ * d.along;
  const double by = axis_sin_ * along + axis_cos_ * d.along;
  // Tilted about the axis across (about_cos, about_sin); up is towards the camera.
  const double u = about_cos_ * bx + about_sin_ * by;
  const double v = -about_sin_ * bx + about_cos_ * by;
  const double tu = tilt_cos_ * u + tilt_sin_ * d.up;
  const double deep = tilt_sin_ * u - tilt_cos_ * d.up;
  const double k = view_.dots * distance_ / (distance_ + deep);
  const double px = (about_cos_ * tu - about_sin_ * v) * k;
  const double py = (about_sin_ * tu + about_cos_ * v) * k;
  return {cos_ * px - sin_ * py, sin_ * px + cos_ * py};
}

Point Lens::to_picture(double x, double y) const {
  const Point p = project(x - sheet_width_ / 2, y - sheet_height_ / 2);
  return {p.x - left_, p.y - top_};
}

// Newton from `near`, the neighbour's answer, on a map that is nearly a similarity; steps are bounded off the paper.
Point Lens::to_sheet(double u, double v, Point near, int rounds) const {
  constexpr double H = 0.2;
  for (int i = 0; i < rounds; ++i) {
    const Point p = to_picture(near.x, near.y);
    const Point px = to_picture(near.x + H, near.y), py = to_picture(near.x, near.y + H);
    const double a = (px.x - p.x) / H, b = (py.x - p.x) / H, c = (px.y - p.y) / H, d = (py.y - p.y) / H;
    const double det = a * d - b * c;
    if (std::abs(det) < 1e-6) return near;
    const double ru = u - p.x, rv = v - p.y;
    near.x += std::clamp((ru * d - rv * b) / det, -20.0, 20.0);
    near.y += std::clamp((rv * a - ru * c) / det, -20.0, 20.0);
  }
  constexpr double Off = 150;  // millimetres off the paper: further than any margin shows
  return {std::clamp(near.x, -Off, sheet_width_ + Off), std::clamp(near.y, -Off, sheet_height_ + Off)};
}

// Each answer is the first guess of its neighbours, from the middle outwards: the middle of the picture shows the
// sheet.
std::vector<Point> Lens::lattice() const {
  const int across = lattice_width(), down = height_ / Step + 2;
  std::vector<Point> out(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
  const auto at = [&](int i, int j) -> Point& { return out[static_cast<std::size_t>(j * across + i)]; };
  const int mi = across / 2, mj = down / 2;
  const auto solve = [&](int i, int j, Point near) { at(i, j) = to_sheet(i * Step, j * Step, near, 4); };
  at(mi, mj) = to_sheet(mi * Step, mj * Step, {sheet_width_ / 2, sheet_height_ / 2}, 20);
  for (int j = mj + 1; j < down; ++j) solve(mi, j, at(mi, j - 1));
  for (int j = mj - 1; j >= 0; --j) solve(mi, j, at(mi, j + 1));
  for (int j = 0; j < down; ++j) {
    for (int i = mi + 1; i < across; ++i) solve(i, j, at(i - 1, j));
    for (int i = mi - 1; i >= 0; --i) solve(i, j, at(i + 1, j));
  }
  return out;
}

namespace {

// Streaks of wood, one number for all channels.
float grain_at(double u, double v) {
  return static_cast<float>(14 * std::sin(v * 0.021 + 3 * std::sin(u * 0.004)) +
                            7 * std::sin(v * 0.13 + std::sin(u * 0.02) * 2));
}

void sample(const Film& from, double x, double y, float* to) {
  const int ix = static_cast<int>(x), iy = static_cast<int>(y);
  const auto fx = static_cast<float>(x - ix), fy = static_cast<float>(y - iy);
  const float* a = from.row(iy) + ix * from.channels;
  const float* b = from.row(iy + 1) + ix * from.channels;
  for (int c = 0; c < from.channels; ++c) {
    to[c] =
        (a[c] * (1 - fx) + a[c + from.channels] * fx) * (1 - fy) + (b[c] * (1 - fx) + b[c + from.channels] * fx) * fy;
  }
}

}  // namespace

Film expose(const Sheet& sheet, const Lens& lens, const Ground& ground, double dots, std::vector<PrintedZone>* zones) {
  Film page = film_of(sheet.raster);
  // What falls into one pixel of the picture is averaged before it is sampled.
  blur(&page, 0.42 * sheet.dots / dots);
  const std::vector<Point> lattice = lens.lattice();
  const int across = lens.lattice_width();
  Film out(lens.width(), lens.height(), 3);
  for (int v = 0; v < out.height; ++v) {
    const double fv = static_cast<double>(v % Lens::Step) / Lens::Step;
    const Point* above = lattice.data() + static_cast<std::ptrdiff_t>(v / Lens::Step) * across;
    for (int u = 0; u < out.width; ++u) {
      const double fu = static_cast<double>(u % Lens::Step) / Lens::Step;
      const Point* a = above + u / Lens::Step;
      const Point* b = a + across;
      const double x =
          ((a[0].x * (1 - fu) + a[1].x * fu) * (1 - fv) + (b[0].x * (1 - fu) + b[1].x * fu) * fv) * sheet.dots;
      const double y =
          ((a[0].y * (1 - fu) + a[1].y * fu) * (1 - fv) + (b[0].y * (1 - fu) + b[1].y * fu) * fv) * sheet.dots;
      float* to = out.row(v) + 3 * u;
      if (x >= 0 && y >= 0 && x < page.width - 1 && y < page.height - 1) {
        sample(page, x, y, to);
        continue;
      }
      const float grain = ground.grained ? grain_at(u, v) : 0;
      for (int c = 0; c < 3; ++c) to[c] = ground.light[c] + grain;
    }
  }
  for (PrintedZone zone : sheet.zones) {
    for (Point& p : zone.corners) p = lens.to_picture(p.x, p.y);
    zones->push_back(zone);
  }
  return out;
}

}  // namespace careo::bench
