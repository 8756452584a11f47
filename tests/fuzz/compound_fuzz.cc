// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compound file, and as an Outlook message: the claims cover them exactly, every range can be taken, and
// what is derived from them is opened in turn.
#include <cstdlib>

#include "base/text.h"
#include "fuzz/memory_part.h"
#include "unpack/collected.h"
#include "unpack/compound.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  for (const Opener* opener : {msg_opener(), compound_opener()}) {
    if (!opener->may(bytes, {})) continue;
    const Collected got = collect(*opener, text_of(bytes), {}, small_budget());
    if (!got.type.starts_with("error") && !got.adds_up(size)) std::abort();
    for (const Child& child : got.children)
      if (child.step.kind == Step::Kind::Range && !take_step(bytes, child.step)) std::abort();
    for (const Text& text : got.texts)
      if (!is_utf8(text.utf8)) std::abort();
    for (const Buffer& inner : got.derived_data)
      if (compound_opener()->may(inner, {}))
        static_cast<void>(collect(*compound_opener(), text_of(inner), {}, small_budget()));
  }
  return 0;
}
