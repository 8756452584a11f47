// SPDX-License-Identifier: Apache-2.0
// Any bytes as a PST. Checksums are no hurdle: pages and blocks are read whatever they say. The claims cover the bytes
// exactly, and every item is a message that opens.
#include <cstdlib>

#include "fuzz/memory_part.h"
#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/outlook/pst.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  if (!pst_opener()->may(bytes, {})) return 0;
  const Collected got = collect(*pst_opener(), text_of(bytes), {}, small_budget());
  if (got.type.starts_with("error")) return 0;
  if (!got.adds_up(size)) std::abort();
  std::size_t items = 0;
  for (const Buffer& item : got.derived_data) {
    if (got.unreads.empty() && !compound_opener()->may(item, {})) std::abort();
    if (++items < 20) static_cast<void>(collect(*compound_opener(), text_of(item), {}, small_budget()));
  }
  return 0;
}
