// SPDX-License-Identifier: Apache-2.0
#include "fax.h"

#include <algorithm>

namespace careo::train {

namespace {

Plane coarse_lines(const Plane& picture) {
  Plane out(picture.width, picture.height / 2, 0);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) out.at(x, y) = (picture.at(x, 2 * y) + picture.at(x, 2 * y + 1)) / 2;
  }
  return out;
}

// What is at most `share` of the picture's pixels.
float part(const Plane& picture, double share) {
  std::vector<float> sorted = picture.v;
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), nth, sorted.end());
  return *nth;
}

void cut(Random& random, Plane* picture) {
  const float dark = part(*picture, 0.02), paper = part(*picture, 0.7);
  const auto level = dark + (paper - dark) * static_cast<float>(random.between(0.33, 0.72));
  for (float& v : picture->v) v = v < level ? 0 : 255;
}

// Atkinson's diffusion: six eighths of the error go on, so light paper stays clean.
void diffuse(Plane* picture) {
  static constexpr int Reach[][2] = {{1, 0}, {2, 0}, {-1, 1}, {0, 1}, {1, 1}, {0, 2}};
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      const float shown = picture->at(x, y) < 128 ? 0 : 255;
      const float rest = (picture->at(x, y) - shown) / 8;
      picture->at(x, y) = shown;
      for (const auto& [dx, dy] : Reach) {
        const int u = x + dx, v = y + dy;
        if (u >= 0 && u < picture->width && v < picture->height) picture->at(u, v) += rest;
      }
    }
  }
}

// Bayer's order of sixteen thresholds.
void order(Plane* picture) {
  static constexpr int Order[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      const float level = 40 + 11 * static_cast<float>(Order[y % 4][x % 4]);
      picture->at(x, y) = picture->at(x, y) < level ? 0 : 255;
    }
  }
}

}  // namespace

Fax send_fax(Random& random, const Plane& picture) {
  const bool coarse = random.coin(0.5);
  const bool repeated = coarse && random.coin(0.5);
  Plane sent = coarse ? coarse_lines(picture) : picture;
  const double noise = random.between(0.5, 14);
  for (float& v : sent.v) v += static_cast<float>(random.normal() * noise);
  const std::size_t way = random.below(12);
  way < 9 ? cut(random, &sent) : way < 11 ? diffuse(&sent) : order(&sent);
  const double loss = random.coin(0.3) ? random.between(0.005, 0.04) : 0;
  const double shut = random.coin(0.1) ? 0.03 : 0;  // dots that stay white or black
  Fax out{make_raster(picture.width, repeated ? 2 * sent.height : sent.height, 1), coarse && !repeated ? 0.5 : 1};
  for (int y = 0; y < out.grey.height; ++y) {
    const int from = repeated ? y / 2 : y;
    const bool lost = y > 0 && random.coin(loss);
    for (int x = 0; x < out.grey.width; ++x) {
      const float v = random.coin(shut) ? 255 - sent.at(x, from) : sent.at(x, from);
      out.grey.row(y)[x] = lost ? out.grey.row(y - 1)[x] : static_cast<std::uint8_t>(v);
    }
  }
  return out;
}

}  // namespace careo::train
