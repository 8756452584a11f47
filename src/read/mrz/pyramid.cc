// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/pyramid.h"

#include <emmintrin.h>

#include <algorithm>

namespace careo::mrz {

namespace {

// Eight means of 2 x 2 pixels of two rows.
void halve_eight(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* to) {
  const __m128i low = _mm_set1_epi16(0xFF);
  const __m128i above = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a));
  const __m128i below = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b));
  const __m128i even = _mm_add_epi16(_mm_and_si128(above, low), _mm_and_si128(below, low));
  const __m128i odd = _mm_add_epi16(_mm_srli_epi16(above, 8), _mm_srli_epi16(below, 8));
  const __m128i mean = _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(even, odd), _mm_set1_epi16(2)), 2);
  _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(mean, mean));
}

}  // namespace

Raster halved(const Raster& grey) {
  Raster out = make_raster(std::max(1, grey.width / 2), std::max(1, grey.height / 2), 1);
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* a = grey.row(std::min(2 * y, grey.height - 1));
    const std::uint8_t* b = grey.row(std::min(2 * y + 1, grey.height - 1));
    std::uint8_t* to = out.row(y);
    if (grey.width < 2) {
      to[0] = static_cast<std::uint8_t>((a[0] + b[0] + 1) / 2);
      continue;
    }
    int x = 0;
    for (; x + 8 <= out.width; x += 8) halve_eight(a + 2 * x, b + 2 * x, to + x);
    for (; x < out.width; ++x) {
      to[x] = static_cast<std::uint8_t>((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
    }
  }
  return out;
}

Raster doubled(const Raster& grey) {
  Raster out = make_raster(grey.width * 2, grey.height * 2, 1);
  for (int y = 0; y < out.height; ++y) {
    // Pixel centres: the new row y lies a quarter of an old row before or behind the old row y / 2.
    const int near_y = y / 2;
    const int far_y = std::clamp(y % 2 == 0 ? near_y - 1 : near_y + 1, 0, grey.height - 1);
    const std::uint8_t* a = grey.row(near_y);
    const std::uint8_t* b = grey.row(far_y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      const int near_x = x / 2;
      const int far_x = std::clamp(x % 2 == 0 ? near_x - 1 : near_x + 1, 0, grey.width - 1);
      to[x] = static_cast<std::uint8_t>((9 * a[near_x] + 3 * a[far_x] + 3 * b[near_x] + b[far_x] + 8) >> 4);
    }
  }
  return out;
}

Pyramid::Pyramid(const Raster& grey) : picture_(grey) {
  const Raster* last = &picture_;
  while (last->width > 64 && last->height > 64 && halvings_.size() < 11) {
    Raster next = halved(*last);
    halvings_.push_back(std::move(next));
    last = &halvings_.back();
  }
}

std::size_t Pyramid::level_for(double step) const {
  std::size_t k = 0;
  while (step > 2.0 && k + 1 < levels()) {
    step /= 2;
    ++k;
  }
  return k;
}

}  // namespace careo::mrz
