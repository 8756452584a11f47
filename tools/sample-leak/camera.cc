// SPDX-License-Identifier: Apache-2.0
#include "camera.h"

#include "plane.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace careo::sample {
namespace {

struct Light {
  double slope_x = 0, slope_y = 0;  // of the brightness over the picture
  double shadow = 0;                // depth
  Point edge, normal;               // of the shadow, in pixels
  double soft = 100;                // its half width in pixels
  double glare = 0;                 // levels added at its heart
  Point heart;
  double glare_x = 1, glare_y = 1;  // radii in pixels
};

// Brightness and glare at the corners of cells of 16 pixels, read between them in a straight line.
class LightMap {
 public:
  static constexpr int kCell = 16;
  LightMap(const Light& light, int width, int height)
      : across_(width / kCell + 2),
        gain_(static_cast<std::size_t>(across_ * (height / kCell + 2))),
        glare_(gain_.size()) {
    for (std::size_t i = 0; i < gain_.size(); ++i) {
      const double x = static_cast<double>(static_cast<int>(i) % across_ * kCell);
      const double y = static_cast<double>(static_cast<int>(i) / across_ * kCell);
      const double away = ((x - light.edge.x) * light.normal.x + (y - light.edge.y) * light.normal.y) / light.soft;
      const double shade = 0.5 + 0.5 * away / (1 + std::fabs(away));
      gain_[i] = static_cast<float>(1 + light.slope_x * (x / width - 0.5) + light.slope_y * (y / height - 0.5) -
                                    light.shadow * shade);
      const double u = (x - light.heart.x) / light.glare_x;
      const double v = (y - light.heart.y) / light.glare_y;
      const double r = u * u + v * v;
      glare_[i] = static_cast<float>(light.glare / (1 + r * r));
    }
  }
  // Gain and glare of a row of pixels.
  void row(int y, std::vector<float>* gain, std::vector<float>* glare) const {
    const float part = static_cast<float>(y % kCell) / kCell;
    const auto base = static_cast<std::size_t>(y / kCell * across_);
    for (std::size_t x = 0; x < gain->size(); ++x) {
      const std::size_t cell = base + x / kCell;
      const float along = static_cast<float>(x % kCell) / kCell;
      const auto mix = [&](const std::vector<float>& of) {
        const float top = of[cell] + (of[cell + 1] - of[cell]) * along;
        const auto under = cell + static_cast<std::size_t>(across_);
        const float bottom = of[under] + (of[under + 1] - of[under]) * along;
        return top + (bottom - top) * part;
      };
      (*gain)[x] = mix(gain_);
      (*glare)[x] = mix(glare_);
    }
  }

 private:
  int across_;
  std::vector<float> gain_, glare_;
};

// What lies under the paper: boards, cloth, a dark table, or the lid of a scanner. A tile of 256 pixels, repeated.
enum class Table { Boards, Cloth, Dark, Lid };
class Ground {
 public:
  Ground(Table table, Chance* chance) : tile_(256, 256) {
    const double hue = chance->unit();
    for (std::size_t c = 0; c < 3; ++c) {
      const auto turn = static_cast<double>(c);
      tint_[c] = table == Table::Boards ? 0.15 - 0.17 * turn : 0.10 * sine(hue * 6.28 + 2.09 * turn);
    }
    if (table == Table::Dark || table == Table::Lid) tint_ = {0.02, 0, -0.02};
    for (int i = 0; i < 256; ++i) wave_[static_cast<std::size_t>(i)] = sine(i * 0.024543692606);  // one turn a tile
    for (int y = 0; y < 256; ++y) {
      for (int x = 0; x < 256; ++x) paint(x, y, level(table, x, y, (chance->unit() + chance->unit() - 1) * 2));
    }
  }
  const std::uint8_t* at(int x, int y) const { return tile_.row(y & 255) + 3 * (x & 255); }

 private:
  double level(Table table, int x, int y, double grain) const {
    switch (table) {
      case Table::Boards: {
        const double grown = y * 4 + 24 * wave(x);
        return 140 + 14 * wave(static_cast<int>(grown)) + 8 * wave(16 * y) + grain * 5 - (y % 128 < 3 ? 60 : 0);
      }
      case Table::Cloth: return 178 + ((x / 32 + y / 32) % 2 == 0 ? 16 : -10) + grain * 9;
      case Table::Dark: return 52 + grain * 4;
      case Table::Lid: break;
    }
    return 245 + grain * 1.5;
  }
  void paint(int x, int y, double level) {
    for (std::size_t c = 0; c < 3; ++c) {
      tile_.row(y)[3 * static_cast<std::size_t>(x) + c] =
          static_cast<std::uint8_t>(std::clamp(level * (1 + tint_[c]), 0.0, 255.0));
    }
  }
  double wave(int step) const { return wave_[static_cast<std::size_t>(step & 255)]; }

  Picture tile_;
  std::array<double, 3> tint_{};
  std::array<double, 256> wave_{};
};

struct Scene {
  const Face* face = nullptr;
  const Picture* paper = nullptr;   // the face's picture, perhaps halved
  double dots_per_mm = kDotsPerMm;  // of `paper`
  Matrix to_face{};                 // pixels of the shot to millimetres on the face
  double curl = 0;                  // millimetres that the middle of a page bulges
  double dots_per_mm_out = 8;
};

// 2 on a sheet; beside one, from 1 down to 0 at 1.6 mm: the shadow it throws.
double cover(const Face& face, double u, double v) {
  double shade = 0;
  for (const auto& sheet : face.sheets) {
    const double dx = std::max(sheet.x - u, u - sheet.x - sheet.width);
    const double dy = std::max(sheet.y - v, v - sheet.y - sheet.height);
    const double away = std::max(dx, dy);
    if (away <= 0) return 2;
    if (away < 1.6) shade = std::max(shade, 1 - away / 1.6);
  }
  return shade;
}

// Between the four pixels around a point, in steps of 1/256 of a pixel.
void sample(const Picture& from, double x, double y, float* rgb) {
  const int far_x = std::clamp(static_cast<int>(x * 256), 0, (from.width - 1) * 256 - 1);
  const int far_y = std::clamp(static_cast<int>(y * 256), 0, (from.height - 1) * 256 - 1);
  const int fx = far_x & 255;
  const int fy = far_y & 255;
  const auto* a = from.row(far_y >> 8) + 3 * (far_x >> 8);
  const auto* b = a + 3 * from.width;
  const int weights[] = {(256 - fx) * (256 - fy), fx * (256 - fy), (256 - fx) * fy, fx * fy};
  for (int c = 0; c < 3; ++c) {
    const int sum = a[c] * weights[0] + a[c + 3] * weights[1] + b[c] * weights[2] + b[c + 3] * weights[3];
    rgb[c] = static_cast<float>(sum) * (1.0F / 65536);
  }
}

Picture expose(const Scene& scene, const Ground& ground, const Light& light, int width, int height) {
  Picture out(width, height);
  const LightMap map(light, width, height);
  std::vector<float> gain(static_cast<std::size_t>(width)), glare(static_cast<std::size_t>(width));
  const auto& m = scene.to_face;
  const Face& face = *scene.face;
  for (int y = 0; y < height; ++y) {
    map.row(y, &gain, &glare);
    auto* to = out.row(y);
    for (int x = 0; x < width; ++x, to += 3) {
      const double w = 1 / (m[6] * x + m[7] * y + m[8]);
      const double u = (m[0] * x + m[1] * y + m[2]) * w + face.width / 2;
      double v = (m[3] * x + m[4] * y + m[5]) * w + face.height / 2;
      if (scene.curl != 0) v += scene.curl * 4 * (u / face.width) * (1 - u / face.width);
      const double shade = cover(face, u, v);
      const bool inside = shade > 1;
      float rgb[3];
      if (inside) {
        sample(*scene.paper, u * scene.dots_per_mm - 0.5, v * scene.dots_per_mm - 0.5, rgb);
      } else {
        const auto* under = ground.at(x, y);
        for (int c = 0; c < 3; ++c) rgb[c] = static_cast<float>(under[c] * (1 - 0.45 * shade));
      }
      const auto at = static_cast<std::size_t>(x);
      for (int c = 0; c < 3; ++c) {
        to[c] = static_cast<std::uint8_t>(std::clamp(rgb[c] * gain[at] + glare[at], 0.0F, 255.0F));
      }
    }
  }
  return out;
}

void add_noise(Picture* picture, double deviation, Chance* chance) {
  std::array<int, 4096> grains;
  for (auto& grain : grains) grain = static_cast<int>(std::floor(chance->bell() * deviation + 0.5));
  std::uint32_t state = static_cast<std::uint32_t>(chance->next());
  for (auto& level : picture->rgb) {
    state = state * 1664525U + 1013904223U;
    level = static_cast<std::uint8_t>(std::clamp(level + grains[state >> 20], 0, 255));
  }
}

struct Corners {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
};
Corners bounds(const Matrix& to_shot, const Face& face, const Box& box) {
  Corners out;
  for (int i = 0; i < 4; ++i) {
    const double u = box.x + (i % 2) * box.width - face.width / 2;
    const double v = box.y + (i / 2) * box.height - face.height / 2;
    const auto p = through(to_shot, u, v);
    out.left = std::min(out.left, p.x), out.right = std::max(out.right, p.x);
    out.top = std::min(out.top, p.y), out.bottom = std::max(out.bottom, p.y);
  }
  return out;
}

enum class Ruin { None, Blur, Glare, Cut, Tiny };

struct Lens {
  double dots_per_mm, tilt, blur, noise, shadow;
  int jpeg_low, jpeg_high;
};
Lens lens_for(Quality quality, Ruin ruin, Chance* chance) {
  switch (quality) {
    case Quality::Good: return {chance->real(8.6, 10.6), 9, chance->real(0.45, 0.8), 2.5, 0.16, 80, 92};
    case Quality::Fair: return {chance->real(7.0, 8.6), 15, chance->real(0.6, 1.0), 4.5, 0.26, 68, 84};
    case Quality::Poor: return {chance->real(5.6, 7.0), 20, chance->real(0.8, 1.1), 6.5, 0.34, 52, 70};
    case Quality::Unreadable: break;
  }
  return {ruin == Ruin::Tiny ? chance->real(1.1, 1.5) : 6.5,
          15,
          ruin == Ruin::Blur ? chance->real(5.5, 7.5) : 0.9,
          6,
          0.3,
          50,
          70};
}

void aim_light(Light* light, const Lens& lens, int width, int height, Chance* chance) {
  light->slope_x = chance->real(-0.18, 0.18);
  light->slope_y = chance->real(-0.18, 0.18);
  light->shadow = chance->real(0, lens.shadow);
  light->edge = {width * chance->real(0.2, 0.8), height * chance->real(0.2, 0.8)};
  const double turn = chance->real(0, 6.28);
  light->normal = {cosine(turn), sine(turn)};
  light->soft = width * chance->real(0.01, 0.08);
}

// A lamp mirrored in the laminate: off the zone where the take is meant to be read easily, on it where not.
std::string aim_glare(Light* light, const Matrix& to_shot, const Face& face, Quality quality, Ruin ruin,
                      Chance* chance) {
  const Box& zone = face.zone;
  const double u = zone.x + zone.width * chance->real(0.1, 0.9) - face.width / 2;
  if (ruin == Ruin::Glare) {
    const auto heart =
        through(to_shot, zone.x + zone.width / 2 - face.width / 2, zone.y + zone.height / 2 - face.height / 2);
    const auto box = bounds(to_shot, face, zone);
    *light = Light{.slope_x = light->slope_x,
                   .slope_y = light->slope_y,
                   .shadow = light->shadow,
                   .edge = light->edge,
                   .normal = light->normal,
                   .soft = light->soft,
                   .glare = 620,
                   .heart = heart,
                   .glare_x = (box.right - box.left) * 0.62,
                   .glare_y = (box.bottom - box.top) * 0.9 + 20};
    return "glare over the zone";
  }
  if (quality == Quality::Good ? !chance->percent(25) : !chance->percent(60)) return "";
  const bool near = quality == Quality::Poor && chance->percent(60);
  const double v = near ? zone.y + zone.height / 2 : zone.y - chance->real(18, 40);
  light->heart = through(to_shot, u, v - face.height / 2);
  const auto box = bounds(to_shot, face, zone);
  const double reach = std::max(box.right - box.left, box.bottom - box.top);
  light->glare = near ? chance->real(40, 80) : chance->real(80, 220);
  light->glare_x = reach * chance->real(0.06, 0.13);
  light->glare_y = reach * chance->real(0.04, 0.09);
  return near ? "glare on the zone" : "glare";
}

}  // namespace

Shot photo_of(const Face& face, const Take& take, Chance* chance) {
  const auto ruin = take.quality != Quality::Unreadable ? Ruin::None : static_cast<Ruin>(chance->between(1, 4));
  const Lens lens = lens_for(take.quality, ruin, chance);
  const double longest = std::max(face.width, face.height);
  const double far = longest * chance->real(1.9, 2.8);
  const double most = ruin == Ruin::Cut ? 2 : chance->percent(14) ? 45 : 6;
  const double askew = chance->real(-most, most);
  const Matrix seen = view(radians(take.turn + askew), radians(chance->real(-lens.tilt, lens.tilt)),
                           radians(chance->real(-lens.tilt, lens.tilt)), far, lens.dots_per_mm * far);
  Corners box = bounds(seen, face, {0, 0, face.width, face.height});
  if (ruin == Ruin::Cut) {  // the photographer missed the lower edge: the frame ends above the zone
    const Box above{0, 0, face.width, face.zone.y - 14};
    box = bounds(seen, face, above);
  }
  const double fill = ruin == Ruin::Cut ? 1.0 : chance->real(0.78, 0.95);
  const double slack_x = (box.right - box.left) * (1 / fill - 1);
  const double slack_y = (box.bottom - box.top) * (1 / fill - 1);
  const int width = static_cast<int>(box.right - box.left + slack_x);
  const int height = static_cast<int>(box.bottom - box.top + slack_y);
  const Matrix shift{
      1, 0, -box.left + slack_x * chance->real(0.3, 0.7), 0, 1, -box.top + slack_y * chance->real(0.3, 0.7), 0, 0, 1};
  const Matrix to_shot = times(shift, seen);

  Light light;
  aim_light(&light, lens, width, height, chance);
  Shot shot;
  shot.flaws = aim_glare(&light, to_shot, face, take.quality, ruin, chance);
  if (ruin == Ruin::Blur) shot.flaws = "out of focus";
  if (ruin == Ruin::Cut) shot.flaws = "the zone lies outside the frame";
  if (ruin == Ruin::Tiny) shot.flaws = "far too small";
  Scene scene{.face = &face,
              .paper = &face.picture,
              .dots_per_mm = kDotsPerMm,
              .to_face = inverse(to_shot),
              .curl = chance->real(-0.6, 0.9),
              .dots_per_mm_out = lens.dots_per_mm};
  Picture smaller;
  if (lens.dots_per_mm < kDotsPerMm * 0.6) {
    smaller = halved(face.picture);
    scene.paper = &smaller;
    scene.dots_per_mm = kDotsPerMm / 2;
  }
  const Ground ground(static_cast<Table>(chance->between(0, 2)), chance);
  shot.picture = expose(scene, ground, light, width, height);
  blur(&shot.picture, lens.blur);
  add_noise(&shot.picture, lens.noise, chance);
  shot.jpeg_quality = chance->between(lens.jpeg_low, lens.jpeg_high);
  shot.dots_per_mm = lens.dots_per_mm;
  if (chance->percent(30)) {  // held sideways; the tag tells a viewer how to put it right
    shot.picture = turned(shot.picture, 3);
    shot.orientation = 6;
  }
  return shot;
}

Shot scan_of(const Face& face, const Take& take, Chance* chance) {
  Shot shot;
  const auto ruin = take.quality != Quality::Unreadable ? Ruin::None : chance->percent(50) ? Ruin::Tiny : Ruin::Blur;
  shot.dpi = take.quality == Quality::Good   ? (chance->percent(60) ? 300 : 250)
             : take.quality == Quality::Fair ? 200
                                             : 150;
  if (ruin == Ruin::Tiny) shot.dpi = 32;
  const double dots = shot.dpi / 25.4;
  const double askew = take.quality == Quality::Good ? 0.8 : 2.2;
  const Matrix seen = view(radians(take.turn + chance->real(-askew, askew)), 0, 0, 1000, dots * 1000);
  const Corners box = bounds(seen, face, {0, 0, face.width, face.height});
  const double margin = dots * chance->real(2, 12);
  const int width = static_cast<int>(box.right - box.left + 2 * margin);
  const int height = static_cast<int>(box.bottom - box.top + 2 * margin);
  const Matrix to_shot = times({1, 0, margin - box.left, 0, 1, margin - box.top, 0, 0, 1}, seen);
  Scene scene{.face = &face,
              .paper = &face.picture,
              .dots_per_mm = kDotsPerMm,
              .to_face = inverse(to_shot),
              .dots_per_mm_out = dots};
  Picture smaller;
  if (dots < kDotsPerMm * 0.6) {
    smaller = halved(face.picture);
    scene.paper = &smaller;
    scene.dots_per_mm = kDotsPerMm / 2;
  }
  Light light;
  light.slope_x = chance->real(-0.04, 0.04);
  light.normal = {1, 0};
  const Ground ground(Table::Lid, chance);
  shot.picture = expose(scene, ground, light, width, height);
  blur(&shot.picture, ruin == Ruin::Blur ? 7 : take.quality == Quality::Good ? 0.35 : 0.55);
  add_noise(&shot.picture, take.quality == Quality::Good ? 1.2 : 3, chance);
  shot.colour = chance->percent(25) ? Colour::Grey : Colour::Full;
  shot.jpeg_quality = take.quality == Quality::Good ? chance->between(82, 94) : chance->between(58, 78);
  shot.dots_per_mm = dots;
  shot.flaws = ruin == Ruin::Tiny ? "far too small" : ruin == Ruin::Blur ? "out of focus" : "";
  return shot;
}

}  // namespace careo::sample
