// SPDX-License-Identifier: Apache-2.0
// Any bytes as a mailbox: the claims cover them exactly, children lie in order inside, and where nothing was refused
// the independent count is that of the children.
#include <cstdlib>

#include "unpack/collected.h"
#include "unpack/mail/mailbox.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  const Collected got = collect(*mailbox_opener(), text_of(bytes));
  mailbox_opener()->may(bytes, {});
  if (!got.adds_up(size)) std::abort();
  if (got.expected != UINT64_MAX && got.expected != got.children.size()) std::abort();
  std::uint64_t at = 0;
  for (const Child& child : got.children) {
    if (child.step.kind != Step::Kind::Range) continue;  // in UTF-16: one in UTF-8
    if (child.step.offset < at || !take_step(bytes, child.step)) std::abort();
    at = child.step.offset + child.step.length;
  }
  return 0;
}
