// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compound file, and as an Outlook message: the claims cover them exactly, every range can be taken, and
// what is derived from them is opened in turn.
#include "fuzz/opener_check.h"
#include "unpack/compound/compound.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  for (const Opener* opener : {msg_opener(), compound_opener()}) {
    for (const Buffer& inner : check_opener(*opener, {data, size}).derived_data)
      if (compound_opener()->may(inner, {}))
        static_cast<void>(collect(*compound_opener(), text_of(inner), {}, small_budget()));
  }
  return 0;
}
