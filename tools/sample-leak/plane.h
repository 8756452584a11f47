// SPDX-License-Identifier: Apache-2.0
// A flat sheet seen from anywhere: the 3 x 3 matrices of plane geometry.
#pragma once

#include <array>

namespace careo::sample {

using Matrix = std::array<double, 9>;  // row by row

struct Point {
  double x = 0, y = 0;
};

Matrix times(const Matrix& a, const Matrix& b);
/// REQUIRES: the matrix can be inverted.
Matrix inverse(const Matrix& m);
Point through(const Matrix& m, double x, double y);
double radians(double degrees);
/// From millimetres on a sheet at distance `far` to pixels of a lens of focal length `focal`; the sheet is turned in
/// itself, anticlockwise, then tilted about both axes. All angles in radians.
Matrix view(double turn, double nod, double yaw, double far, double focal);

}  // namespace careo::sample
