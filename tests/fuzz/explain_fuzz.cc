// SPDX-License-Identifier: Apache-2.0
// Any value that a worker might send as that of a zone: an explanation whose marks fit its lines, or Malformed.
#include <cstdlib>

#include "base/bytes.h"
#include "resolve/explain.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto zone = careo::explain_zone(careo::text_of({data, size}));
  if (!zone) return 0;
  for (std::size_t i = 0; i < zone->characters.size(); ++i) {
    if (zone->characters[i].size() != zone->lines[i].size()) std::abort();
  }
  if (careo::explanation_text(*zone).size() < zone->lines.size()) std::abort();
  careo::JsonWriter json;
  write_explanation(&json, *zone);
  if (!careo::Json::parse(json.str())) std::abort();
  return 0;
}
