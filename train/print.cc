// SPDX-License-Identifier: Apache-2.0
#include "print.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "overlay.h"
#include "redraw.h"

namespace careo::train {

namespace {

constexpr const char* Folder = "/usr/share/fonts/opentype/ocr-b/";
constexpr int Slots = 10;
constexpr int Pitch = 40;

FT_Face face(const char* file) {
  static FT_Library library = [] {
    FT_Library made = nullptr;
    FT_Init_FreeType(&made);
    return made;
  }();
  FT_Face out = nullptr;
  if (FT_New_Face(library, file, 0, &out) != 0) {
    std::fprintf(stderr, "make_slots: cannot open %s (package fonts-ocr-b)\n", file);
    std::exit(3);
  }
  return out;
}

struct Style {
  double pitch = Pitch;  // pixels
  bool redrawn = false;
  double weight = 0;  // stroke width of the redraw, or emboldening of the outline, in pitches
  double wide = 1, tall = 1;
  double slant = 0;
  double wobble = 0;
  unsigned seed = 0;
};

void put(Plane* ink, int x, int y, float v) {
  if (x < 0 || y < 0 || x >= ink->width || y >= ink->height) return;
  float& to = ink->at(x, y);
  to = std::max(to, v);
}

// `base` is the base line, `cx` the middle of the slot.
void draw_redrawn(Plane* ink, char c, double cx, double base, const Style& style) {
  const double unit = style.pitch / 90;
  const double half = style.weight * style.pitch / 2;
  for (const Stroke& s : strokes_of(c, style.wobble, style.seed + static_cast<unsigned char>(c))) {
    const auto place = [&](double x, double y) {
      return std::pair{cx + (x + style.slant * y) * unit * style.wide, base - (y + 1) * unit * style.tall};
    };
    const auto [ax, ay] = place(s.x0, s.y0);
    const auto [bx, by] = place(s.x1, s.y1);
    draw_stroke(ink, ax, ay, bx, by, half);
  }
}

void draw_outline(Plane* ink, FT_Face font, char c, double cx, double base, const Style& style) {
  // Advance and capital height are both 723/1000 of the em: at this size one pitch is Pitch pixels.
  FT_Set_Char_Size(font, static_cast<FT_F26Dot6>(style.pitch / 0.723 * 64), 0, 72, 72);
  if (FT_Load_Char(font, static_cast<FT_ULong>(c), FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return;
  FT_Outline* outline = &font->glyph->outline;
  const auto bold = static_cast<FT_Pos>(style.weight * style.pitch * 64);
  if (bold != 0) {
    FT_Outline_Embolden(outline, bold);
    FT_Outline_Translate(outline, -bold / 2, -bold / 2);
  }
  FT_Outline_Translate(outline, -static_cast<FT_Pos>(style.pitch * 32), 0);
  FT_Matrix matrix{static_cast<FT_Fixed>(style.wide * 65536), static_cast<FT_Fixed>(style.slant * 65536), 0,
                   static_cast<FT_Fixed>(style.tall * 65536)};
  FT_Outline_Transform(outline, &matrix);
  FT_Outline_Translate(outline, static_cast<FT_Pos>((cx - std::floor(cx)) * 64),
                       static_cast<FT_Pos>((std::ceil(base) - base) * 64));
  if (FT_Render_Glyph(font->glyph, FT_RENDER_MODE_NORMAL) != 0) return;
  const FT_Bitmap& bitmap = font->glyph->bitmap;
  for (unsigned y = 0; y < bitmap.rows; ++y) {
    for (unsigned x = 0; x < bitmap.width; ++x) {
      const float v = static_cast<float>(bitmap.buffer[y * static_cast<unsigned>(bitmap.pitch) + x]) / 255.0F;
      put(ink, static_cast<int>(std::floor(cx)) + font->glyph->bitmap_left + static_cast<int>(x),
          static_cast<int>(std::ceil(base)) - font->glyph->bitmap_top + static_cast<int>(y), v);
    }
  }
}

std::string random_text(Random& random) {
  static constexpr const char* All = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
  std::string out;
  const double filler = random.coin(0.3) ? 0.6 : 0.08;
  const double digits = random.coin(0.4) ? 0.7 : 0.15;
  const double empty = random.coin(0.25) ? 0.35 : 0.02;
  for (int i = 0; i < Slots; ++i) {
    if (random.coin(empty)) {
      out += ' ';
    } else if (random.coin(filler)) {
      out += '<';
    } else if (random.coin(digits)) {
      out += All[random.below(10)];
    } else {
      out += All[random.below(37)];
    }
  }
  return out;
}

Style random_style(Random& random) {
  Style style;
  style.redrawn = random.coin(0.45);
  style.weight = style.redrawn ? random.between(0.075, 0.21) : random.between(-0.045, 0.075);
  style.wide = random.between(0.86, 1.12);
  style.tall = random.between(0.88, 1.08);
  style.slant = random.normal() * 0.02;
  style.wobble = random.between(0, 3);
  style.seed = static_cast<unsigned>(random.next());
  return style;
}

void draw_line(Plane* ink, Random& random, const std::string& text, double first_x, double base, const Style& style) {
  static FT_Face sharp = face((std::string(Folder) + "OCRBS.otf").c_str());
  const double uneven = random.coin(0.3) ? random.between(0, 1.2) : 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    const double x = first_x + static_cast<double>(i) * style.pitch + random.normal() * uneven;
    const double y = base + random.normal() * uneven;
    if (style.redrawn) {
      draw_redrawn(ink, text[i], x, y, style);
    } else {
      draw_outline(ink, sharp, text[i], x, y, style);
    }
  }
}

// Small words of another face, as the visual zone prints them: never a character of the zone.
double draw_clutter(Plane* ink, Random& random, double x, double base, double size) {
  static FT_Face other = face("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
  FT_Set_Pixel_Sizes(other, 0, static_cast<FT_UInt>(size));
  for (int i = 0; i < 14; ++i) {
    const char c = static_cast<char>("abcdefghijklmnopqrstuvwxyz.,/-:()"[random.below(33)]);
    if (FT_Load_Char(other, static_cast<FT_ULong>(c), FT_LOAD_RENDER) != 0) continue;
    const FT_Bitmap& bitmap = other->glyph->bitmap;
    for (unsigned v = 0; v < bitmap.rows; ++v) {
      for (unsigned u = 0; u < bitmap.width; ++u) {
        put(ink, static_cast<int>(x) + other->glyph->bitmap_left + static_cast<int>(u),
            static_cast<int>(base) - other->glyph->bitmap_top + static_cast<int>(v),
            static_cast<float>(bitmap.buffer[v * static_cast<unsigned>(bitmap.pitch) + u]) / 255.0F);
      }
    }
    x += static_cast<double>(other->glyph->advance.x) / 64;
  }
  return x;
}

// Ink spreads, breaks and roughens: the coverage is blurred, disturbed and cut again at a random level.
void press(Plane* ink, Random& random) {
  const double spread = random.between(0.4, 2.2);
  blur(ink, spread);
  const double level = 0.5 + random.normal() * 0.09;
  const double sharp = random.between(2.5, 9) / spread;
  const double rough = random.coin(0.4) ? random.between(0, 0.35) : 0.05;
  Plane noise(ink->width, ink->height, 0);
  for (float& v : noise.v) v = static_cast<float>(random.normal());
  blur(&noise, random.between(0.8, 2.5));
  const double faint = random.coin(0.15) ? random.between(0.3, 0.8) : 0;
  Plane holes(ink->width, ink->height, 0);
  if (faint > 0) {
    for (float& v : holes.v) v = static_cast<float>(random.normal());
    blur(&holes, random.between(1.0, 4));
  }
  for (std::size_t i = 0; i < ink->v.size(); ++i) {
    const double v = (ink->v[i] - level) * sharp + 0.5 + rough * 3 * noise.v[i];
    ink->v[i] =
        static_cast<float>(std::clamp(v, 0.0, 1.0) * std::clamp(1 - faint * 4 * std::max(0.0F, holes.v[i]), 0.0, 1.0));
  }
}

// Waves of ink in a soft tone, or as thin drawn lines that may be nearly as dark as the print.
void add_waves(Plane* paper, Random& random) {
  const double angle = random.between(0, 3.1416);
  const double period = random.between(4, 60);
  const double wave = random.between(30, 200);
  const double swing = random.between(0, 25);
  const double depth = random.between(2, random.coin(0.2) ? 45 : 18);
  const double thin = random.between(0.5, 4);
  for (int y = 0; y < paper->height; ++y) {
    for (int x = 0; x < paper->width; ++x) {
      const double u = x * std::cos(angle) + y * std::sin(angle);
      const double w = -x * std::sin(angle) + y * std::cos(angle);
      const double s = std::sin((u + swing * std::sin(w / wave * 6.2832)) / period * 6.2832);
      paper->at(x, y) -= static_cast<float>(depth * std::pow(std::abs(s), thin));
    }
  }
}

void add_lines(Plane* paper, Random& random) {
  const double angle = random.between(0, 3.1416), co = std::cos(angle), si = std::sin(angle);
  const double apart = random.between(9, 85), wide = random.between(0.8, 5.5);
  const double wave = random.between(25, 700), swing = random.between(0, 75);
  const auto depth = static_cast<float>(random.between(6, random.coin(0.4) ? 85 : 40));
  for (int y = 0; y < paper->height; ++y) {
    for (int x = 0; x < paper->width; ++x) {
      const double at = x * co + y * si + swing * std::sin((y * co - x * si) / wave * 6.2832);
      if (at - apart * std::floor(at / apart) < wide) paper->at(x, y) -= depth;
    }
  }
}

void add_guilloche(Plane* paper, Random& random) {
  for (std::size_t n = random.below(4); n > 0; --n)
    random.coin(0.35) ? add_lines(paper, random) : add_waves(paper, random);
  if (random.coin(0.35)) {
    Plane noise(paper->width, paper->height, 0);
    for (float& v : noise.v) v = static_cast<float>(random.normal());
    const double sigma = random.between(1.5, 18);
    blur(&noise, sigma);
    const auto depth = static_cast<float>(random.between(5, 30) * sigma * 2);
    for (std::size_t i = 0; i < noise.v.size(); ++i) paper->v[i] += depth * noise.v[i];
  }
}

// Stamps, signatures, holograms and the edge of a photograph: a few broad strokes or an area, half transparent.
void add_overlay(Plane* paper, Random& random) {
  const int count = random.coin(0.25) ? 1 + static_cast<int>(random.below(2)) : 0;
  for (int n = 0; n < count; ++n) {
    const double angle = random.between(0, 3.1416);
    const double at = random.between(-0.5, 0.5) * paper->width;
    const double half = random.between(1, 40);
    const auto change = static_cast<float>(random.between(-70, 60));
    for (int y = 0; y < paper->height; ++y) {
      for (int x = 0; x < paper->width; ++x) {
        const double u = (x - paper->width / 2) * std::cos(angle) + (y - paper->height / 2) * std::sin(angle) - at;
        if (std::abs(u) < half) paper->at(x, y) += change;
      }
    }
  }
}

}  // namespace

void draw_stroke(Plane* ink, double ax, double ay, double bx, double by, double half) {
  const double dx = bx - ax;
  const double dy = by - ay;
  const double len2 = std::max(1e-9, dx * dx + dy * dy);
  const int left = std::max(0, static_cast<int>(std::min(ax, bx) - half - 2));
  const int top = std::max(0, static_cast<int>(std::min(ay, by) - half - 2));
  const int right = std::min(ink->width - 1, static_cast<int>(std::max(ax, bx) + half + 2));
  const int bottom = std::min(ink->height - 1, static_cast<int>(std::max(ay, by) + half + 2));
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const double t = std::clamp(((x - ax) * dx + (y - ay) * dy) / len2, 0.0, 1.0);
      const double d = std::hypot(x - ax - t * dx, y - ay - t * dy);
      put(ink, x, y, static_cast<float>(std::clamp(half - d + 0.5, 0.0, 1.0)));
    }
  }
}

void print_zone(Random& random, const std::vector<std::string>& lines, const ZonePlace& place, Plane* ink) {
  Style style = random_style(random);
  style.pitch = place.pitch;
  style.wide = random.between(0.92, 1.06);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double base = place.centre_y + static_cast<double>(i) * place.spacing + 0.5 * place.pitch * style.tall;
    draw_line(ink, random, lines[i], place.first_x, base, style);
  }
}

double print_words(Random& random, double x, double base, double size, Plane* ink) {
  return draw_clutter(ink, random, x, base, size);
}

float Plane::sample(double x, double y) const {
  x = std::clamp(x, 0.0, width - 1.001);
  y = std::clamp(y, 0.0, height - 1.001);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const auto fx = static_cast<float>(x - left);
  const auto fy = static_cast<float>(y - top);
  return (at(left, top) * (1 - fx) + at(left + 1, top) * fx) * (1 - fy) +
         (at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx) * fy;
}

void blur(Plane* plane, double sigma) {
  if (sigma < 0.3) return;
  // Three box filters of width w have variance (w^2 - 1) / 4 together; small sigmas use a three-tap kernel instead.
  const int w = static_cast<int>(std::sqrt(4 * sigma * sigma + 1));
  const int radius = std::max(1, w / 2);
  const double ideal = sigma * sigma / 3;
  // A box of 2r+1 whose outermost taps weigh e, so that the variance is exact.
  const int inner = radius - 1;
  double inner_var = 0;
  for (int i = 1; i <= inner; ++i) inner_var += 2.0 * i * i;
  const double n = 2 * inner + 1;
  const double e = std::clamp((ideal * n - inner_var) / (2.0 * (radius * radius - ideal)), 0.0, 1.0);
  const auto edge = static_cast<float>(e);
  const auto norm = static_cast<float>(1 / (n + 2 * e));
  std::vector<float> line;
  const auto pass = [&](float* first, int count, int stride) {
    line.resize(static_cast<std::size_t>(count + 2 * radius));
    for (int i = 0; i < count + 2 * radius; ++i)
      line[static_cast<std::size_t>(i)] = first[std::clamp(i - radius, 0, count - 1) * stride];
    float sum = 0;
    for (int i = 1; i < 2 * radius; ++i) sum += line[static_cast<std::size_t>(i)];
    for (int i = 0; i < count; ++i) {
      const auto k = static_cast<std::size_t>(i);
      first[i * stride] = (sum + edge * (line[k] + line[k + 2 * static_cast<std::size_t>(radius)])) * norm;
      sum += line[k + 2 * static_cast<std::size_t>(radius)] - line[k + 1];
    }
  };
  for (int n3 = 0; n3 < 3; ++n3) {
    for (int y = 0; y < plane->height; ++y) pass(&plane->at(0, y), plane->width, 1);
    for (int x = 0; x < plane->width; ++x) pass(&plane->at(x, 0), plane->height, plane->width);
  }
}

Print print_line(Random& random) {
  Print out;
  out.text = random_text(random);
  out.pitch = Pitch;
  out.first_x = 2.5 * Pitch;
  out.centre_y = 2.2 * Pitch;
  const int width = (Slots + 4) * Pitch;
  const int height = static_cast<int>(4.4 * Pitch);
  Plane ink(width, height, 0);
  const Style style = random_style(random);
  // Slots are centred on the middle of a capital: half its height above the base line.
  const double base = out.centre_y + 0.5 * Pitch * style.tall;
  draw_line(&ink, random, out.text, out.first_x, base, style);
  const double spacing = random.between(1.55, 2.7) * Pitch;
  for (const double to : {-spacing, spacing}) {
    if (random.coin(0.55)) {
      draw_line(&ink, random, random_text(random), out.first_x + random.normal() * 3, base + to, style);
    } else if (random.coin(0.25)) {
      draw_clutter(&ink, random, random.between(-100, 100), base + to, random.between(14, 40));
    }
  }
  if (random.coin(0.45)) warp(random, Pitch, &ink);
  press(&ink, random);
  wear(random, Pitch, &ink);
  out.paper = Plane(width, height, static_cast<float>(random.between(110, 250)));
  const float white = out.paper.v[0];
  add_guilloche(&out.paper, random);
  add_overlay(&out.paper, random);
  const double contrast = random.coin(0.2) ? random.between(32, 60) : random.between(60, 230);
  const double black = std::max(0.0, white - contrast);
  const double density = random.between(0.75, 1);
  for (std::size_t i = 0; i < ink.v.size(); ++i) {
    const auto cover = static_cast<float>(ink.v[i] * density);
    out.paper.v[i] = out.paper.v[i] * (1 - cover) + std::min(out.paper.v[i], static_cast<float>(black)) * cover;
  }
  if (random.coin(0.2)) lay_stamp(random, Pitch, &out.paper);
  return out;
}

}  // namespace careo::train
