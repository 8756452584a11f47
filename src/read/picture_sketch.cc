// SPDX-License-Identifier: Apache-2.0
#include "read/picture_sketch.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"

namespace careo {
namespace {

constexpr int kSide = 56;            // a letter of a passport is a field wide: 48 tell two holders apart half as well
constexpr int kSmallest = 64;        // smaller ones are icons
constexpr int kMostRows = 1 << 24;   // so that the sum of a column fits; no decoder gives more
constexpr double kLeastSpread = 4;   // standard deviation, of 255, of a picture that shows something
constexpr std::int64_t kLight = 64;  // a field's light in 64ths of a pixel's
constexpr std::string_view kLevels = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Which pixels of a line lie in a field, in units that fit both evenly: a field is `pixels` wide, a pixel kSide.
struct Run {
  int first = 0, last = 0;              ///< whole pixels: [first, last)
  std::uint32_t before = 0, after = 0;  ///< of the pixels at first - 1 and at last
};

std::array<Run, kSide> runs_of(int pixels) {
  std::array<Run, kSide> out;
  for (std::size_t i = 0; i < kSide; ++i) {
    const std::int64_t begin = static_cast<std::int64_t>(i) * pixels;
    const std::int64_t end = begin + pixels;
    Run& run = out[i];
    run.first = static_cast<int>((begin + kSide - 1) / kSide);
    run.last = static_cast<int>(end / kSide);
    run.before = static_cast<std::uint32_t>(std::int64_t{run.first} * kSide - begin);
    run.after = static_cast<std::uint32_t>(end - std::int64_t{run.last} * kSide);
  }
  return out;
}

using Fields = std::array<std::int64_t, std::size_t{kSide} * kSide>;

/// One pass over the pixels, of one addition each: rows of pixels into a row of columns, that into a row of fields.
void add_row(const Raster& grey, int y, std::uint32_t weight, std::vector<std::uint32_t>* columns) {
  const std::uint8_t* pixel = grey.row(y);
  for (std::size_t x = 0; x < columns->size(); ++x) (*columns)[x] += weight * pixel[x];
}

/// The mean light of each field, in 1/kLight of a pixel's. In integers: the same picture gives the same bytes
/// everywhere. REQUIRES: one channel, fewer than kMostRows.
Fields fields_of(const Raster& grey) {
  Fields out{};
  const std::array<Run, kSide> across = runs_of(grey.width);
  const std::array<Run, kSide> down = runs_of(grey.height);
  const std::int64_t area = std::int64_t{grey.width} * grey.height;
  std::vector<std::uint32_t> columns;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Run& row = down[i / kSide];
    if (i % kSide == 0) {
      columns.assign(static_cast<std::size_t>(grey.width), 0);
      if (row.before > 0) add_row(grey, row.first - 1, row.before, &columns);
      for (int y = row.first; y < row.last; ++y) add_row(grey, y, kSide, &columns);
      if (row.after > 0) add_row(grey, row.last, row.after, &columns);
    }
    const Run& run = across[i % kSide];
    const auto column = [&](int x) { return std::int64_t{columns[static_cast<std::size_t>(x)]}; };
    std::int64_t sum = 0;
    for (int x = run.first; x < run.last; ++x) sum += column(x);
    sum *= kSide;
    if (run.before > 0) sum += run.before * column(run.first - 1);
    if (run.after > 0) sum += run.after * column(run.last);
    out[i] = sum / area * kLight + sum % area * kLight / area;
  }
  return out;
}

}  // namespace

std::vector<Reading> PictureSketchReader::read(const Picture& picture) const {
  const Raster& raster = picture.raster;
  if (picture.has_text || std::min(raster.width, raster.height) < kSmallest || raster.height >= kMostRows) return {};
  const Fields fields = raster.channels == 1 ? fields_of(raster) : fields_of(grey_of(raster));
  std::int64_t sum = 0;
  for (const std::int64_t field : fields) sum += field;
  const std::int64_t mean = sum / std::int64_t{kSide * kSide};
  std::int64_t squares = 0;
  for (const std::int64_t field : fields) squares += (field - mean) * (field - mean);
  const auto spread = static_cast<std::int64_t>(std::sqrt(static_cast<double>(squares / (kSide * kSide))));
  if (static_cast<double>(spread) < kLeastSpread * static_cast<double>(kLight)) return {};
  std::string light;
  for (const std::int64_t field : fields) {  // six deviations are 64 levels, the mean in the middle
    const std::int64_t steps = (field - mean) * 64 + spread * 6 * 32;
    light += kLevels[static_cast<std::size_t>(std::clamp<std::int64_t>(steps, 0, spread * 6 * 63) / (spread * 6))];
  }
  Reading out;
  out.kind = "picture";
  JsonWriter value;
  value.object().member("width", std::int64_t{raster.width}).member("height", std::int64_t{raster.height});
  out.value = value.member("light", light).end().take();
  return {out};
}

}  // namespace careo
