// SPDX-License-Identifier: Apache-2.0
// Which code page a text in Latin letters is in, by the letters that its language has and the small words that it
// cannot do without. Made for texts too short for statistics. Safe from several threads.
#pragma once

#include <string>

#include "base/bytes.h"

namespace careo {

struct LatinGuess {
  std::string charset;   ///< "windows-1252" where no other is better
  bool certain = false;  ///< nearly all letters above ASCII are those of one language
};

/// `bytes` hold some above 0x7F, mostly alone between ASCII letters.
LatinGuess guess_latin(Bytes bytes);

}  // namespace careo
