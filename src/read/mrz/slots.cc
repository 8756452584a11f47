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

RawWindow sample(const Pyramid& picture, const Slot& slot) {
  RawWindow out;
  const Point dx = slot.right * (1.0 / WindowPitch);
  const Point dy = slot.down * (1.0 / WindowPitch);
  const std::size_t level = picture.level_for(std::min(length(dx), length(dy)));
  Point row = slot.centre - dx * (0.5 * (WindowWidth - 1)) - dy * (0.5 * (WindowHeight - 1));
  std::size_t i = 0;
  for (int y = 0; y < WindowHeight; ++y) {
    Point at = row;
    for (int x = 0; x < WindowWidth; ++x) {
      out.grey[i++] = static_cast<std::int16_t>(picture.sample(level, at));
      at = at + dx;
    }
    row = row + dy;
  }
  measure(&out);
  return out;
}

Window normalised(const RawWindow& raw, int deviation, Ink ink) {
  Window out;
  const int sign = ink == Ink::Dark ? 40 : -40;
  for (std::size_t i = 0; i < raw.grey.size(); ++i) {
    out[i] = static_cast<std::int8_t>(std::clamp((raw.mean - raw.grey[i]) * sign / deviation, -128, 127));
  }
  return out;
}

}  // namespace

double length(Point a) {
  return std::sqrt(dot(a, a));
}

Point LineModel::at(double slot) const {
  const double t = (slot - middle) / half;
  return {((x[3] * t + x[2]) * t + x[1]) * t + x[0], ((y[3] * t + y[2]) * t + y[1]) * t + y[0]};
}

Slot LineModel::slot(double number) const {
  const double t = (number - middle) / half;
  const Point right{((3 * x[3] * t + 2 * x[2]) * t + x[1]) / half, ((3 * y[3] * t + 2 * y[2]) * t + y[1]) / half};
  return {at(number), right, down + down_change * t};
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
