// SPDX-License-Identifier: Apache-2.0
#include "camera.h"

#include "light.h"

namespace careo::bench {

namespace {

constexpr double QuarterTurn = 1.5707963267948966;

Point inside(Dice& dice, const PrintedZone& zone) {
  const double across = dice.unit(), down = dice.between(-0.5, 1.5);
  const auto& c = zone.corners;
  return {c[0].x + (c[1].x - c[0].x) * across + (c[3].x - c[0].x) * down,
          c[0].y + (c[1].y - c[0].y) * across + (c[3].y - c[0].y) * down};
}

Point anywhere(Dice& dice, const Film& film) {
  const double across = dice.between(0.1, 0.9);
  return {across * film.width, dice.between(0.1, 0.95) * film.height};
}

}  // namespace

Optics scanner(Dice& dice) {
  Optics o;
  o.view.dots = dice.between(7.5, 12.5);
  o.view.angle = dice.normal() * 0.015;
  o.view.margin = dice.between(2, 15);
  o.view.distance = 40;
  o.defocus = dice.between(0.25, 0.7);
  o.noise = dice.between(0.5, 3.5);
  o.gain = dice.between(0.88, 1.03);
  o.sharpening = dice.coin(0.3) ? dice.between(0.2, 0.8) : 0;
  return o;
}

Optics telephone(Dice& dice) {
  Optics o;
  o.view.dots = dice.between(6.5, 12);
  o.view.angle = dice.coin(0.2) ? dice.whole(1, 3) * QuarterTurn : 0;
  o.view.angle += dice.normal() * 0.12;
  o.view.tilt = dice.between(0, 0.5);
  o.view.tilt_about = dice.between(0, 6.2832);
  o.view.distance = dice.between(2, 5);
  o.view.margin = dice.between(2, 25);
  const double tone = dice.between(50, 215);
  for (float& v : o.ground.light) v = static_cast<float>(tone + dice.between(-25, 25));
  o.ground.grained = dice.coin(0.7);
  o.defocus = dice.between(0.4, 1.3);
  o.shake = dice.coin(0.3) ? dice.between(0.3, 1.4) : 0;
  o.uneven = dice.between(0, 0.45);
  o.shadows = dice.coin(0.35) ? 1 : 0;
  o.gain = dice.between(0.6, 1.1);
  o.tint[0] = static_cast<float>(dice.between(0.9, 1.08));
  o.tint[2] = static_cast<float>(dice.between(0.82, 1.08));
  o.noise = dice.between(0.5, 4);
  o.shot = dice.between(0, 0.5);
  o.sharpening = dice.coin(0.6) ? dice.between(0.2, 1.2) : 0;
  return o;
}

Shot take(Dice& dice, const Sheet& sheet, const Optics& optics) {
  Shot out;
  const Lens lens(sheet, optics.view);
  Film film = expose(sheet, lens, optics.ground, optics.view.dots, &out.zones);
  if (optics.uneven > 0) shade(&film, dice, optics.uneven);
  for (int i = 0; i < optics.shadows; ++i) {
    const double dark = dice.between(0.25, 0.6);
    cast_shadow(&film, dice, dark, optics.view.dots * dice.between(0.15, 3));
  }
  for (std::size_t i = 0; i < film.light.size(); ++i)
    film.light[i] *= static_cast<float>(optics.gain) * optics.tint[i % 3];
  for (int i = 0; i < optics.reflections; ++i) {
    // The first falls on the zone. Up to 160 the ink stays darker than the clipped paper around it.
    const Point middle = i == 0 && !out.zones.empty() ? inside(dice, out.zones[0]) : anywhere(dice, film);
    const double power = dice.coin(0.8) ? dice.between(60, 160) : dice.between(160, 240);
    reflect(&film, dice, power, middle);
  }
  blur(&film, optics.defocus);
  if (optics.shake > 0) smear(&film, optics.shake, dice.between(0, 3.1416));
  add_noise(&film, dice, optics.noise, optics.shot);
  if (optics.sharpening > 0) sharpen(&film, 1.1, optics.sharpening);
  out.raster = raster_of(film);
  out.quality = dice.whole(55, 95);
  return out;
}

}  // namespace careo::bench
