// SPDX-License-Identifier: Apache-2.0
// Any lines at all through the parser of zones: a zone or Malformed, and the raw fields of a zone are its own text.
#include <cstdlib>

#include "base/bytes.h"
#include "base/text.h"
#include "reference/icao9303_zone.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> lines;
  for (const std::string_view line : careo::split(careo::text_of({data, size}), '\n')) lines.emplace_back(line);
  for (const careo::icao::Format format : careo::icao::all_formats()) {
    const auto zone = careo::icao::parse_zone(lines, format);
    if (!zone) continue;
    if (zone->lines != lines) std::abort();
    for (const careo::icao::Field& field : zone->fields) {
      if (field.runs.empty() || field.raw.size() > 60) std::abort();
    }
  }
  (void)careo::icao::parse_zone(lines);
  return 0;
}
