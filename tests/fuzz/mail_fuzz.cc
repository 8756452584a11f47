// SPDX-License-Identifier: Apache-2.0
// Any bytes as a mail: the claims cover them exactly, every child's step can be taken, texts are UTF-8, readings JSON.
#include <cstdlib>

#include "base/json.h"
#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/mail/mail.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const Bytes bytes(data, size);
  const Collected got = collect(*mail_opener(), text_of(bytes));
  mail_opener()->may(bytes, {});
  if (!got.adds_up(size)) std::abort();
  for (const Child& child : got.children)
    if ((child.step.kind == Step::Kind::Range && !take_step(bytes, child.step)) || !is_utf8(child.name) ||
        !is_utf8(child.media_type) || !is_utf8(child.hints.media_type) || !is_utf8(child.hints.charset))
      std::abort();
  for (const Text& text : got.texts)
    if (!is_utf8(text.utf8)) std::abort();
  for (const Reading& reading : got.readings)
    if (!Json::parse(reading.value)) std::abort();
  return 0;
}
