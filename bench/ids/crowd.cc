// SPDX-License-Identifier: Apache-2.0
#include "crowd.h"

#include <cmath>

#include "document.h"

namespace careo::bench {

namespace {

using icao::Format;

class Table {
 public:
  Table(double width, double height, double dots, const Colour& colour) : canvas_(width, height, dots), dots_(dots) {
    canvas_.colour(colour);
    cairo_paint(canvas_());
  }
  Canvas& canvas() { return canvas_; }

  /// Its middle at (x, y), turned by `angle`.
  void lay(const Sheet& sheet, double x, double y, double angle) {
    canvas_.paste(sheet.raster, sheet.dots, x, y, angle);
    const double co = std::cos(angle), si = std::sin(angle);
    for (PrintedZone zone : sheet.zones) {
      for (Point& p : zone.corners) {
        const double dx = p.x - sheet.width() / 2, dy = p.y - sheet.height() / 2;
        p = {x + co * dx - si * dy, y + si * dx + co * dy};
      }
      zones_.push_back(zone);
    }
  }
  Sheet sheet() { return {canvas_.raster(), dots_, std::move(zones_)}; }

 private:
  Canvas canvas_;
  double dots_;
  std::vector<PrintedZone> zones_;
};

Sheet document(Dice& dice, Format format, double dots) {
  return draw_document(dice, random_specimen(dice, format), dots);
}

// The spine lies above the data page; the visa stands on the page beyond it, now and then upside down.
Sheet open_passport(Dice& dice, double dots) {
  Table table(125, 177, dots, {0.93, 0.93, 0.9});
  const Format visa = dice.coin(0.5) ? Format::MrvA : Format::MrvB;
  const bool turned = visa == Format::MrvB && dice.coin(0.3);
  const Sheet sticker = document(dice, visa, dots);
  const double tilt = dice.normal() * 0.03;
  table.lay(sticker, 62.5, 43, turned ? 3.14159 + tilt : tilt);
  table.canvas().colour({0.3, 0.3, 0.3}, 0.5);
  table.canvas().rectangle(0, 88, 125, 0.7);
  table.lay(document(dice, Format::TD3, dots), 62.5, 133, 0);
  return table.sheet();
}

Sheet two_cards(Dice& dice, double dots) {
  const bool beside = dice.coin(0.4);
  Table table(beside ? 200 : 115, beside ? 80 : 135, dots, {0.97, 0.97, 0.97});
  for (int i = 0; i < 2; ++i) {
    const Format format = dice.coin(0.7) ? Format::TD1 : Format::TD2;
    const double x = beside ? 50 + 100 * i : 57, y = beside ? 40 : 37 + 66 * i;
    const Sheet card = document(dice, beside ? Format::TD1 : format, dots);
    const double slip = dice.normal(), angle = dice.normal() * (beside || format == Format::TD1 ? 0.06 : 0.01);
    table.lay(card, x + slip, y, angle);
  }
  return table.sheet();
}

Sheet both_sides(Dice& dice, double dots) {
  Table table(210, 150, dots, {1, 1, 1});
  const double x = dice.between(55, 150);
  const double slip = dice.normal(), front = dice.normal() * 0.02, back = dice.normal() * 0.02;
  table.lay(draw_front(dice, dots), x, 38, front);
  table.lay(document(dice, Format::TD1, dots), x + slip, 105, back);
  return table.sheet();
}

// Each in a corner of its own, turned as it fell.
Sheet strewn(Dice& dice, double dots) {
  static constexpr Format Formats[] = {Format::TD1, Format::TD1, Format::TD3, Format::TD2, Format::FrenchId};
  Table table(290, 250, dots, {0.95, 0.95, 0.96});
  const int count = dice.whole(3, 4);
  for (int i = 0; i < count; ++i) {
    const double x = 74 + 142 * (i % 2), y = 64 + 122 * (i / 2);
    const int turns = dice.whole(0, 3);
    const double angle = turns * 1.5707963 + dice.normal() * 0.1;
    table.lay(document(dice, dice.one_of(Formats), dots), x, y, angle);
  }
  return table.sheet();
}

}  // namespace

Sheet draw_crowd(Dice& dice, double dots) {
  switch (dice.whole(0, 3)) {
    case 0: return open_passport(dice, dots);
    case 1: return two_cards(dice, dots);
    case 2: return both_sides(dice, dots);
    default: return strewn(dice, dots * 0.8);
  }
}

}  // namespace careo::bench
