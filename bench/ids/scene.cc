// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include "camera.h"
#include "crowd.h"
#include "decoy.h"
#include "document.h"
#include "machine.h"

namespace careo::bench {

namespace {

constexpr double Dots = 14;       // of a sheet: more than any camera here resolves
constexpr double CrowdDots = 11;  // of a table full of them
constexpr double QuarterTurn = 1.5707963267948966;

/// What lies before the camera: a document of ours, or a picture of somebody's.
class Subject {
 public:
  explicit Subject(const Sheet* given) : given_(given) {}
  Sheet sheet(Dice& dice, const DocumentStyle& style = {}) const {
    return given_ != nullptr ? *given_ : draw_document(dice, random_specimen(dice), Dots, style);
  }

 private:
  const Sheet* given_;
};

void turn(Dice& dice, Optics* optics) {
  const bool quarter = dice.coin(0.6);
  const double angle = quarter ? dice.whole(1, 3) * QuarterTurn : dice.between(0, 6.2832);
  optics->view.angle = angle + dice.normal() * 0.03;
}

Optics scanner_or_telephone(Dice& dice, double telephones) {
  return dice.coin(telephones) ? telephone(dice) : scanner(dice);
}

Bend random_bend(Dice& dice) {
  static constexpr double Axes[] = {0, 0, QuarterTurn, QuarterTurn, QuarterTurn / 2};
  Bend bend;
  bend.axis = dice.one_of(Axes);
  bend.axis += dice.normal() * 0.15;
  bend.slope = dice.between(0.15, 0.6);
  if (dice.coin(0.5)) bend.slope = -bend.slope;
  bend.fold = dice.coin(0.4) ? dice.between(0.2, 0.7) : 0;
  bend.reach = dice.between(6, 20);
  return bend;
}

Shot low_resolution(Dice& dice, const Subject& subject) {
  Optics optics = scanner_or_telephone(dice, 0.33);
  optics.view.dots = dice.between(3.6, 5.5);
  optics.view.tilt *= 0.6;
  optics.defocus = dice.between(0.25, 0.55);
  optics.shake = 0;
  return take(dice, subject.sheet(dice), optics);
}

Shot screen(Dice& dice, const Subject& subject) {
  Optics optics = telephone(dice);
  optics.view.margin = dice.between(-2, 6);
  optics.view.tilt *= 0.6;
  const double dots = dice.between(5.5, 8.5);
  optics.view.dots =
      dots * dice.between(0.95, 2.0);  // close to one pixel of ours for one of the screen the rings are widest
  optics.defocus = dice.between(0.25, 0.7);
  optics.shake = 0;
  const Sheet sheet = on_screen(dice, subject.sheet(dice), dots);
  return take(dice, sheet, optics);
}

Shot crowded(Dice& dice) {
  Optics optics = scanner_or_telephone(dice, 0.4);
  optics.view.dots = dice.between(7, 9.5);
  optics.view.tilt *= 0.6;
  return take(dice, draw_crowd(dice, CrowdDots), optics);
}

Shot inverted(Dice& dice, const Subject& subject) {
  const int kind = dice.whole(0, 2);
  const Optics optics = scanner_or_telephone(dice, 0.35);
  const Ink ink = kind == 0 ? Ink::Bright : kind == 1 ? Ink::Coloured : Ink::Dark;
  Shot shot = take(dice, subject.sheet(dice, {.ink = ink}), optics);
  if (kind != 2) return shot;
  for (std::uint8_t& v : shot.raster.pixels) v = static_cast<std::uint8_t>(255 - v);
  return shot;
}

Shot negative(Dice& dice, int number) {
  const Sheet page = draw_decoy(dice, AllDecoys[static_cast<std::size_t>(number) % std::size(AllDecoys)], 10);
  Optics optics = scanner_or_telephone(dice, 0.35);
  optics.view.dots = dice.between(6.5, 9);
  switch (dice.whole(0, 4)) {
    case 0: return faxed(dice, page);
    case 1: return take(dice, photocopied(dice, page), optics);
    case 2: turn(dice, &optics); break;
    default: break;
  }
  return take(dice, page, optics);
}

Shot shoot(Dice& dice, Category category, int number, const Subject& subject) {
  Optics optics;
  switch (category) {
    case Category::Clean: optics = scanner(dice); return take(dice, subject.sheet(dice), optics);
    case Category::Rotated:
      optics = scanner(dice);
      turn(dice, &optics);
      return take(dice, subject.sheet(dice), optics);
    case Category::Phone: optics = telephone(dice); return take(dice, subject.sheet(dice), optics);
    case Category::LowResolution: return low_resolution(dice, subject);
    case Category::Glare:
      optics = telephone(dice);
      optics.reflections = dice.whole(1, 3);
      return take(dice, subject.sheet(dice), optics);
    case Category::Curl:
      optics = telephone(dice);
      optics.view.tilt *= 0.7;
      optics.view.bend = random_bend(dice);
      return take(dice, subject.sheet(dice), optics);
    case Category::Shadow:
      optics = telephone(dice);
      optics.shadows = dice.whole(2, 3);
      return take(dice, subject.sheet(dice), optics);
    case Category::Screen: return screen(dice, subject);
    case Category::Fax: return faxed(dice, subject.sheet(dice));
    case Category::Photocopy: {
      optics = scanner(dice);
      const Sheet copy = photocopied(dice, subject.sheet(dice));
      return take(dice, copy, optics);
    }
    case Category::Crowded: return crowded(dice);
    case Category::Inverted: return inverted(dice, subject);
    case Category::Stamp:
      optics = scanner_or_telephone(dice, 0.5);
      return take(dice, subject.sheet(dice, {.stamp = Stamp::OverZone}), optics);
    case Category::Negative: return negative(dice, number);
  }
  return {};
}

bool photographed(Category category) {
  return category == Category::Phone || category == Category::Curl || category == Category::Shadow;
}

}  // namespace

std::string_view name_of(Category category) {
  for (const CategoryRow& row : Categories) {
    if (row.category == category) return row.name;
  }
  return "";
}

std::optional<Category> category_of(std::string_view name) {
  for (const CategoryRow& row : Categories) {
    if (row.name == name) return row.category;
  }
  return std::nullopt;
}

bool takes_any_sheet(Category category) {
  return category != Category::Crowded && category != Category::Inverted && category != Category::Stamp &&
         category != Category::Negative;
}

Shot make_shot(std::uint64_t seed, Category category, int number, const Sheet* given) {
  Dice dice((seed * 1000 + static_cast<std::uint64_t>(category)) * 1000003 + static_cast<std::uint64_t>(number));
  Shot shot = shoot(dice, category, number, Subject(given));
  static constexpr int Turns[] = {1, 1, 1, 3, 6, 8};
  if (photographed(category)) shot.orientation = dice.one_of(Turns);
  if (shot.storage == Shot::Storage::Jpeg && dice.coin(0.15)) shot.storage = Shot::Storage::Png;
  return shot;
}

}  // namespace careo::bench
