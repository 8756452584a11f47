// SPDX-License-Identifier: Apache-2.0
// Any bytes as TNEF: the claims cover them exactly and every child's step can be taken. The same bytes as compressed
// RTF.
#include <cstdlib>

#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/outlook/tnef.h"
#include "unpack/rtf/packed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  if (unpack_rtf(bytes, 1 << 20).bytes.size() > (1 << 20) + 20) std::abort();
  if (!tnef_opener()->may(bytes, {})) return 0;
  const Collected got = collect(*tnef_opener(), text_of(bytes));
  if (!got.type.starts_with("error") && !got.adds_up(size)) std::abort();
  for (const Child& child : got.children)
    if (child.step.kind == Step::Kind::Range && !take_step(bytes, child.step)) std::abort();
  for (const Text& text : got.texts)
    if (!is_utf8(text.utf8)) std::abort();
  return 0;
}
