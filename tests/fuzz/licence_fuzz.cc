// SPDX-License-Identifier: Apache-2.0
// Any text at all as the barcode of a licence: nothing, or fields that are pieces of it.
#include <cstdlib>

#include "base/bytes.h"
#include "read/licence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = careo::text_of({data, size});
  const auto licence = careo::parse_licence(text);
  if (!licence) return 0;
  for (const auto& [name, raw] : licence->raw) {
    if (text.find(raw) == std::string_view::npos || !licence->value.contains(name)) std::abort();
  }
  (void)licence->json();
  return 0;
}
