// SPDX-License-Identifier: Apache-2.0
// What a speaker does with a content: the cue's stance, turned by negation at the cue and inside the content.
#pragma once

#include <string>

#include "read/statement/text.h"

namespace careo {

struct Judged {
  Stance stance = Stance::Assert;
  bool positive = true;
  std::string reason;  ///< which negation turned it, "" where none did
};

/// `cue` without tokens (from == to) means that the article itself speaks.
Judged judge(const SpeechText& text, const Cue& cue, const TokenSpan& content);

}  // namespace careo
