// SPDX-License-Identifier: Apache-2.0
#include "light.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace careo::bench {

namespace {

// A smooth function of the place, computed at every fourth pixel and drawn in straight lines between.
std::vector<float> field_of(const Film& film, const std::function<double(double, double)>& at) {
  constexpr int Step = 4;
  const int across = film.width / Step + 2, down = film.height / Step + 2;
  std::vector<float> coarse;
  coarse.reserve(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
  for (int v = 0; v < down; ++v) {
    for (int u = 0; u < across; ++u) coarse.push_back(static_cast<float>(at(u * Step, v * Step)));
  }
  std::vector<float> out;
  out.reserve(static_cast<std::size_t>(film.width) * static_cast<std::size_t>(film.height));
  for (int v = 0; v < film.height; ++v) {
    const float fv = static_cast<float>(v % Step) / Step;
    const float* above = coarse.data() + static_cast<std::ptrdiff_t>(v / Step) * across;
    for (int u = 0; u < film.width; ++u) {
      const float fu = static_cast<float>(u % Step) / Step;
      const float* a = above + u / Step;
      const float* b = a + across;
      out.push_back((a[0] * (1 - fu) + a[1] * fu) * (1 - fv) + (b[0] * (1 - fu) + b[1] * fu) * fv);
    }
  }
  return out;
}

double sigmoid(double x) {
  return 1 / (1 + std::exp(std::clamp(-x, -30.0, 30.0)));
}

void multiply(Film* film, const std::function<double(double, double)>& at) {
  const std::vector<float> field = field_of(*film, at);
  for (std::size_t i = 0; i < film->light.size(); ++i)
    film->light[i] *= field[i / static_cast<std::size_t>(film->channels)];
}

}  // namespace

void shade(Film* film, Dice& dice, double most) {
  const double angle = dice.between(0, 6.2832);
  const double dx = std::cos(angle) * most / film->width, dy = std::sin(angle) * most / film->height;
  const double corner = dice.between(0, most / 2);
  const double mx = film->width / 2.0, my = film->height / 2.0;
  multiply(film, [=](double u, double v) {
    const double r2 = ((u - mx) * (u - mx) + (v - my) * (v - my)) / (mx * mx + my * my);
    return 1 - most / 2 + dx * (u - mx) + dy * (v - my) - corner * r2;
  });
}

void cast_shadow(Film* film, Dice& dice, double dark, double soft) {
  const double angle = dice.between(0, 6.2832);
  const double co = std::cos(angle), si = std::sin(angle);
  const double reach = std::max(film->width, film->height);
  const double mx = dice.between(0.2, 0.8) * film->width, my = dice.between(0.2, 0.8) * film->height;
  const double wave = dice.between(0.15, 0.8) * reach, swing = dice.between(0, 0.06) * reach;
  const double phase = dice.between(0, 6.2832);
  const double band = dice.coin(0.4) ? dice.between(0.08, 0.4) * reach : 1e9;
  multiply(film, [=](double u, double v) {
    const double along = -si * (u - mx) + co * (v - my);
    const double d = co * (u - mx) + si * (v - my) + swing * std::sin(along / wave * 6.2832 + phase);
    return 1 - dark * sigmoid(d / soft) * sigmoid((band - d) / soft);
  });
}

void reflect(Film* film, Dice& dice, double power, Point middle) {
  const double mx = middle.x, my = middle.y;
  const double angle = dice.between(0, 3.1416);
  const double co = std::cos(angle), si = std::sin(angle);
  const double rx = dice.between(0.06, 0.3) * film->width;
  const double ry = rx * dice.between(0.15, 0.8);
  const std::vector<float> field = field_of(*film, [=](double u, double v) {
    const double a = (co * (u - mx) + si * (v - my)) / rx, b = (-si * (u - mx) + co * (v - my)) / ry;
    const double q = a * a + b * b;
    return q < 14 ? power * std::exp(-q) : 0.0;
  });
  for (std::size_t i = 0; i < film->light.size(); ++i)
    film->light[i] += field[i / static_cast<std::size_t>(film->channels)];
}

}  // namespace careo::bench
