// SPDX-License-Identifier: Apache-2.0
#include "plane.h"

#include "chance.h"

namespace careo::sample {

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix out{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t k = 0; k < 3; ++k) out[3 * r + c] += a[3 * r + k] * b[3 * k + c];
    }
  }
  return out;
}

Matrix inverse(const Matrix& m) {
  const double a = m[4] * m[8] - m[5] * m[7];
  const double b = m[5] * m[6] - m[3] * m[8];
  const double c = m[3] * m[7] - m[4] * m[6];
  const double det = m[0] * a + m[1] * b + m[2] * c;
  return {a / det, (m[2] * m[7] - m[1] * m[8]) / det, (m[1] * m[5] - m[2] * m[4]) / det,
          b / det, (m[0] * m[8] - m[2] * m[6]) / det, (m[2] * m[3] - m[0] * m[5]) / det,
          c / det, (m[1] * m[6] - m[0] * m[7]) / det, (m[0] * m[4] - m[1] * m[3]) / det};
}

Point through(const Matrix& m, double x, double y) {
  const double w = m[6] * x + m[7] * y + m[8];
  return {(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w};
}

double radians(double degrees) {
  return degrees * 3.14159265358979323846 / 180;
}

Matrix view(double turn, double nod, double yaw, double far, double focal) {
  const Matrix about_z{cosine(turn), sine(turn), 0, -sine(turn), cosine(turn), 0, 0, 0, 1};
  const Matrix about_x{1, 0, 0, 0, cosine(nod), -sine(nod), 0, sine(nod), cosine(nod)};
  const Matrix about_y{cosine(yaw), 0, sine(yaw), 0, 1, 0, -sine(yaw), 0, cosine(yaw)};
  const Matrix turned = times(about_y, times(about_x, about_z));
  return {focal * turned[0], focal * turned[1], 0, focal * turned[3], focal * turned[4], 0, turned[6], turned[7], far};
}

}  // namespace careo::sample
