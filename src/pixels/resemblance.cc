// SPDX-License-Identifier: Apache-2.0
#include "pixels/resemblance.h"

#include <array>
#include <cmath>
#include <numeric>

namespace careo {
namespace {

constexpr int kSide = 24;
constexpr double kBlack = 16;       // of 255: JPEG leaves noise in a bar
constexpr double kLeastSpread = 4;  // standard deviation of a picture that shows something
using Fields = std::array<double, kSide * kSide>;

struct Window {
  int left = 0, top = 0, right = 0, bottom = 0;
};

double mean_of(const Raster& grey, const Window& window) {
  double sum = 0;
  for (int y = window.top; y < window.bottom; ++y)
    for (int x = window.left; x < window.right; ++x) sum += grey.row(y)[x];
  return sum / (std::max(1, window.right - window.left) * std::max(1, window.bottom - window.top));
}

/// Without rows and columns at the edges that are black, at most a third of each side.
Window without_bars(const Raster& grey) {
  Window out{0, 0, grey.width, grey.height};
  const int rows = grey.height / 3;
  const int columns = grey.width / 3;
  while (out.top < rows && mean_of(grey, {0, out.top, grey.width, out.top + 1}) < kBlack) ++out.top;
  while (out.bottom > grey.height - rows && mean_of(grey, {0, out.bottom - 1, grey.width, out.bottom}) < kBlack)
    --out.bottom;
  while (out.left < columns && mean_of(grey, {out.left, 0, out.left + 1, grey.height}) < kBlack) ++out.left;
  while (out.right > grey.width - columns && mean_of(grey, {out.right - 1, 0, out.right, grey.height}) < kBlack)
    --out.right;
  return out;
}

/// The light of each field, less the mean of all.
Fields fields_of(const Raster& grey, const Window& window) {
  Fields out{};
  const auto place = [](int begin, int end, int i) { return begin + (end - begin) * i / kSide; };
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      Window field{place(window.left, window.right, x), place(window.top, window.bottom, y),
                   place(window.left, window.right, x + 1), place(window.top, window.bottom, y + 1)};
      field.right = std::max(field.right, field.left + 1);
      field.bottom = std::max(field.bottom, field.top + 1);
      out[static_cast<std::size_t>(y * kSide + x)] = mean_of(grey, field);
    }
  }
  const double mean = std::accumulate(out.begin(), out.end(), 0.0) / out.size();
  for (double& field : out) field -= mean;
  return out;
}

double product(const Fields& a, const Fields& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

std::optional<double> resemblance(const Raster& large, const Raster& small) {
  if (large.width < kSide || large.height < kSide || small.width < kSide || small.height < kSide) return std::nullopt;
  const Raster grey = grey_of(large);
  const Raster thumb = grey_of(small);
  const Fields a = fields_of(grey, {0, 0, grey.width, grey.height});
  const Fields b = fields_of(thumb, without_bars(thumb));
  const double least = kLeastSpread * kLeastSpread * kSide * kSide;
  if (product(a, a) < least || product(b, b) < least) return std::nullopt;
  return product(a, b) / std::sqrt(product(a, a) * product(b, b));
}

}  // namespace careo
