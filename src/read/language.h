// SPDX-License-Identifier: Apache-2.0
// The language a text is written in.
#pragma once

#include <string>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

/// ISO 639-1 (or the longer code of a language that has none there), or "" where it cannot be told: fewer than 24
/// letters, or letters of a mixture. Looks at the first 1,500 bytes or so. `text` may hold ill-formed UTF-8: then "".
std::string detect_language(std::string_view text);

/// Kind "language", on every text found.
const TextReader& language_reader();

}  // namespace careo
