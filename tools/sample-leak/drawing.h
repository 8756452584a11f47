// SPDX-License-Identifier: Apache-2.0
// Draws the papers of states that are nowhere: flat, upright, 300 dpi, SPECIMEN across every face. Photographs are a
// pattern in the outline of a bust, never a face.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "picture.h"
#include "plan.h"

namespace careo::sample {

constexpr double kDotsPerMm = 300 / 25.4;

/// A box in millimetres from the top left.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

/// A drawn paper: one sheet, or two sides one above the other; outside the sheets the picture means nothing.
struct Face {
  Picture picture;
  double width = 0, height = 0;  ///< millimetres
  std::vector<Box> sheets;
  Box zone;  ///< where the machine readable lines stand
};

enum class Spread { Page, Booklet };  ///< a passport's data page alone, or with the page above it

/// Not for use from two threads at once.
class Artist {
 public:
  /// NotFound where a font cannot be opened.
  static Result<std::unique_ptr<Artist>> make();
  virtual ~Artist() = default;
  virtual Face draw(const Paper& paper, const Person& holder, Spread spread) = 0;
  /// Pages of A4 with plain text, for contracts and tickets: a PDF made on `date`.
  virtual std::string pdf_of(const std::vector<std::string>& lines, const std::string& title, const Date& date) = 0;
};

}  // namespace careo::sample
