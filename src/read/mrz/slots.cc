// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/slots.h"

#include <algorithm>
#include <cmath>

namespace careo::mrz {

namespace {

// Samples come in 1/16 grey levels; less than three grey levels of deviation is paper and noise.
constexpr int SmallestDeviation = 3 * 16;

struct RawWindow {
  std::array<std::int16_t, WindowPixels> grey;
  int mean = 0;
  int deviation = 0;
};

void measure(RawWindow* window) {
  std::int64_t sum = 0;
  std::int64_t squares = 0;
  for (const std::int16_t v : window->grey) {
    sum += v;
    squares += static_cast<std::int64_t>(v) * v;
  }
  const auto mean = static_cast<double>(sum) / WindowPixels;
  const double variance = static_cast<double>(squares) / WindowPixels - mean * mean;
  window->mean = static_cast<int>(mean + 0.5);
  window->deviation = static_cast<int>(std::sqrt(std::max(0.0, variance)) + 0.5);
}

// Coordinates on a level of the pyramid in 1/65536 pixels: steps of a window are summed without rounding anew.
struct Fixed {
  std::int64_t x, y;
};

std::int64_t fixed(double v) {
  constexpr double Reach = 1 << 24;  // pixels; beyond it everything lies outside
  return static_cast<std::int64_t>(std::floor(std::clamp(v, -Reach, Reach) * 65536));
}

Fixed fixed(Point p) {
  return {fixed(p.x), fixed(p.y)};
}

// Bilinear samples in 1/16 grey levels; outside the picture its edge goes on.
int sample_near_edge(const Raster& grey, Fixed at) {
  at.x = std::clamp<std::int64_t>(at.x, 0, static_cast<std::int64_t>(grey.width - 1) << 16);
  at.y = std::clamp<std::int64_t>(at.y, 0, static_cast<std::int64_t>(grey.height - 1) << 16);
  const int left = static_cast<int>(at.x >> 16);
  const int top = static_cast<int>(at.y >> 16);
  const int fx = static_cast<int>(at.x >> 10 & 63);
  const int fy = static_cast<int>(at.y >> 10 & 63);
  const int right = std::min(left + 1, grey.width - 1);
  const std::uint8_t* a = grey.row(top);
  const std::uint8_t* b = grey.row(std::min(top + 1, grey.height - 1));
  const int above = a[left] * (64 - fx) + a[right] * fx;
  const int below = b[left] * (64 - fx) + b[right] * fx;
  return (above * (64 - fy) + below * fy) >> 8;
}

int sample_inside(const std::uint8_t* pixels, std::int64_t width, Fixed at) {
  const int fx = static_cast<int>(at.x >> 10 & 63);
  const int fy = static_cast<int>(at.y >> 10 & 63);
  const std::uint8_t* a = pixels + (at.y >> 16) * width + (at.x >> 16);
  const std::uint8_t* b = a + width;
  const int above = (a[0] << 6) + (a[1] - a[0]) * fx;
  const int below = (b[0] << 6) + (b[1] - b[0]) * fx;
  return ((above << 6) + (below - above) * fy) >> 8;
}

RawWindow sample(const Pyramid& picture, const Slot& slot) {
  RawWindow out;
  const Point dx = slot.right * (1.0 / WindowPitch);
  const Point dy = slot.down * (1.0 / WindowPitch);
  const std::size_t level = picture.level_for(std::min(length(dx), length(dy)));
  const Raster& grey = picture.level(level);
  const double scale = 1.0 / static_cast<double>(1U << level);
  const Fixed right = fixed(dx * scale);
  const Fixed down = fixed(dy * scale);
  const Point corner = slot.centre - dx * (0.5 * (WindowWidth - 1)) - dy * (0.5 * (WindowHeight - 1));
  // The centre of a level's pixel x lies at (x + 1/2) 2^level - 1/2.
  Fixed row = fixed({(corner.x + 0.5) * scale - 0.5, (corner.y + 0.5) * scale - 0.5});
  const auto within = [&](std::int64_t x, std::int64_t y) {
    return x >= 0 && y >= 0 && x >> 16 < grey.width - 1 && y >> 16 < grey.height - 1;
  };
  bool inside = true;
  for (const std::int64_t u : {0, WindowWidth - 1}) {
    for (const std::int64_t v : {0, WindowHeight - 1}) {
      inside = inside && within(row.x + u * right.x + v * down.x, row.y + u * right.y + v * down.y);
    }
  }
  std::int16_t* to = out.grey.data();
  for (int y = 0; y < WindowHeight; ++y) {
    Fixed at = row;
    for (int x = 0; x < WindowWidth; ++x) {
      *to++ = static_cast<std::int16_t>(inside ? sample_inside(grey.pixels.data(), grey.width, at)
                                               : sample_near_edge(grey, at));
      at = {at.x + right.x, at.y + right.y};
    }
    row = {row.x + down.x, row.y + down.y};
  }
  measure(&out);
  return out;
}

Window normalised(const RawWindow& raw, int deviation, Ink ink) {
  Window out;
  // One float product a pixel, cut off towards zero: the same on every processor.
  const float scale = (ink == Ink::Dark ? 40.0F : -40.0F) / static_cast<float>(deviation);
  for (std::size_t i = 0; i < raw.grey.size(); ++i) {
    const int value = static_cast<int>(static_cast<float>(raw.mean - raw.grey[i]) * scale);
    out[i] = static_cast<std::int8_t>(std::clamp(value, -128, 127));
  }
  return out;
}

}  // namespace

double length(Point a) {
  return std::sqrt(dot(a, a));
}

Point LineModel::at(double slot) const {
  const double t = (slot - middle) / half;
  Point out;
  for (std::size_t i = LineTerms; i-- > 0;) out = {out.x * t + x[i], out.y * t + y[i]};
  return out;
}

Slot LineModel::slot(double number) const {
  const double t = (number - middle) / half;
  Point right;
  for (std::size_t i = LineTerms; i-- > 1;) {
    const auto power = static_cast<double>(i);
    right = {right.x * t + power * x[i], right.y * t + power * y[i]};
  }
  return {at(number), right * (1 / half), down + down_change * t};
}

std::vector<Window> sample_windows(const Pyramid& picture, std::span<const Slot> slots, Ink ink) {
  std::vector<RawWindow> raw;
  raw.reserve(slots.size());
  std::vector<int> deviations;
  for (const Slot& slot : slots) {
    raw.push_back(sample(picture, slot));
    deviations.push_back(raw.back().deviation);
  }
  std::vector<Window> out;
  if (raw.empty()) return out;
  std::nth_element(deviations.begin(), deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 2),
                   deviations.end());
  const int least = std::max(SmallestDeviation, deviations[deviations.size() / 2] * 2 / 5);
  for (const RawWindow& window : raw) out.push_back(normalised(window, std::max(window.deviation, least), ink));
  return out;
}

}  // namespace careo::mrz
