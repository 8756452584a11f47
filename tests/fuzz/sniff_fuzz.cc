// SPDX-License-Identifier: Apache-2.0
// Types by content: any bytes give one name or none, and the name does not depend on what lies behind the head.
#include <cstdlib>

#include "unpack/sniff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes head(data, size);
  const std::string_view type = careo::sniff(head);
  if (!type.empty() && type.find('/') == type.npos) std::abort();
  if (type != careo::sniff(careo::slice(head, 0, 64U << 10U))) std::abort();
  (void)careo::type_mismatch("a.pdf", "image/png", head);
  return 0;
}
