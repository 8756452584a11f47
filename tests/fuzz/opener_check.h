// SPDX-License-Identifier: Apache-2.0
// Any bytes given to an opener: the claims cover them exactly, every range can be taken, texts are UTF-8.
#pragma once

#include <cstdlib>

#include "base/text.h"
#include "fuzz/memory_part.h"
#include "unpack/collected.h"

namespace careo {

inline Collected check_opener(const Opener& opener, Bytes bytes, const Hints& hints = {},
                              std::vector<std::string> words = {}) {
  if (!opener.may(bytes, hints)) return {};
  Collected got = collect(opener, text_of(bytes), hints, small_budget(), std::move(words));
  if (!got.type.starts_with("error") && !got.adds_up(bytes.size())) std::abort();
  for (const Child& child : got.children)
    if (child.step.kind == Step::Kind::Range && !take_step(bytes, child.step)) std::abort();
  for (const Text& text : got.texts)
    if (!is_utf8(text.utf8)) std::abort();
  return got;
}

}  // namespace careo
