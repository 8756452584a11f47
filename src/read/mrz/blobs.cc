// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/blobs.h"

#include <algorithm>

namespace careo::mrz {

namespace {

// Sums of grey and of its square around each pixel of a row: a running row of column sums, and a running sum along it.
class Around {
 public:
  Around(const Raster& grey, int radius)
      : grey_(grey), radius_(radius), columns_(static_cast<std::size_t>(grey.width)), squares_(columns_.size()) {
    for (int y = 0; y < std::min(radius, grey.height); ++y) add(y, 1);
    sums.resize(columns_.size());
    square_sums.resize(columns_.size());
    areas.resize(columns_.size());
  }

  // REQUIRES: called for y = 0, 1, 2, ...
  void row(int y) {
    if (y + radius_ < grey_.height) add(y + radius_, 1);
    if (y - radius_ - 1 >= 0) add(y - radius_ - 1, -1);
    const int rows = std::min(grey_.height - 1, y + radius_) - std::max(0, y - radius_) + 1;
    const int width = grey_.width;
    std::int32_t sum = 0;
    std::int64_t square = 0;
    for (int x = 0; x < std::min(radius_, width); ++x) take(x, 1, &sum, &square);
    for (int x = 0; x < width; ++x) {
      if (x + radius_ < width) take(x + radius_, 1, &sum, &square);
      if (x - radius_ - 1 >= 0) take(x - radius_ - 1, -1, &sum, &square);
      const auto i = static_cast<std::size_t>(x);
      sums[i] = sum;
      square_sums[i] = square;
      areas[i] = rows * (std::min(width - 1, x + radius_) - std::max(0, x - radius_) + 1);
    }
  }

  std::vector<std::int32_t> sums;
  std::vector<std::int64_t> square_sums;
  std::vector<std::int32_t> areas;

 private:
  void add(int y, int sign) {
    const std::uint8_t* from = grey_.row(y);
    for (std::size_t x = 0; x < columns_.size(); ++x) {
      const std::int32_t v = from[x];
      columns_[x] += sign * v;
      squares_[x] += sign * v * v;
    }
  }
  void take(int x, int sign, std::int32_t* sum, std::int64_t* square) const {
    *sum += sign * columns_[static_cast<std::size_t>(x)];
    *square += sign * squares_[static_cast<std::size_t>(x)];
  }

  const Raster& grey_;
  int radius_;
  std::vector<std::int32_t> columns_;
  std::vector<std::int32_t> squares_;
};

// Is a pixel ink? Fainter than four grey levels and a sixteenth off the mean around it is paper. And it stands half a
// deviation off: where there is text that is about half the text's own contrast, so lines of a background pattern,
// which would join the characters, fall away, and so do the blurred gaps between close characters.
bool is_ink(std::int32_t sum, std::int64_t squares, std::int32_t area, int pixel, int sign) {
  const std::int32_t off = sign * (sum - pixel * area);
  if (off <= 4 * area + sum / 16) return false;
  const std::int64_t variance = squares * area - static_cast<std::int64_t>(sum) * sum;
  return 4 * static_cast<std::int64_t>(off) * off > variance;
}

struct Run {
  int begin, end, label;
};

struct Extent {
  int left, top, right, bottom;
};

// Joins runs of ink into blobs, row by row.
class Joiner {
 public:
  void row(int y, const std::vector<Run>& runs) {
    std::vector<Run> now = runs;
    std::size_t above = 0;
    for (Run& run : now) {
      run.label = -1;
      while (above < last_.size() && last_[above].end < run.begin) ++above;
      for (std::size_t i = above; i < last_.size() && last_[i].begin <= run.end; ++i) {
        const int other = root(last_[i].label);
        run.label = run.label < 0 ? other : join(run.label, other);
      }
      if (run.label < 0) {
        run.label = static_cast<int>(parents_.size());
        parents_.push_back(run.label);
        extents_.push_back({run.begin, y, run.end, y});
      } else {
        Extent& e = extents_[static_cast<std::size_t>(run.label)];
        e.left = std::min(e.left, run.begin);
        e.right = std::max(e.right, run.end);
        e.bottom = y;
      }
    }
    last_ = std::move(now);
  }

  std::vector<Blob> blobs(const Separation& how) const {
    std::vector<Blob> out;
    for (std::size_t i = 0; i < parents_.size() && out.size() < how.most; ++i) {
      if (parents_[i] != static_cast<int>(i)) continue;
      const Extent& e = extents_[i];
      const int size = std::max(e.right - e.left, e.bottom - e.top + 1);
      if (size < how.smallest || size > how.largest) continue;
      out.push_back({{0.5 * (e.left + e.right - 1), 0.5 * (e.top + e.bottom)}, static_cast<double>(size)});
    }
    return out;
  }

 private:
  int root(int label) {
    auto i = static_cast<std::size_t>(label);
    while (parents_[i] != static_cast<int>(i)) {
      parents_[i] = parents_[static_cast<std::size_t>(parents_[i])];
      i = static_cast<std::size_t>(parents_[i]);
    }
    return static_cast<int>(i);
  }
  int join(int a, int b) {
    a = root(a);
    b = root(b);
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    parents_[static_cast<std::size_t>(b)] = a;
    Extent& to = extents_[static_cast<std::size_t>(a)];
    const Extent& from = extents_[static_cast<std::size_t>(b)];
    to = {std::min(to.left, from.left), std::min(to.top, from.top), std::max(to.right, from.right),
          std::max(to.bottom, from.bottom)};
    return a;
  }

  std::vector<Run> last_;
  std::vector<int> parents_;
  std::vector<Extent> extents_;
};

}  // namespace

std::vector<Blob> find_blobs(const Raster& grey, const Separation& how) {
  Around around(grey, how.radius);
  Joiner joiner;
  std::vector<Run> runs;
  const int sign = how.ink == Ink::Dark ? 1 : -1;
  for (int y = 0; y < grey.height; ++y) {
    around.row(y);
    const std::uint8_t* pixels = grey.row(y);
    runs.clear();
    bool inside = false;
    for (int x = 0; x < grey.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const bool ink = is_ink(around.sums[i], around.square_sums[i], around.areas[i], pixels[i], sign);
      if (ink == inside) continue;
      inside = ink;
      if (ink) {
        runs.push_back({x, 0, 0});
      } else {
        runs.back().end = x;
      }
    }
    if (inside) runs.back().end = grey.width;
    joiner.row(y, runs);
  }
  return joiner.blobs(how);
}

}  // namespace careo::mrz
