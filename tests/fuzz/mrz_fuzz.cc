// SPDX-License-Identifier: Apache-2.0
// Any pixels at all: the reader must end, within bounds, and what it gives must be a reading.
#include <cstdlib>

#include "base/json.h"
#include "read/mrz/mrz_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Two bytes of width, the rest is grey; short inputs repeat, so that a few bytes can draw a pattern.
  if (size < 4) return 0;
  constexpr int MostPixels = 120 * 120;
  careo::Picture picture;
  const int width = 1 + (data[0] | data[1] << 8) % 400;
  const int height = 1 + data[2] % std::max(1, MostPixels / width);
  picture.raster = careo::make_raster(width, height, 1);
  for (std::size_t i = 0; i < picture.raster.pixels.size(); ++i) picture.raster.pixels[i] = data[3 + i % (size - 3)];
  for (const careo::Reading& reading : careo::MrzReader().read(picture)) {
    if (!careo::Json::parse(reading.value) || !reading.region.box || reading.raw.empty()) std::abort();
  }
  return 0;
}
