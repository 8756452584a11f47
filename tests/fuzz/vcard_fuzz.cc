// SPDX-License-Identifier: Apache-2.0
// Any bytes as an address book and as a calendar: the claims cover them exactly, and every child can be taken.
#include <cstdlib>

#include "base/text.h"
#include "fuzz/memory_part.h"
#include "unpack/card/vcard.h"
#include "unpack/collected.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  for (const Opener* opener : {vcard_opener(), icalendar_opener()}) {
    const Collected got = collect(*opener, text_of(bytes), {}, small_budget());
    if (!got.adds_up(size)) std::abort();
    for (const Child& child : got.children)
      if (!take_step(bytes, child.step)) std::abort();
    for (const Text& text : got.texts)
      if (!is_utf8(text.utf8)) std::abort();
  }
  return 0;
}
