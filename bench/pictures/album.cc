// SPDX-License-Identifier: Apache-2.0
#include "album.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <jpeglib.h>

#include "camera.h"
#include "canvas.h"
#include "document.h"
#include "pixels/image.h"
#include "render/scale.h"
#include "scene.h"
#include "specimen.h"

namespace careo::bench {
namespace {

Raster packed_again(const Raster& from, int quality) {
  jpeg_compress_struct out{};
  jpeg_error_mgr errors{};
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&out, &bytes, &size);
  out.image_width = static_cast<unsigned>(from.width);
  out.image_height = static_cast<unsigned>(from.height);
  out.input_components = from.channels;
  out.in_color_space = from.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&out);
  jpeg_set_quality(&out, quality, TRUE);
  jpeg_start_compress(&out, TRUE);
  while (out.next_scanline < out.image_height) {
    JSAMPROW row = const_cast<std::uint8_t*>(from.row(static_cast<int>(out.next_scanline)));
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  Raster back = *decode_image({bytes, size}, {});
  free(bytes);
  return back;
}

Raster cut(const Raster& from, double left, double top, double right, double bottom) {
  const int x0 = static_cast<int>(from.width * left);
  const int y0 = static_cast<int>(from.height * top);
  Raster out = make_raster(static_cast<int>(from.width * (1 - right)) - x0,
                           static_cast<int>(from.height * (1 - bottom)) - y0, from.channels);
  for (int y = 0; y < out.height; ++y)
    std::copy_n(from.row(y + y0) + x0 * from.channels, out.width * out.channels, out.row(y));
  return out;
}

template <typename Tone>
Raster toned(Raster from, Tone tone) {
  for (std::uint8_t& pixel : from.pixels)
    pixel = static_cast<std::uint8_t>(std::clamp(std::lround(tone(double{1} * pixel)), 0L, 255L));
  return from;
}

Raster turned_right(const Raster& from) {
  Raster out = make_raster(from.height, from.width, from.channels);
  for (int y = 0; y < from.height; ++y)
    for (int x = 0; x < from.width; ++x)
      std::copy_n(from.row(y) + x * from.channels, from.channels, out.row(x) + (from.height - 1 - y) * from.channels);
  return out;
}

constexpr Change kChanges[] = {
    {"half the size", [](const Raster& r) { return fit(r, std::max(r.width, r.height) / 2); }},
    {"400 pixels", [](const Raster& r) { return fit(r, 400); }},
    {"JPEG, quality 30", [](const Raster& r) { return packed_again(r, 30); }},
    {"400 pixels, JPEG 50", [](const Raster& r) { return packed_again(fit(r, 400), 50); }},
    {"turned right, JPEG 50", [](const Raster& r) { return packed_again(turned_right(r), 50); }},
    {"brighter, clipped", [](const Raster& r) { return toned(r, [](double v) { return v * 9 / 8 + 25; }); }},
    {"darker", [](const Raster& r) { return toned(r, [](double v) { return v * 0.7; }); }},
    {"more contrast", [](const Raster& r) { return toned(r, [](double v) { return (v - 128) * 1.4 + 128; }); }},
    {"gamma 1.5", [](const Raster& r) { return toned(r, [](double v) { return 255 * std::pow(v / 255, 1.5); }); }},
    {"1 % cut all round", [](const Raster& r) { return cut(r, .01, .01, .01, .01); }},
    {"3 % cut all round", [](const Raster& r) { return cut(r, .03, .03, .03, .03); }},
    {"5 % cut all round", [](const Raster& r) { return cut(r, .05, .05, .05, .05); }},
    {"5 % cut left, 3 % top", [](const Raster& r) { return cut(r, .05, .03, 0, 0); }},
    {"8 % cut at the bottom", [](const Raster& r) { return cut(r, 0, 0, 0, .08); }},
    {"turned, cut, 400, JPEG 50",
     [](const Raster& r) { return packed_again(fit(turned_right(cut(r, .02, .01, .03, .02)), 400), 50); }},
};

std::string word(Dice& dice) {
  std::string out;
  for (int n = dice.whole(2, 9); n > 0; --n) out += static_cast<char>('a' + dice.whole(0, 25));
  return out;
}

/// Set full, as office programs do: every line but the last of a paragraph is as wide as the column. `text` and `own`
/// may throw alike: then two letters differ in one line alone, a name and a number.
Sheet letter(Dice& head, Dice& text, Dice& own) {
  Canvas canvas(210, 297, 6);
  canvas.colour({1, 1, 1});
  cairo_paint(canvas());
  canvas.colour({0.1, 0.1, 0.3});
  const double left = head.between(15, 30);
  canvas.rectangle(left, 12, head.between(15, 40), head.between(6, 15));
  canvas.words(Face::SansBold, left + 45, 20, head.between(4, 7), word(head) + " " + word(head));
  canvas.colour({0.05, 0.05, 0.05});
  const double size = head.between(3.4, 4.4);
  const double wide = 210 - 2 * left;
  double y = 50;
  for (int paragraph = 0; paragraph < 6; ++paragraph, y += size * 0.9) {
    for (int line = head.whole(3, 7); line > 0; --line, y += size * 1.4) {
      std::string words = word(text);
      for (std::string next = word(text); canvas.width_of(Face::Serif, size, words + " " + next) < wide;
           next = word(text))
        words += " " + next;
      canvas.words(Face::Serif, left, y, line == 1 ? size : size * wide / canvas.width_of(Face::Serif, size, words),
                   line == 1 ? words.substr(0, words.size() / 2) : words);
    }
    if (paragraph != 1) continue;
    canvas.words(Face::Serif, left, y, size,
                 word(head) + " " + word(own) + " " + word(own) + ", " + word(head) + " " +
                     std::to_string(own.whole(100000, 999999)));
    y += size * 1.4;
  }
  Sheet out;
  out.raster = canvas.raster();
  out.dots = 6;
  return out;
}

/// The same machine and the same paper for each of a family: only what is printed differs.
Raster scanned(std::uint64_t seed, const Sheet& sheet, double dots) {
  Dice dice(seed);
  Optics optics = scanner(dice);
  optics.view.dots = dots;
  return grey_of(take(dice, sheet, optics).raster);
}

}  // namespace

std::vector<Sheeted> album(const AlbumPlan& plan) {
  static constexpr icao::Format Formats[] = {icao::Format::TD3, icao::Format::TD1, icao::Format::MrvA,
                                             icao::Format::TD2};
  std::vector<Sheeted> out;
  Dice dice(plan.seed);
  for (int office = 0; office < plan.offices; ++office) {
    const auto style = static_cast<std::uint64_t>(dice.whole(1, 1'000'000));
    for (int holder = 0; holder < plan.holders; ++holder) {
      Dice own(style);
      const Sheet sheet = draw_document(own, random_specimen(dice, Formats[office % 4]), 14);
      out.push_back({fmt::format("office {} holder {}", office, holder), fmt::format("office {}", office),
                     scanned(style, sheet, 8)});
    }
  }
  for (int head = 0; head < plan.letterheads; ++head) {
    const auto style = static_cast<std::uint64_t>(dice.whole(1, 1'000'000));
    for (int i = 0; i < plan.letters; ++i) {
      Dice paper(style);
      out.push_back({fmt::format("letterhead {} letter {}", head, i), fmt::format("letterhead {}", head),
                     scanned(style, letter(paper, dice, dice), 5)});
    }
  }
  for (int form = 0; form < plan.forms; ++form) {
    const auto style = static_cast<std::uint64_t>(dice.whole(1, 1'000'000));
    for (int i = 0; i < plan.filled; ++i) {
      Dice paper(style);
      Dice text(style);
      out.push_back({fmt::format("form {} filled {}", form, i), fmt::format("form {}", form),
                     scanned(style, letter(paper, text, dice), 5)});
    }
  }
  for (const CategoryRow& row : Categories)
    for (int i = 0; i < plan.shots; ++i)
      out.push_back({fmt::format("{} {}", row.name, i), "", grey_of(make_shot(plan.seed, row.category, i).raster)});
  return out;
}

std::span<const Change> changes() {
  return kChanges;
}

}  // namespace careo::bench
