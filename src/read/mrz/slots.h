// SPDX-License-Identifier: Apache-2.0
// Slots: the cells of constant pitch that the characters of one line stand in, and the windows that the network sees.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "read/mrz/pyramid.h"

namespace careo::mrz {

inline Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
inline Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
inline Point operator*(Point a, double k) {
  return {a.x * k, a.y * k};
}
inline double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}
inline double cross(Point a, Point b) {
  return a.x * b.y - a.y * b.x;
}
double length(Point a);

/// One slot in the picture: `right` spans one pitch, `down` spans what one pitch (2.54 mm) is across the line.
struct Slot {
  Point centre;
  Point right;
  Point down;
};

/// Coefficients of a line's curve.
inline constexpr std::size_t LineTerms = 6;

/// Where a line's slots stand, as a smooth curve in the slot number: a straight line seen at an angle and a mildly
/// curled page are cubic at most, a half-open book bends more. Slot 0 is the first character.
struct LineModel {
  std::array<double, LineTerms> x{};  ///< x(t) = x0 + x1 t + x2 t^2 + ..., t = (slot - middle) / half
  std::array<double, LineTerms> y{};
  double middle = 0;
  double half = 1;
  Point down;         ///< at t = 0
  Point down_change;  ///< per t

  Point at(double slot) const;
  Slot slot(double number) const;
};

enum class Ink { Dark, Bright };

/// The window a slot is judged by: the character and half of each neighbour, 20 pixels a pitch.
inline constexpr int WindowWidth = 28;
inline constexpr int WindowHeight = 32;
inline constexpr int WindowPixels = WindowWidth * WindowHeight;
inline constexpr int WindowPitch = 20;

/// Ink is positive, zero is the window's own mean, 40 is one standard deviation.
using Window = std::array<std::int8_t, WindowPixels>;

/// The windows of `slots`, warped straight from the picture. The contrast of each is its own, but never stretched
/// beyond 2.5 times that of the line's median window: an empty slot stays flat.
std::vector<Window> sample_windows(const Pyramid& picture, std::span<const Slot> slots, Ink ink);

}  // namespace careo::mrz
