// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/curve.h"

#include <cmath>

namespace careo::mrz {

namespace {

using Row = std::array<double, LineTerms>;

// Held back a little, the more the higher the power: a fit of few points stays close to a straight line.
constexpr Row Ridge = {1e-9, 1e-9, 0.05, 0.2, 0.3, 0.4};

struct Equations {
  std::array<Row, LineTerms> m{};
  Row x{}, y{};
};

Equations equations_of(std::span<const Sighting> sightings, std::size_t terms, const LineModel& model) {
  Equations out;
  for (const Sighting& s : sightings) {
    Row power{1};
    for (std::size_t i = 1; i < terms; ++i) power[i] = power[i - 1] * (s.slot - model.middle) / model.half;
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t j = 0; j < terms; ++j) out.m[i][j] += s.weight * power[i] * power[j];
      out.x[i] += s.weight * power[i] * s.at.x;
      out.y[i] += s.weight * power[i] * s.at.y;
    }
  }
  for (std::size_t i = 0; i < terms; ++i) out.m[i][i] += Ridge[i];
  return out;
}

}  // namespace

bool fit_curve(std::span<const Sighting> sightings, std::size_t terms, LineModel* model) {
  Equations e = equations_of(sightings, terms, *model);
  // Gauss without pivots: the matrix is symmetric and positive.
  for (std::size_t i = 0; i < terms; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double f = e.m[i][j] / e.m[j][j];
      for (std::size_t k = j; k < terms; ++k) e.m[i][k] -= f * e.m[j][k];
      e.x[i] -= f * e.x[j];
      e.y[i] -= f * e.y[j];
    }
    if (!(e.m[i][i] > 1e-12)) return false;
  }
  for (std::size_t i = terms; i-- > 0;) {
    for (std::size_t j = i + 1; j < terms; ++j) {
      e.x[i] -= e.m[i][j] * e.x[j];
      e.y[i] -= e.m[i][j] * e.y[j];
    }
    e.x[i] /= e.m[i][i];
    e.y[i] /= e.m[i][i];
  }
  for (std::size_t i = terms; i < LineTerms; ++i) e.x[i] = e.y[i] = 0;
  model->x = e.x;
  model->y = e.y;
  return true;
}

double roughness_of(std::span<const Sighting> sightings, const LineModel& model) {
  double squares = 0;
  double weights = 0;
  for (const Sighting& s : sightings) {
    const Point off = s.at - model.at(s.slot);
    squares += s.weight * dot(off, off);
    weights += s.weight;
  }
  return weights > 0 ? std::sqrt(squares / weights) : 0;
}

}  // namespace careo::mrz
