// SPDX-License-Identifier: Apache-2.0
#include "document.h"

#include <algorithm>
#include <cmath>

#include "reference/icao9303_zone.h"

namespace careo::bench {

namespace {

using icao::Format;

struct Size {
  double width, height;
};

Size size_of(Format format) {
  switch (format) {
    case Format::TD1: return {85.6, 54};
    case Format::RussianId:
    case Format::TD3: return {125, 88};
    case Format::MrvA: return {120, 80};
    default: return {105, 74};
  }
}

// Paper, guilloches in the colours of banknotes, and now and then a wide wash.
void pattern(Canvas& canvas, Dice& dice, const Colour& paper) {
  canvas.colour(paper);
  cairo_paint(canvas());
  const bool dark = paper.red < 0.5;
  const int layers = dice.whole(0, 3);
  for (int n = 0; n < layers; ++n) {
    const double low = dark ? 0.3 : 0, high = dark ? 0.8 : 0.7;
    const double red = dice.between(low, high), green = dice.between(low, high), blue = dice.between(low, high);
    canvas.colour({red, green, blue}, dice.between(0.06, 0.35));
    cairo_set_line_width(canvas(), dice.between(0.08, 0.3));
    const double step = dice.between(0.8, 3), swing = dice.between(0.3, 5);
    const double wave = dice.between(4, 40), phase = dice.between(0, 6);
    const double squeeze = dice.coin(0.4) ? dice.between(0.2, 1.5) : 0;
    for (double y = -swing; y < canvas.height() + swing; y += step) {
      cairo_move_to(canvas(), 0, y);
      for (double x = 0; x <= canvas.width(); x += 1)
        cairo_line_to(canvas(), x, y + swing * std::sin(x / wave * 6.2832 + phase + squeeze * y / wave));
      cairo_stroke(canvas());
    }
  }
}

std::string random_words(Dice& dice) {
  std::string out;
  for (int n = dice.whole(4, 20); n > 0; --n) {
    const char first = dice.coin(0.6) ? 'a' : 'A';
    out += static_cast<char>(first + dice.whole(0, 25));
  }
  if (dice.coin(0.4)) out += " " + std::to_string(dice.whole(1000, 99999999));
  return out;
}

struct Entry {
  std::string label, value;
};

// What the visual zone says: what the machine-readable one does.
std::vector<Entry> entries_of(Dice& dice, const Specimen& specimen) {
  const auto zone = icao::parse_zone(specimen.lines, specimen.format);
  std::vector<Entry> out;
  if (!zone) return out;
  const auto add = [&](icao::FieldName name, const char* label) {
    if (const icao::Field* field = zone->field(name)) out.push_back({label, field->value});
  };
  add(icao::FieldName::Surname, "Surname / Nom");
  add(icao::FieldName::GivenNames, "Given names / Prénoms");
  add(icao::FieldName::Nationality, "Nationality / Nationalité");
  add(icao::FieldName::BirthDate, "Date of birth / Date de naissance");
  add(icao::FieldName::Sex, "Sex / Sexe");
  out.push_back({"Place of birth / Lieu de naissance", random_words(dice)});
  add(icao::FieldName::ExpiryDate, "Date of expiry / Date d'expiration");
  add(icao::FieldName::DocumentNumber, "Document No / N° du document");
  return out;
}

void visual_zone(Canvas& canvas, Dice& dice, const std::vector<Entry>& entries, const Colour& ink, double bottom) {
  const bool photo_left = dice.coin(0.8);
  const double wide = canvas.width() < 100 ? 20 : 28;  // of the photograph
  const double left = photo_left ? wide + 8 : 6;
  canvas.colour(ink);
  canvas.words(Face::SansBold, left, 7, canvas.width() < 100 ? 2.9 : 3.6, "ZUBROWKA - SPECIMEN");
  const double step = (bottom - 11) / static_cast<double>(entries.size() + 1);
  const double size = std::min(3.2, step * 0.5);
  double y = 9;
  for (const Entry& entry : entries) {
    canvas.words(Face::Sans, left, y + step * 0.32, std::min(1.7, step * 0.3), entry.label);
    canvas.words(dice.coin(0.85) ? Face::Sans : Face::Mono, left, y + step * 0.85, size, entry.value);
    y += step;
  }
  const double tone = dice.between(0.45, 0.7);
  canvas.colour({tone, tone, tone + 0.02});
  const double height = std::max(5.0, std::min(1.28 * wide, bottom - 13));
  const double x = photo_left ? 4 : canvas.width() - wide - 4;
  canvas.rectangle(x, 11, wide, height);
  canvas.colour({tone + 0.2, tone + 0.18, tone + 0.17});
  cairo_save(canvas());
  cairo_translate(canvas(), x + wide / 2, 11 + height * 0.45);
  cairo_scale(canvas(), wide / 28, height / 26);
  cairo_arc(canvas(), 0, 0, 7, 0, 6.2832);
  cairo_fill(canvas());
  cairo_restore(canvas());
}

void burn_specimen(Canvas& canvas, double bottom) {
  cairo_save(canvas());
  canvas.colour({0.8, 0.1, 0.1}, 0.4);
  cairo_translate(canvas(), canvas.width() * 0.2, bottom * 0.92);
  cairo_rotate(canvas(), -0.35);
  canvas.words(Face::SansBold, 0, 0, canvas.width() * 0.09, "SPECIMEN");
  cairo_restore(canvas());
}

Colour paper_of(Dice& dice, Ink ink) {
  if (ink == Ink::Bright) {
    const double red = dice.between(0.02, 0.35), green = dice.between(0.02, 0.35);
    return {red, green, dice.between(0.02, 0.4)};
  }
  const double red = dice.between(0.75, 1), green = dice.between(0.78, 1);
  return {red, green, dice.between(0.75, 1)};
}

// Coloured inks as light as a person still reads with ease on pale paper.
Colour ink_of(Dice& dice, Ink ink) {
  static constexpr Colour Inks[] = {{0.1, 0.2, 0.65}, {0.65, 0.1, 0.15}, {0.1, 0.45, 0.2},
                                    {0.5, 0.2, 0.55}, {0.55, 0.35, 0.1}, {0.45, 0.45, 0.48}};
  if (ink == Ink::Coloured) return dice.one_of(Inks);
  const double tone = dice.between(0.75, 1);
  return {tone, tone, tone};
}

Press press_of(Dice& dice, Format format, Ink ink) {
  Press press = random_press(dice, format);
  if (ink != Ink::Dark) press.ink = ink_of(dice, ink);
  return press;
}

}  // namespace

Sheet draw_document(Dice& dice, const Specimen& specimen, double dots, const DocumentStyle& style) {
  const Size size = size_of(specimen.format);
  Canvas canvas(size.width, size.height, dots);
  pattern(canvas, dice, paper_of(dice, style.ink));
  const Press press = press_of(dice, specimen.format, style.ink);
  const double bottom = size.height - dice.between(4.5, 7);
  const double zone_top = bottom - press.spacing * static_cast<double>(specimen.lines.size() - 1) - 5.5;
  const Colour words = style.ink == Ink::Bright ? Colour{0.85, 0.85, 0.88} : Colour{0.1, 0.1, 0.15};
  visual_zone(canvas, dice, entries_of(dice, specimen), words, zone_top);
  burn_specimen(canvas, zone_top);
  if (style.ink != Ink::Bright && dice.coin(0.5)) {
    canvas.colour({1, 1, 1}, dice.between(0.2, 0.9));
    canvas.rectangle(0, zone_top, size.width, size.height - zone_top);
  }
  const double zone_width = press.pitch * static_cast<double>(specimen.lines[0].size());
  const double room = size.width - zone_width;
  const double left = specimen.format == Format::TD1 ? room / 2 : dice.between(2.5, std::max(3.0, room - 3));
  Sheet out;
  out.dots = dots;
  out.zones.push_back(print_zone(canvas, dice, specimen, press, left, bottom));
  if (style.stamp == Stamp::OverZone) stamp_over(canvas, dice, out.zones[0]);
  out.raster = canvas.raster();
  return out;
}

Sheet draw_front(Dice& dice, double dots) {
  Canvas canvas(85.6, 54, dots);
  pattern(canvas, dice, paper_of(dice, Ink::Dark));
  std::vector<Entry> entries;
  for (const char* label : {"Name", "Born", "Address", "No"}) entries.push_back({label, random_words(dice)});
  visual_zone(canvas, dice, entries, {0.1, 0.1, 0.15}, 50);
  burn_specimen(canvas, 50);
  return {canvas.raster(), dots, {}};
}

}  // namespace careo::bench
