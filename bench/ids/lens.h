// SPDX-License-Identifier: Apache-2.0
// From the sheet, flat or bent, through a pinhole onto the picture.
#pragma once

#include <optional>
#include <vector>

#include "dice.h"
#include "film.h"
#include "sheet.h"

namespace careo::bench {

/// How a page stands out of its plane: a cylinder whose lines run along `axis`. `slope` is that of the paper at both
/// edges, in radians, `fold` the extra slope close to the spine, which fades with `reach` millimetres.
struct Bend {
  double axis = 0;
  double slope = 0;
  double fold = 0;
  double reach = 12;
};

struct View {
  double dots = 9;   ///< pixels a millimetre at the middle of the page
  double angle = 0;  ///< in the picture's plane, radians
  double tilt = 0;   ///< away from the camera's axis
  double tilt_about = 0;
  double distance = 3;  ///< of the camera, in widths of the sheet
  double margin = 6;    ///< of what lies around the sheet, millimetres
  Bend bend;
};

class Lens {
 public:
  Lens(const Sheet& sheet, const View& view);

  int width() const { return width_; }
  int height() const { return height_; }
  /// Pixels of the picture from millimetres of the sheet.
  Point to_picture(double x, double y) const;
  /// Millimetres of the sheet under each pixel that is a multiple of `Step`, row by row, `lattice_width()` a row.
  static constexpr int Step = 8;
  int lattice_width() const { return width_ / Step + 2; }
  std::vector<Point> lattice() const;

 private:
  struct Depth {
    double along, up;
  };
  Depth bent(double s) const;
  Point project(double x, double y) const;
  Point to_sheet(double u, double v, Point near, int rounds) const;

  View view_;
  double sheet_width_, sheet_height_, distance_;
  double axis_cos_, axis_sin_, tilt_cos_, tilt_sin_, about_cos_, about_sin_, cos_, sin_;
  double first_ = 0;  // of the tables below, millimetres
  std::vector<Depth> profile_;
  double left_ = 0, top_ = 0;
  int width_ = 0, height_ = 0;
};

/// The sheet on `ground` (a colour for each channel, with the grain of a table where it is `grained`), sampled with the
/// area of a pixel. Zones are moved along.
struct Ground {
  float light[3] = {252, 252, 252};
  bool grained = false;
};
Film expose(const Sheet& sheet, const Lens& lens, const Ground& ground, double dots, std::vector<PrintedZone>* zones);

}  // namespace careo::bench
