// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/blobs.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace careo::mrz {

namespace {

// Paper and ink change slowly: what parts them is worked out once for every cell of 4 x 4 pixels, from the cells
// around.
constexpr int Cell = 4;
constexpr int Step = 16;  // pixels handled together

// Grey and its square, summed over a cell or over many.
struct Sums {
  std::int32_t grey = 0;
  std::int32_t square = 0;
};

std::size_t sized(int n) {
  return static_cast<std::size_t>(n);
}

// Sums of the whole cells in rows `y`..`y` + 3. Pixels beyond the last whole cell count for none: three at most.
void sum_cells(const Raster& grey, int y, std::vector<Sums>* cells) {
  const std::uint8_t* rows[Cell];
  for (int i = 0; i < Cell; ++i) rows[i] = grey.row(y + i);
  const __m128i zero = _mm_setzero_si128();
  const __m128i one = _mm_set1_epi16(1);
  int x = 0;
  for (; x + 8 <= grey.width; x += 8) {
    __m128i sums = zero;
    __m128i squares = zero;
    for (const std::uint8_t* row : rows) {
      const __m128i v = _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(row + x)), zero);
      sums = _mm_add_epi32(sums, _mm_madd_epi16(v, one));
      squares = _mm_add_epi32(squares, _mm_madd_epi16(v, v));
    }
    // Each vector holds four sums over two columns: neighbours make a cell.
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0xB1));
    squares = _mm_add_epi32(squares, _mm_shuffle_epi32(squares, 0xB1));
    const __m128i both = _mm_unpacklo_epi32(_mm_shuffle_epi32(sums, 0x08), _mm_shuffle_epi32(squares, 0x08));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(cells->data() + x / Cell), both);
  }
  for (; x + Cell <= grey.width; x += Cell) {
    Sums sum;
    for (const std::uint8_t* row : rows) {
      for (int i = 0; i < Cell; ++i) {
        sum.grey += row[x + i];
        sum.square += row[x + i] * row[x + i];
      }
    }
    (*cells)[sized(x / Cell)] = sum;
  }
}

// Below which grey is a pixel ink (dark), or above which (bright)? Fainter than four grey levels and a sixteenth off
// the mean around it is paper. And ink stands so many deviations off: half a one is, where there is text, about half
// the text's own contrast, so faint lines of a background pattern, which would join the characters, fall away, and so
// do the blurred gaps between close characters.
std::uint8_t threshold(const Sums& sum, int pixels, const Separation& how) {
  const float mean = static_cast<float>(sum.grey) / static_cast<float>(pixels);
  const float variance = static_cast<float>(sum.square) / static_cast<float>(pixels) - mean * mean;
  const float off = std::max(4 + mean / 16, how.deviations * std::sqrt(std::max(0.0F, variance)));
  const float at = how.ink == Ink::Dark ? std::ceil(mean - off) : std::floor(mean + off);
  return static_cast<std::uint8_t>(std::clamp(at, 0.0F, 255.0F));
}

// The thresholds of one row of cells after the other, by running sums over the neighbourhood of each cell.
class Thresholds {
 public:
  Thresholds(const Raster& grey, const Separation& how)
      : grey_(grey),
        how_(how),
        columns_(grey.width / Cell),
        rows_(grey.height / Cell),
        cells_(sized(2 * how.radius + 1), std::vector<Sums>(sized(columns_))),
        sums_(sized(columns_)),
        row_(sized(grey.width + Step)) {
    for (int row = 0; row < std::min(how_.radius, rows_); ++row) enter(row);
  }

  // One threshold a pixel for all rows of cell row `row`. REQUIRES: called for 0, 1, 2, ...
  const std::uint8_t* row(int row) {
    if (row - how_.radius - 1 >= 0) add(cells_of(row - how_.radius - 1), -1);
    if (row + how_.radius < rows_) enter(row + how_.radius);
    const int high = std::min(rows_ - 1, row + how_.radius) - std::max(0, row - how_.radius) + 1;
    Sums sum;
    int wide = 0;
    const auto take = [&](int column, int sign) {
      sum.grey += sign * sums_[sized(column)].grey;
      sum.square += sign * sums_[sized(column)].square;
      wide += sign;
    };
    for (int c = 0; c < std::min(how_.radius, columns_); ++c) take(c, 1);
    for (int c = 0; c < columns_; ++c) {
      if (c + how_.radius < columns_) take(c + how_.radius, 1);
      if (c - how_.radius - 1 >= 0) take(c - how_.radius - 1, -1);
      std::memset(row_.data() + c * Cell, threshold(sum, wide * high * Cell * Cell, how_), Cell);
    }
    // The last whole cell speaks for the pixels behind it.
    std::fill(row_.begin() + columns_ * Cell, row_.end(), row_[sized(columns_ * Cell - 1)]);
    return row_.data();
  }

 private:
  std::vector<Sums>& cells_of(int row) { return cells_[sized(row) % cells_.size()]; }
  void enter(int row) {
    sum_cells(grey_, row * Cell, &cells_of(row));
    add(cells_of(row), 1);
  }
  void add(const std::vector<Sums>& cells, int sign) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      sums_[i].grey += sign * cells[i].grey;
      sums_[i].square += sign * cells[i].square;
    }
  }

  const Raster& grey_;
  const Separation& how_;
  int columns_;
  int rows_;
  std::vector<std::vector<Sums>> cells_;  // the rows of the neighbourhood, round and round
  std::vector<Sums> sums_;                // over those rows
  std::vector<std::uint8_t> row_;
};

struct Run {
  int begin, end, label;
};

struct Extent {
  int left, top, right, bottom;
};

// Joins runs of ink into blobs, row by row.
class Joiner {
 public:
  // The runs of the next row, to be filled in.
  std::vector<Run>& runs() {
    now_.clear();
    return now_;
  }
  void join_row(int y) {
    std::size_t above = 0;
    for (Run& run : now_) {
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
        Extent& e = extents_[sized(run.label)];
        e.left = std::min(e.left, run.begin);
        e.right = std::max(e.right, run.end);
        e.bottom = y;
      }
    }
    std::swap(last_, now_);
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
    while (parents_[sized(label)] != label) {
      parents_[sized(label)] = parents_[sized(parents_[sized(label)])];
      label = parents_[sized(label)];
    }
    return label;
  }
  int join(int a, int b) {
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    parents_[sized(b)] = a;
    Extent& to = extents_[sized(a)];
    const Extent& from = extents_[sized(b)];
    to = {std::min(to.left, from.left), std::min(to.top, from.top), std::max(to.right, from.right),
          std::max(to.bottom, from.bottom)};
    return a;
  }

  std::vector<Run> last_;
  std::vector<Run> now_;
  std::vector<int> parents_;
  std::vector<Extent> extents_;
};

// Bit i: is pixel i of sixteen ink? Pixels from `count` on are not.
unsigned ink_bits(const std::uint8_t* pixels, const std::uint8_t* thresholds, int count, Ink ink) {
  std::uint8_t padded[Step] = {};
  if (count < Step) {
    std::memcpy(padded, pixels, sized(count));
    pixels = padded;
  }
  const __m128i p = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels));
  const __m128i t = _mm_loadu_si128(reinterpret_cast<const __m128i*>(thresholds));
  const __m128i over = ink == Ink::Dark ? _mm_subs_epu8(t, p) : _mm_subs_epu8(p, t);
  const auto paper = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(over, _mm_setzero_si128())));
  const unsigned there = count < Step ? (1U << static_cast<unsigned>(count)) - 1 : 0xFFFFU;
  return ~paper & there;
}

void find_runs(const std::uint8_t* pixels, const std::uint8_t* thresholds, int width, Ink ink, std::vector<Run>* runs) {
  unsigned before = 0;  // the last pixel's bit
  for (int x = 0; x < width; x += Step) {
    const unsigned bits = ink_bits(pixels + x, thresholds + x, width - x, ink);
    for (unsigned turns = (bits ^ (bits << 1U | before)) & 0xFFFFU; turns != 0; turns &= turns - 1) {
      const int at = x + std::countr_zero(turns);
      if ((bits >> static_cast<unsigned>(at - x) & 1U) != 0) {
        runs->push_back({at, width, 0});
      } else {
        runs->back().end = at;
      }
    }
    before = bits >> 15U & 1U;
  }
}

}  // namespace

std::vector<Blob> find_blobs(const Raster& grey, const Separation& how) {
  if (grey.width < Cell || grey.height < Cell) return {};
  Thresholds thresholds(grey, how);
  Joiner joiner;
  const std::uint8_t* row = nullptr;
  for (int y = 0; y < grey.height; ++y) {
    // The last whole row of cells speaks for the rows below it.
    if (y % Cell == 0 && y + Cell <= grey.height) row = thresholds.row(y / Cell);
    find_runs(grey.row(y), row, grey.width, how.ink, &joiner.runs());
    joiner.join_row(y);
  }
  return joiner.blobs(how);
}

}  // namespace careo::mrz
