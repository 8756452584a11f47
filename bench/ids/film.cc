// SPDX-License-Identifier: Apache-2.0
#include "film.h"

#include <algorithm>
#include <cmath>

namespace careo::bench {

namespace {

std::vector<float> kernel_of(double sigma) {
  const int reach = std::max(1, static_cast<int>(std::ceil(sigma * 2.5)));
  std::vector<float> out;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) sum += std::exp(-0.5 * i * i / (sigma * sigma));
  for (int i = -reach; i <= reach; ++i)
    out.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma * sigma)) / sum));
  return out;
}

void blur_rows(Film* film, const std::vector<float>& kernel) {
  const int reach = static_cast<int>(kernel.size() / 2);
  const int step = film->channels;
  const int count = film->width * step;
  std::vector<float> padded(static_cast<std::size_t>(count + 2 * reach * step));
  for (int y = 0; y < film->height; ++y) {
    float* row = film->row(y);
    std::copy_n(row, count, padded.begin() + reach * step);
    for (int i = 0; i < reach * step; ++i) {
      padded[static_cast<std::size_t>(i)] = row[i % step];
      padded[static_cast<std::size_t>(count + reach * step + i)] = row[count - step + i % step];
    }
    std::fill_n(row, count, 0.0F);
    for (std::size_t k = 0; k < kernel.size(); ++k) {
      const float weight = kernel[k];
      const float* from = padded.data() + k * static_cast<std::size_t>(step);
      for (int x = 0; x < count; ++x) row[x] += weight * from[x];
    }
  }
}

void blur_columns(Film* film, const std::vector<float>& kernel) {
  const int reach = static_cast<int>(kernel.size() / 2);
  const int count = film->width * film->channels;
  const Film from = *film;
  for (int y = 0; y < film->height; ++y) {
    float* to = film->row(y);
    std::fill_n(to, count, 0.0F);
    for (std::size_t k = 0; k < kernel.size(); ++k) {
      const float weight = kernel[k];
      const float* row = from.row(std::clamp(y + static_cast<int>(k) - reach, 0, film->height - 1));
      for (int x = 0; x < count; ++x) to[x] += weight * row[x];
    }
  }
}

// Drawing a normal number for every pixel costs more than the rest of the picture: one table, entered at random places.
const std::vector<float>& normals() {
  static const std::vector<float> made = [] {
    Dice own(77);
    std::vector<float> out;
    for (int i = 0; i < 65536; ++i) out.push_back(static_cast<float>(own.normal()));
    return out;
  }();
  return made;
}

}  // namespace

Film film_of(const Raster& raster) {
  Film out(raster.width, raster.height, raster.channels);
  for (std::size_t i = 0; i < raster.pixels.size(); ++i) out.light[i] = static_cast<float>(raster.pixels[i]);
  return out;
}

Raster raster_of(const Film& film) {
  Raster out = make_raster(film.width, film.height, film.channels);
  for (std::size_t i = 0; i < film.light.size(); ++i)
    out.pixels[i] = static_cast<std::uint8_t>(std::clamp(film.light[i] + 0.5F, 0.0F, 255.0F));
  return out;
}

Film grey_of(const Film& film) {
  if (film.channels == 1) return film;
  Film out(film.width, film.height, 1);
  for (std::size_t i = 0; i < out.light.size(); ++i) {
    const float* rgb = film.light.data() + 3 * i;
    out.light[i] = 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2];
  }
  return out;
}

void blur(Film* film, double sigma_across, double sigma_down) {
  if (sigma_across >= 0.2) blur_rows(film, kernel_of(sigma_across));
  if (sigma_down >= 0.2) blur_columns(film, kernel_of(sigma_down));
}

void smear(Film* film, double reach, double angle) {
  if (reach < 0.2) return;
  constexpr int Taps = 4;
  const Film from = *film;
  std::fill(film->light.begin(), film->light.end(), 0.0F);
  for (int k = -Taps; k <= Taps; ++k) {
    // Two neighbours share each tap across, none down: a hand's path need not be exact.
    const double du = std::cos(angle) * reach * k / Taps;
    const int dv = static_cast<int>(std::lround(std::sin(angle) * reach * k / Taps));
    const int left = static_cast<int>(std::floor(du));
    const auto share = static_cast<float>(du - left);
    for (int y = 0; y < film->height; ++y) {
      const float* row = from.row(std::clamp(y + dv, 0, film->height - 1));
      float* to = film->row(y);
      for (int x = 0; x < film->width; ++x) {
        const float* a = row + std::clamp(x + left, 0, film->width - 1) * film->channels;
        const float* b = row + std::clamp(x + left + 1, 0, film->width - 1) * film->channels;
        for (int c = 0; c < film->channels; ++c) to[x * film->channels + c] += a[c] * (1 - share) + b[c] * share;
      }
    }
  }
  for (float& v : film->light) v /= 2 * Taps + 1;
}

void sharpen(Film* film, double sigma, double amount) {
  Film soft = *film;
  blur(&soft, sigma);
  const auto much = static_cast<float>(amount);
  for (std::size_t i = 0; i < soft.light.size(); ++i) film->light[i] += much * (film->light[i] - soft.light[i]);
}

void add_noise(Film* film, Dice& dice, double deviation, double shot) {
  const std::vector<float>& table = normals();
  auto at = static_cast<std::uint32_t>(dice.whole(0, 65535));
  std::uint32_t state = at * 2654435761U + 1;
  const auto base = static_cast<float>(deviation);
  const auto rise = static_cast<float>(shot);
  for (float& v : film->light) {
    state = state * 1664525U + 1013904223U;
    at += 1 + (state >> 31);
    v += table[at & 65535U] * (base + rise * std::sqrt(std::max(0.0F, v)));
  }
}

}  // namespace careo::bench
