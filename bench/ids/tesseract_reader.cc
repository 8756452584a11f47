// SPDX-License-Identifier: Apache-2.0
#include "tesseract_reader.h"

#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "base/text.h"
#include "clock.h"
#include "pixels/image.h"
#include "read/mrz/mrz_reader.h"
#include "reference/icao9303_zone.h"
#include "zone_lines.h"

namespace careo::bench {

namespace {

// LSTM models know no uncertainty of '<', so the whitelist is what makes `eng` usable here at all.
tesseract::TessBaseAPI* engine() {
  static const std::unique_ptr<tesseract::TessBaseAPI> made = [] {
    auto api = std::make_unique<tesseract::TessBaseAPI>();
    if (api->Init(nullptr, "eng") != 0) api.reset();
    if (api) api->SetVariable("tessedit_char_whitelist", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<");
    return api;
  }();
  return made.get();
}

std::string text_of(const Raster& grey, tesseract::PageSegMode mode) {
  tesseract::TessBaseAPI* api = engine();
  if (api == nullptr) return {};
  api->SetPageSegMode(mode);
  api->SetImage(grey.pixels.data(), grey.width, grey.height, 1, grey.width);
  const std::unique_ptr<char[]> text(api->GetUTF8Text());
  return text ? text.get() : "";
}

struct Holding {
  int holds = 0, fails = 0;
};

Holding digits_of(const std::vector<std::string>& lines) {
  Holding out;
  const auto zone = icao::parse_zone(lines);
  if (!zone) return {0, 1};
  for (const icao::Field& field : zone->fields) {
    if (field.check == icao::Check::Holds) ++out.holds;
    if (field.check == icao::Check::Fails) ++out.fails;
  }
  if (zone->composite == icao::Check::Holds) ++out.holds;
  if (zone->composite == icao::Check::Fails) ++out.fails;
  return out;
}

// A line between its ends, `Height` pixels high, what lies half a line above and below included.
Raster line_of(const Raster& grey, const std::array<Point, 4>& box, std::size_t line, std::size_t lines) {
  constexpr int Height = 64;
  const double width = std::hypot(box[1].x - box[0].x, box[1].y - box[0].y);
  const double height = std::hypot(box[3].x - box[0].x, box[3].y - box[0].y) / static_cast<double>(lines);
  Raster out = make_raster(std::max(64, static_cast<int>(width / height * Height)), Height, 1);
  for (int v = 0; v < out.height; ++v) {
    const double down = (static_cast<double>(line) + (v + 0.5) / out.height) / static_cast<double>(lines);
    for (int u = 0; u < out.width; ++u) {
      const double across = -0.02 + 1.04 * u / out.width;
      const auto blend = [&](double Point::*c) {
        const double above = box[0].*c + (box[1].*c - box[0].*c) * across;
        const double below = box[3].*c + (box[2].*c - box[3].*c) * across;
        return above + (below - above) * down;
      };
      const double x = std::clamp(blend(&Point::x), 0.0, grey.width - 1.001);
      const double y = std::clamp(blend(&Point::y), 0.0, grey.height - 1.001);
      const int ix = static_cast<int>(x), iy = static_cast<int>(y);
      const double fx = x - ix, fy = y - iy;
      const std::uint8_t* a = grey.row(iy) + ix;
      const std::uint8_t* b = grey.row(std::min(iy + 1, grey.height - 1)) + ix;
      const double value = (a[0] * (1 - fx) + a[1] * fx) * (1 - fy) + (b[0] * (1 - fx) + b[1] * fx) * fy;
      out.row(v)[u] = static_cast<std::uint8_t>(value + 0.5);
    }
  }
  return out;
}

std::string only_zone_characters(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (icao::value_of(c) >= 0) out += c;
  }
  return out;
}

}  // namespace

Answers read_with_tesseract(Bytes file) {
  constexpr int Turns[] = {1, 3, 6, 8};  // as EXIF numbers them
  const double start = cpu_seconds();
  Answers out;
  int best = -1;
  const auto grey = decode_image(file, {.channels = DecodeLimits::Channels::Grey});
  for (std::size_t i = 0; grey && i < std::size(Turns); ++i) {
    const auto lines = zone_lines(text_of(oriented(*grey, Turns[i]), tesseract::PSM_SINGLE_BLOCK));
    if (!lines) continue;
    const Holding digits = digits_of(*lines);
    if (digits.holds > best) {
      best = digits.holds;
      out.zones = {{.lines = *lines, .checked = std::nullopt, .names_shown = true}};
    }
    if (digits.holds > 0 && digits.fails == 0) break;
  }
  out.seconds = cpu_seconds() - start;
  return out;
}

Answers read_crops_with_tesseract(Bytes file) {
  Answers out;
  const auto grey = decode_image(file, {.channels = DecodeLimits::Channels::Grey});
  if (!grey) return out;
  for (const mrz::ReadZone& zone : mrz::read_zones(*grey)) {
    const double start = cpu_seconds();
    Answer answer;
    const std::size_t count = zone.decoding.lines.size();
    for (std::size_t i = 0; i < count; ++i) {
      std::string line =
          only_zone_characters(text_of(line_of(*grey, zone.corners, i, count), tesseract::PSM_SINGLE_LINE));
      line.resize(zone.decoding.lines[i].size(), '<');
      answer.lines.push_back(std::move(line));
    }
    answer.names_shown = true;
    out.seconds += cpu_seconds() - start;
    out.zones.push_back(std::move(answer));
  }
  return out;
}

}  // namespace careo::bench
