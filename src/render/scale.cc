// SPDX-License-Identifier: Apache-2.0
#include "render/scale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace careo {
namespace {

/// One side of the area average: which old pixels fall on a new one, with weights in 1/256.
struct Span {
  int first = 0;
  std::vector<std::uint32_t> weights;
};

std::vector<Span> spans(int from, int to) {
  std::vector<Span> out(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const std::int64_t begin = std::int64_t{i} * from * 256 / to;
    const std::int64_t end = std::max<std::int64_t>(begin + 1, (std::int64_t{i} + 1) * from * 256 / to);
    Span& span = out[static_cast<std::size_t>(i)];
    span.first = static_cast<int>(begin / 256);
    for (std::int64_t pixel = begin / 256; pixel * 256 < end && pixel < from; ++pixel) {
      const std::int64_t covered = std::min(end, (pixel + 1) * 256) - std::max(begin, pixel * 256);
      span.weights.push_back(static_cast<std::uint32_t>(covered));
    }
  }
  return out;
}

using Eight = std::array<double, 8>;

/// The perspective map from the rectangle [0,w] x [0,h] to four corners, as x = (a u + b v + c) / (g u + h v + 1)
/// (Heckbert, Fundamentals of Texture Mapping, 1989, section 2.2.3).
Eight perspective(const Region::Box& box, double width, double height) {
  const std::array<double, 4> x = {double(box[0]), double(box[2]), double(box[4]), double(box[6])};
  const std::array<double, 4> y = {double(box[1]), double(box[3]), double(box[5]), double(box[7])};
  const double dx1 = x[1] - x[2];
  const double dx2 = x[3] - x[2];
  const double dx3 = x[0] - x[1] + x[2] - x[3];
  const double dy1 = y[1] - y[2];
  const double dy2 = y[3] - y[2];
  const double dy3 = y[0] - y[1] + y[2] - y[3];
  const double divisor = dx1 * dy2 - dx2 * dy1;
  const double g = divisor == 0 ? 0 : (dx3 * dy2 - dx2 * dy3) / divisor;
  const double h = divisor == 0 ? 0 : (dx1 * dy3 - dx3 * dy1) / divisor;
  return {(x[1] - x[0] + g * x[1]) / width,
          (x[3] - x[0] + h * x[3]) / height,
          x[0],
          (y[1] - y[0] + g * y[1]) / width,
          (y[3] - y[0] + h * y[3]) / height,
          y[0],
          g / width,
          h / height};
}

/// Bilinear, weights in 1/256; white outside.
void sample(const Raster& raster, double x, double y, std::uint8_t* out) {
  if (!(x > -1) || !(y > -1) || !(x < raster.width) || !(y < raster.height)) {
    std::fill(out, out + raster.channels, std::uint8_t{255});
    return;
  }
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const int right_part = static_cast<int>((x - left) * 256);
  const int lower_part = static_cast<int>((y - top) * 256);
  const auto at = [&](int px, int py, int channel) {
    px = std::clamp(px, 0, raster.width - 1);
    py = std::clamp(py, 0, raster.height - 1);
    return int{raster.row(py)[px * raster.channels + channel]};
  };
  for (int channel = 0; channel < raster.channels; ++channel) {
    const int upper = at(left, top, channel) * (256 - right_part) + at(left + 1, top, channel) * right_part;
    const int lower = at(left, top + 1, channel) * (256 - right_part) + at(left + 1, top + 1, channel) * right_part;
    out[channel] = static_cast<std::uint8_t>((upper * (256 - lower_part) + lower * lower_part + 32768) >> 16);
  }
}

double distance(const Region::Box& box, std::size_t a, std::size_t b) {
  return std::hypot(double(box[2 * a]) - box[2 * b], double(box[2 * a + 1]) - box[2 * b + 1]);
}

}  // namespace

Raster fit(const Raster& raster, int max_side) {
  const int longer = std::max(raster.width, raster.height);
  if (longer <= max_side) return raster;
  const auto scaled = [&](int side) {
    return std::max(1, static_cast<int>((std::int64_t{side} * max_side + longer / 2) / longer));
  };
  Raster out = make_raster(scaled(raster.width), scaled(raster.height), raster.channels);
  const std::vector<Span> columns = spans(raster.width, out.width);
  const std::vector<Span> rows = spans(raster.height, out.height);
  const auto width = static_cast<std::size_t>(out.width * out.channels);
  std::vector<std::uint64_t> sums(width);
  std::vector<std::uint64_t> weights(static_cast<std::size_t>(out.width));
  for (int y = 0; y < out.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0);
    std::fill(weights.begin(), weights.end(), 0);
    const Span& row = rows[static_cast<std::size_t>(y)];
    for (std::size_t i = 0; i < row.weights.size(); ++i) {
      const std::uint8_t* in = raster.row(row.first + static_cast<int>(i));
      for (std::size_t x = 0; x < columns.size(); ++x) {
        const Span& column = columns[x];
        for (std::size_t k = 0; k < column.weights.size(); ++k) {
          const std::uint64_t weight = std::uint64_t{row.weights[i]} * column.weights[k];
          const std::uint8_t* pixel =
              in + (static_cast<std::size_t>(column.first) + k) * static_cast<std::size_t>(out.channels);
          weights[x] += weight;
          for (std::size_t c = 0; c < static_cast<std::size_t>(out.channels); ++c) {
            sums[x * static_cast<std::size_t>(out.channels) + c] += weight * pixel[c];
          }
        }
      }
    }
    std::uint8_t* to = out.row(y);
    for (std::size_t i = 0; i < width; ++i) {
      const std::uint64_t weight = weights[i / static_cast<std::size_t>(out.channels)];
      to[i] = static_cast<std::uint8_t>((sums[i] + weight / 2) / weight);
    }
  }
  return out;
}

Result<Raster> cut_out(const Raster& raster, const Region::Box& box, int max_side) {
  // A corner far outside of any picture is a lie or an accident; near ones only bring in white.
  for (const std::int32_t corner : box) {
    if (corner < -(1 << 20) || corner > (1 << 20)) return fail(Fault::Refused, "a box beyond the picture");
  }
  double width = std::max(distance(box, 0, 1), distance(box, 3, 2));
  double height = std::max(distance(box, 0, 3), distance(box, 1, 2));
  if (!(width >= 1) || !(height >= 1)) return fail(Fault::Refused, "a box without extent");
  // Sampled at up to twice the wanted size and then averaged: bilinear samples alone would skip pixels.
  const double shrink = std::min(1.0, 2.0 * max_side / std::max(width, height));
  const int columns = std::max(1, static_cast<int>(std::lround(width * shrink)));
  const int rows = std::max(1, static_cast<int>(std::lround(height * shrink)));
  const Eight map = perspective(box, columns, rows);
  Raster out = make_raster(columns, rows, raster.channels);
  for (int v = 0; v < rows; ++v) {
    std::uint8_t* to = out.row(v);
    for (int u = 0; u < columns; ++u, to += raster.channels) {
      const double at_u = u + 0.5;
      const double at_v = v + 0.5;
      const double scale = map[6] * at_u + map[7] * at_v + 1;
      if (!(scale > 1e-9)) {
        std::fill(to, to + raster.channels, std::uint8_t{255});
        continue;
      }
      sample(raster, (map[0] * at_u + map[1] * at_v + map[2]) / scale - 0.5,
             (map[3] * at_u + map[4] * at_v + map[5]) / scale - 0.5, to);
    }
  }
  return fit(out, max_side);
}

}  // namespace careo
