// SPDX-License-Identifier: Apache-2.0
// jpeglib.h wants these first.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "specimen.h"

namespace careo::bench {

namespace {

struct Shot {
  double dots = 8;   // pixels a millimetre in the picture
  double angle = 0;  // radians
  double tilt = 0;   // of the camera, radians
  double tilt_about = 0;
  double blur = 0;  // pixels
  double noise = 2;
  int quality = 85;
  double shadow = 0;
  bool table = false;
  int glares = 0;
  double curl = 0;  // millimetres
};

Shot shot_of(Dice& dice, Camera camera) {
  Shot s;
  s.dots = dice.between(7.5, 12.5);
  s.angle = dice.normal() * 0.012;
  s.blur = dice.between(0.3, 0.9);
  s.noise = dice.between(0.5, 4);
  s.quality = dice.whole(70, 95);
  if (camera == Camera::Rotated) {
    s.angle = dice.coin(0.6) ? dice.whole(1, 3) * 1.5707963 + dice.normal() * 0.03 : dice.between(0, 6.2832);
  }
  if (camera == Camera::LowResolution) {
    s.dots = dice.between(3.6, 5.5);
    s.blur = dice.between(0.3, 0.6);
  }
  if (camera == Camera::Phone || camera == Camera::Glare) {
    s.dots = dice.between(6.5, 12);
    s.angle = dice.coin(0.2) ? dice.whole(1, 3) * 1.5707963 : 0;
    s.angle += dice.normal() * 0.12;
    s.tilt = dice.between(0, 0.42);
    s.tilt_about = dice.between(0, 6.2832);
    s.blur = dice.between(0.5, 1.6);
    s.noise = dice.between(1, 8);
    s.quality = dice.whole(50, 92);
    s.shadow = dice.coin(0.5) ? dice.between(0.2, 0.6) : 0;
    s.table = true;
    s.curl = dice.coin(0.4) ? dice.between(-3, 3) : 0;
  }
  if (camera == Camera::Glare) s.glares = dice.whole(1, 3);
  return s;
}

// Millimetres of the page (origin at its middle) to pixels of the picture and back, through a pinhole.
class Pinhole {
 public:
  Pinhole(const Shot& s, double distance)
      : dots_(s.dots),
        distance_(distance),
        sine_(std::sin(s.tilt)),
        squeeze_(1 - std::cos(s.tilt)),
        ux_(std::cos(s.tilt_about)),
        uy_(std::sin(s.tilt_about)),
        cos_(std::cos(s.angle)),
        sin_(std::sin(s.angle)) {}

  Point to_picture(double x, double y) const {
    const double along = ux_ * x + uy_ * y;
    // The tilted page is foreshortened along the tilt's direction.
    const double k = distance_ / (distance_ + sine_ * along);
    const double px = (x - squeeze_ * along * ux_) * k;
    const double py = (y - squeeze_ * along * uy_) * k;
    return {dots_ * (cos_ * px - sin_ * py), dots_ * (sin_ * px + cos_ * py)};
  }
  // `near` is a first guess: the neighbouring pixel's answer.
  Point to_page(double u, double v, Point near, int rounds) const {
    double x = near.x, y = near.y;
    for (int i = 0; i < rounds; ++i) {  // Newton on a map that is nearly a similarity
      const Point p = to_picture(x, y);
      const Point px = to_picture(x + 0.1, y), py = to_picture(x, y + 0.1);
      const double a = (px.x - p.x) * 10, b = (py.x - p.x) * 10, c = (px.y - p.y) * 10, d = (py.y - p.y) * 10;
      const double det = a * d - b * c;
      const double ru = u - p.x, rv = v - p.y;
      x += (ru * d - rv * b) / det;
      y += (rv * a - ru * c) / det;
    }
    return {x, y};
  }

 private:
  double dots_, distance_, sine_, squeeze_, ux_, uy_, cos_, sin_;
};

Raster box_blurred(const Raster& in, int w) {
  if (w <= 1) return in;
  Raster out = in;
  for (int pass = 0; pass < 2; ++pass) {
    const Raster from = out;
    for (int y = 0; y < in.height; ++y) {
      int sum = 0, count = 0;
      const int line = in.width;
      const std::uint8_t* row = from.row(y);
      for (int x = -w / 2; x < line + w; ++x) {
        if (x < line && x >= 0) sum += row[x], ++count;
        if (x - w >= 0 && x - w < line) sum -= row[x - w], --count;
        const int at = x - w / 2;
        if (at >= 0 && at < line && count > 0) out.row(y)[at] = static_cast<std::uint8_t>(sum / count);
      }
    }
    const Raster mid = out;
    for (int x = 0; x < in.width; ++x) {
      int sum = 0, count = 0;
      for (int y = 0; y < in.height + w; ++y) {
        if (y < in.height) sum += mid.row(y)[x], ++count;
        if (y - w >= 0 && y - w < in.height) sum -= mid.row(y - w)[x], --count;
        const int at = y - w / 2;
        if (at >= 0 && at < in.height && count > 0) out.row(at)[x] = static_cast<std::uint8_t>(sum / count);
      }
    }
  }
  return out;
}

double table_at(double u, double v, double tone, double grain) {
  return tone + 14 * std::sin(v * 0.021 + 3 * std::sin(u * 0.004) + grain) +
         7 * std::sin(v * 0.13 + std::sin(u * 0.02) * 2);
}

Raster jpeg(const Raster& grey, int quality) {
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_error_mgr errors;
  jpeg_compress_struct out;
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  jpeg_mem_dest(&out, &bytes, &size);
  out.image_width = static_cast<JDIMENSION>(grey.width);
  out.image_height = static_cast<JDIMENSION>(grey.height);
  out.input_components = 1;
  out.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&out);
  jpeg_set_quality(&out, quality, TRUE);
  jpeg_start_compress(&out, TRUE);
  for (int y = 0; y < grey.height; ++y) {
    JSAMPROW row = const_cast<JSAMPROW>(grey.row(y));
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  jpeg_decompress_struct in;
  in.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&in);
  jpeg_mem_src(&in, bytes, size);
  jpeg_read_header(&in, TRUE);
  jpeg_start_decompress(&in);
  Raster result = make_raster(grey.width, grey.height, 1);
  for (int y = 0; y < grey.height; ++y) {
    JSAMPROW row = result.row(y);
    jpeg_read_scanlines(&in, &row, 1);
  }
  jpeg_finish_decompress(&in);
  jpeg_destroy_decompress(&in);
  std::free(bytes);
  return result;
}

// Noise for every pixel from one table: drawing it anew costs more than the rest of the picture.
class Grain {
 public:
  explicit Grain(Dice& dice) : at_(static_cast<std::size_t>(dice.whole(0, 65535))) {
    static std::vector<float> made;
    if (made.empty()) {
      Dice own(77);
      for (int i = 0; i < 65536; ++i) made.push_back(static_cast<float>(own.normal()));
    }
    table_ = &made;
  }
  double next() {
    state_ = state_ * 1664525U + 1013904223U;
    at_ += 1 + (state_ >> 31);
    return (*table_)[at_ & 65535];
  }

 private:
  const std::vector<float>* table_;
  std::size_t at_;
  std::uint32_t state_ = 1;
};

struct Spot {
  double x, y, rx, ry, power;
};

}  // namespace

const char* name_of(Camera camera) {
  switch (camera) {
    case Camera::Clean: return "clean";
    case Camera::Rotated: return "rotated";
    case Camera::Phone: return "phone";
    case Camera::LowResolution: return "lowres";
    case Camera::Glare: return "glare";
  }
  return "";
}

Raster take_picture(Dice& dice, const Raster& document, double dots, Camera camera) {
  const Shot s = shot_of(dice, camera);
  const double page_w = document.width / dots, page_h = document.height / dots;
  const Pinhole lens(s, dice.between(2.2, 5) * page_w);
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  const double margin = dice.between(2, camera == Camera::Phone || camera == Camera::Glare ? 25 : 15);
  for (const double x : {-page_w / 2, page_w / 2}) {
    for (const double y : {-page_h / 2, page_h / 2}) {
      const Point p = lens.to_picture(x, y);
      left = std::min(left, p.x);
      right = std::max(right, p.x);
      top = std::min(top, p.y);
      bottom = std::max(bottom, p.y);
    }
  }
  const double m = margin * s.dots;
  Raster out = make_raster(static_cast<int>(right - left + 2 * m), static_cast<int>(bottom - top + 2 * m), 1);
  // What falls into one pixel of the picture is averaged before it is sampled.
  const Raster page =
      box_blurred(grey_of(document), std::max(1, static_cast<int>(std::lround(dots / s.dots * (0.8 + s.blur)))));
  const double tone = dice.between(60, 220), grain = dice.between(0, 6);
  const double shadow_angle = dice.between(0, 6.28), shadow_at = dice.between(-0.3, 0.3) * out.width;
  std::vector<Spot> spots;
  for (int i = 0; i < s.glares; ++i) {
    spots.push_back({dice.between(0.1, 0.9) * out.width, dice.between(0.1, 0.9) * out.height,
                     dice.between(0.05, 0.25) * out.width, dice.between(0.03, 0.15) * out.width,
                     dice.between(60, 260)});
  }
  const double gain = dice.between(0.75, 1.05);
  Grain noise(dice);
  for (int v = 0; v < out.height; ++v) {
    Point at{};
    for (int u = 0; u < out.width; ++u) {
      at = lens.to_page(u + left - m, v + top - m, at, u == 0 ? 8 : 2);
      const double bend = s.curl * (1 - 4 * at.x * at.x / (page_w * page_w));
      const double px = (at.x + page_w / 2) * dots, py = (at.y + bend + page_h / 2) * dots;
      double value = s.table ? table_at(u, v, tone, grain) : 252;
      if (px >= 0 && py >= 0 && px < page.width - 1 && py < page.height - 1) {
        const int ix = static_cast<int>(px), iy = static_cast<int>(py);
        const double fx = px - ix, fy = py - iy;
        const std::uint8_t* a = page.row(iy) + ix;
        const std::uint8_t* b = page.row(iy + 1) + ix;
        value = (a[0] * (1 - fx) + a[1] * fx) * (1 - fy) + (b[0] * (1 - fx) + b[1] * fx) * fy;
      }
      if (s.shadow > 0) {
        const double d = (u - out.width / 2.0) * std::cos(shadow_angle) +
                         (v - out.height / 2.0) * std::sin(shadow_angle) - shadow_at;
        value *= 1 - s.shadow / (1 + std::exp(std::clamp(d / 40, -20.0, 20.0)));
      }
      value *= gain;
      for (const Spot& g : spots) {
        const double q = (u - g.x) * (u - g.x) / (g.rx * g.rx) + (v - g.y) * (v - g.y) / (g.ry * g.ry);
        if (q < 12) value += g.power * std::exp(-q);
      }
      value += noise.next() * s.noise;
      out.row(v)[u] = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
    }
  }
  if (s.blur > 1.2) out = box_blurred(out, 2);
  return jpeg(out, s.quality);
}

}  // namespace careo::bench
