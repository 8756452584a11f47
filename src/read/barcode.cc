// SPDX-License-Identifier: Apache-2.0
// The only file that names zxing-cpp. Its exceptions end here.
#include "read/barcode.h"

#define ZX_USE_UTF8 1  // text() gives UTF-8; without it the library warns at every include
#include <ReadBarcode.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "base/json.h"
#include "base/text.h"
#include "read/licence.h"

namespace careo {
namespace {

/// A card that fills a third of a picture of this size still has two pixels a module of its PDF417.
constexpr std::int64_t kMostPixels = 4'000'000;
constexpr int kSmallestSide = 24;
constexpr std::uint8_t kMostSymbols = 16;

/// Each pixel the mean of a square of `factor` by `factor`.
Raster shrunk(const Raster& grey, int factor) {
  if (factor == 1) return grey;
  Raster out = make_raster(grey.width / factor, grey.height / factor, 1);
  const int area = factor * factor;
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int sum = area / 2;
      for (int dy = 0; dy < factor; ++dy) {
        const std::uint8_t* row = grey.row(y * factor + dy) + x * factor;
        for (int dx = 0; dx < factor; ++dx) sum += row[dx];
      }
      out.row(y)[x] = static_cast<std::uint8_t>(sum / area);
    }
  }
  return out;
}

int factor_for(const Raster& grey) {
  const double pixels = static_cast<double>(grey.width) * grey.height;
  return std::max(1, static_cast<int>(std::ceil(std::sqrt(pixels / static_cast<double>(kMostPixels)) - 1e-9)));
}

ZXing::DecodeHints hints() {
  using ZXing::BarcodeFormat;
  // EAN, UPC, ITF and the like stand on goods, not on papers, and have too little redundancy to be believed on any
  // page.
  return ZXing::DecodeHints()
      .setFormats(BarcodeFormat::PDF417 | BarcodeFormat::QRCode | BarcodeFormat::Aztec | BarcodeFormat::DataMatrix |
                  BarcodeFormat::Code128)
      .setTryHarder(false)  // harder costs three times as much on every page without a barcode
      .setTryRotate(true)
      .setTryDownscale(false)
      .setMaxNumberOfSymbols(kMostSymbols);
}

std::vector<ZXing::Result> symbols_in(const Raster& grey) {
  const ZXing::ImageView view(grey.pixels.data(), grey.width, grey.height, ZXing::ImageFormat::Lum);
  try {
    return ZXing::ReadBarcodes(view, hints());
  } catch (const std::exception&) {
    return {};  // it throws where a symbol is not what it seemed: no barcode
  }
}

Region::Box box_of(const ZXing::Position& corners, int factor, const Raster& grey) {
  Region::Box out{};
  std::size_t at = 0;
  for (const ZXing::PointI& corner :
       {corners.topLeft(), corners.topRight(), corners.bottomRight(), corners.bottomLeft()}) {
    out[at++] = std::clamp(corner.x * factor, 0, grey.width - 1);
    out[at++] = std::clamp(corner.y * factor, 0, grey.height - 1);
  }
  return out;
}

std::string hex_of(const ZXing::ByteArray& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

Reading reading_of(const ZXing::Result& symbol, int factor, const Raster& grey) {
  Reading out;
  out.kind = "barcode";
  out.region.box = box_of(symbol.position(), factor, grey);
  // The library calls binary what has control characters, as every licence has.
  const std::string_view bytes(reinterpret_cast<const char*>(symbol.bytes().data()), symbol.bytes().size());
  const bool binary = symbol.contentType() == ZXing::ContentType::Binary &&
                      (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos);
  if (!binary) out.raw = clean_utf8(symbol.text()).text;
  JsonWriter json;
  json.object().member("format", ZXing::ToString(symbol.format())).member("text", out.raw);
  if (binary) json.member("bytes", hex_of(symbol.bytes()));
  if (const auto licence = parse_licence(out.raw)) json.key("document").json(licence->json());
  out.value = json.end().take();
  // Code 128 has one check character in 103; the others correct errors and refuse what they cannot.
  out.grade = symbol.format() == ZXing::BarcodeFormat::Code128 ? Grade::Unconfirmed : Grade::Checked;
  return out;
}

}  // namespace

std::vector<Reading> BarcodeReader::read(const Picture& picture) const {
  std::vector<Reading> out;
  if (std::min(picture.raster.width, picture.raster.height) < kSmallestSide || picture.raster.empty()) return out;
  const Raster grey = grey_of(picture.raster);
  const int factor = factor_for(grey);
  for (const ZXing::Result& symbol : symbols_in(shrunk(grey, factor))) {
    if (!symbol.isValid() || symbol.bytes().empty()) continue;
    Reading reading = reading_of(symbol, factor, grey);
    reading.region.page = picture.region.page;
    reading.reader = name();
    out.push_back(std::move(reading));
  }
  return out;
}

}  // namespace careo
