// SPDX-License-Identifier: Apache-2.0
#include "camera.h"

#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "fax.h"

namespace careo::train {

namespace {

// From the print (pixels of 1/40 pitch, origin at its middle) to the picture: an affine map and a weak perspective.
struct View {
  double a, b, c, d;  // affine part, picture pixels per print pixel
  double px, py;      // perspective
  double cx, cy;      // middle of the picture
  Point to_picture(double x, double y) const {
    const double w = 1 + px * x + py * y;
    return {cx + (a * x + b * y) / w, cy + (c * x + d * y) / w};
  }
  Point to_print(double u, double v) const {
    // Solves the two equations that are linear in x and y once w is multiplied out.
    const double U = u - cx;
    const double V = v - cy;
    const double m00 = a - U * px, m01 = b - U * py;
    const double m10 = c - V * px, m11 = d - V * py;
    const double det = m00 * m11 - m01 * m10;
    return {(U * m11 - V * m01) / det, (V * m00 - U * m10) / det};
  }
};

View random_view(Random& random, const Print& print) {
  const double pitch = random.coin(0.45) ? random.between(6.5, 15) : random.between(12, 46);
  const double angle = random.coin(0.3) ? random.between(0, 6.2832) : random.normal() * 0.06;
  const double squeeze = random.coin(0.4) ? random.between(0.72, 1.15) : 1;
  const double lean = random.normal() * 0.05;
  const double s = pitch / print.pitch;
  View view{};
  const double co = std::cos(angle);
  const double si = std::sin(angle);
  view.a = s * co;
  view.b = s * squeeze * (lean * co - si);
  view.c = s * si;
  view.d = s * squeeze * (lean * si + co);
  view.px = random.normal() * 0.06 / print.paper.width;
  view.py = random.normal() * 0.06 / print.paper.width;
  return view;
}

// Over the glass of a fax: 204 dots an inch in both directions, before it is sent.
View fax_view(Random& random, const Print& print) {
  const double s = random.between(18.5, 22) / print.pitch;
  const double angle = random.normal() * 0.018;
  View view{};
  view.a = view.d = s * std::cos(angle);
  view.c = s * std::sin(angle);
  view.b = -view.c;
  view.d *= random.between(0.93, 1.06);
  return view;
}

void light(Plane* picture, Random& random) {
  const double gx = random.normal() * 0.25 / picture->width;
  const double gy = random.normal() * 0.25 / picture->height;
  const double gain = random.between(0.6, 1.1);
  const bool shadow = random.coin(0.15);
  const double angle = random.between(0, 6.2832);
  const double edge = random.between(0.02, 0.3) * picture->width;
  const double dark = random.between(0.4, 0.85);
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      const double dx = x - picture->width / 2.0;
      const double dy = y - picture->height / 2.0;
      double f = gain * (1 + gx * dx + gy * dy);
      if (shadow) {
        const double u = (dx * std::cos(angle) + dy * std::sin(angle)) / edge;
        f *= dark + (1 - dark) / (1 + std::exp(std::clamp(-4 * u, -30.0, 30.0)));
      }
      picture->at(x, y) = static_cast<float>(picture->at(x, y) * f);
    }
  }
}

// Ellipses of light, most of them of a power that leaves the ink darker than the clipped paper around it.
void glare(Plane* picture, Random& random) {
  if (!random.coin(0.22)) return;
  const double cx = random.between(0, picture->width);
  const double cy = random.between(0, picture->height);
  const double angle = random.between(0, 3.1416), co = std::cos(angle), si = std::sin(angle);
  const double rx = random.between(0.05, 0.9) * picture->width;
  const double ry = random.between(0.04, 0.45) * picture->width;
  const double power = random.between(40, 220);
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      const double u = (co * (x - cx) + si * (y - cy)) / rx, v = (co * (y - cy) - si * (x - cx)) / ry;
      picture->at(x, y) += static_cast<float>(power * std::exp(-u * u - v * v));
    }
  }
}

void move_blur(Plane* picture, Random& random, double pitch) {
  if (!random.coin(0.15)) return;
  const double angle = random.between(0, 3.1416);
  const double reach = random.between(0.03, 0.16) * pitch;
  const Plane from = *picture;
  for (int y = 0; y < picture->height; ++y) {
    for (int x = 0; x < picture->width; ++x) {
      float sum = 0;
      for (int k = -3; k <= 3; ++k) {
        sum += from.sample(x + std::cos(angle) * reach * k / 3, y + std::sin(angle) * reach * k / 3);
      }
      picture->at(x, y) = sum / 7;
    }
  }
}

void sharpen(Plane* picture, Random& random) {
  if (!random.coin(0.3)) return;
  Plane soft = *picture;
  blur(&soft, random.between(0.6, 1.6));
  const auto amount = static_cast<float>(random.between(0.3, 1.8));
  for (std::size_t i = 0; i < soft.v.size(); ++i) {
    picture->v[i] = std::clamp(picture->v[i] + amount * (picture->v[i] - soft.v[i]), 0.0F, 255.0F);
  }
}

Raster develop(const Plane& picture, Random& random) {
  Raster out = make_raster(picture.width, picture.height, 1);
  const double noise = random.coin(0.6) ? random.between(0, 4) : random.between(0, 10);
  const double gamma = random.between(0.7, 1.4);
  std::vector<double> curve(256);
  for (std::size_t i = 0; i < 256; ++i) curve[i] = 255 * std::pow(static_cast<double>(i) / 255, gamma);
  const bool two = random.coin(0.05);
  double middle = 0;
  for (const float v : picture.v) middle += v;
  middle = middle / static_cast<double>(picture.v.size()) * random.between(0.75, 0.95);
  for (std::size_t i = 0; i < picture.v.size(); ++i) {
    double v = std::clamp(static_cast<double>(picture.v[i]), 0.0, 255.0);
    if (two) {
      out.pixels[i] = v + random.normal() * noise < middle ? 0 : 255;
      continue;
    }
    v = curve[static_cast<std::size_t>(v)] + random.normal() * noise;
    out.pixels[i] = static_cast<std::uint8_t>(std::clamp(v + 0.5, 0.0, 255.0));
  }
  return out;
}

}  // namespace

Raster through_jpeg(const Raster& grey, int quality) {
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

namespace {

// What stands before the lens or on the glass: the print as `view` shows it, softened by the area of a pixel.
Plane seen(const Print& print, View* view, Random& random) {
  const double hw = print.paper.width / 2.0;
  const double hh = print.paper.height / 2.0;
  double reach_x = 0;
  double reach_y = 0;
  for (const double sx : {-hw, hw}) {
    for (const double sy : {-hh, hh}) {
      const Point p = view->to_picture(sx, sy);
      reach_x = std::max(reach_x, std::abs(p.x));
      reach_y = std::max(reach_y, std::abs(p.y));
    }
  }
  view->cx = reach_x + random.unit();
  view->cy = reach_y + random.unit();
  Plane paper = print.paper;
  blur(&paper, 0.45 / std::hypot(view->a, view->c));
  Plane out(static_cast<int>(2 * reach_x + 2), static_cast<int>(2 * reach_y + 2), 0);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const Point p = view->to_print(x, y);
      out.at(x, y) = paper.sample(p.x + hw, p.y + hh);
    }
  }
  return out;
}

std::vector<mrz::Slot> slots_of(const Print& print, const View& view) {
  using mrz::operator-;
  std::vector<mrz::Slot> out;
  for (std::size_t i = 0; i < print.text.size(); ++i) {
    const double x = print.first_x + static_cast<double>(i) * print.pitch - print.paper.width / 2.0;
    const double y = print.centre_y - print.paper.height / 2.0;
    mrz::Slot slot;
    slot.centre = view.to_picture(x, y);
    slot.right = view.to_picture(x + print.pitch / 2, y) - view.to_picture(x - print.pitch / 2, y);
    slot.down = view.to_picture(x, y + print.pitch / 2) - view.to_picture(x, y - print.pitch / 2);
    out.push_back(slot);
  }
  return out;
}

Photograph by_fax(Random& random, const Print& print) {
  View view = fax_view(random, print);
  Plane picture = seen(print, &view, random);
  blur(&picture, random.between(0, 0.7));
  Fax fax = send_fax(random, picture);
  Photograph out{std::move(fax.grey), slots_of(print, view)};
  for (mrz::Slot& slot : out.slots) {
    slot.centre.y = (slot.centre.y + 0.5) * fax.rows - 0.5;
    slot.right.y *= fax.rows;
    slot.down.y *= fax.rows;
  }
  if (random.coin(0.2)) out.grey = through_jpeg(out.grey, static_cast<int>(random.between(60, 95)));
  return out;
}

Photograph by_lens(Random& random, const Print& print) {
  View view = random_view(random, print);
  const double pitch = std::hypot(view.a, view.c) * print.pitch;
  // Two blurs: the pixel's own area (in the print, before sampling) and the lens (in the picture).
  Plane picture = seen(print, &view, random);
  blur(&picture, random.coin(0.5) ? random.between(0, 0.06) * pitch : random.between(0.02, 0.15) * pitch);
  move_blur(&picture, random, pitch);
  light(&picture, random);
  glare(&picture, random);
  sharpen(&picture, random);
  Photograph out{develop(picture, random), slots_of(print, view)};
  if (random.coin(0.65)) out.grey = through_jpeg(out.grey, static_cast<int>(random.between(28, 95)));
  return out;
}

}  // namespace

Photograph photograph(Random& random, const Print& print) {
  Photograph out = random.coin(0.13) ? by_fax(random, print) : by_lens(random, print);
  if (random.coin(0.05)) {
    out.ink = mrz::Ink::Bright;
    for (std::uint8_t& v : out.grey.pixels) v = static_cast<std::uint8_t>(255 - v);
  }
  return out;
}

}  // namespace careo::train
