// SPDX-License-Identifier: Apache-2.0
// RTF: any bytes give well-formed text within the limits, and objects that lie inside the file.
#include <cstdlib>

#include "base/text.h"
#include "unpack/rtf/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes file(data, size);
  const careo::RtfDocument document = careo::parse_rtf(file, {.text_bytes = 1U << 16U});
  if (!careo::is_utf8(document.text) || document.text.size() > (1U << 16U) + 4096) std::abort();
  for (const auto& [key, value] : document.properties) {
    if (key.empty() || !careo::is_utf8(value)) std::abort();
  }
  for (const careo::RtfObject& object : document.objects) {
    if (object.begin >= object.end || object.end > size || object.offset > object.begin) std::abort();
    (void)careo::bytes_of_object(file, object);
  }
  return 0;
}
