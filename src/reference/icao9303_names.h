// SPDX-License-Identifier: Apache-2.0
// Names as machine-readable zones would print them: a set of spellings, because Doc 9303-3 section 6 leaves states a
// choice and a zone keeps no accents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo::icao {

/// The spellings of one upper-case letter, the usual one first; "" means that it is left out. A to Z spell themselves;
/// empty where the table knows none (digits, other scripts).
std::vector<std::string> mrz_spellings_of(char32_t letter);

/// Every way a zone may print the words of `name` (UTF-8, any case), at most `most` of them, the usual one first. An
/// apostrophe is dropped, a hyphen, comma or space becomes '<', other signs are dropped (Doc 9303-3 4.6). Empty where a
/// letter has no spelling.
std::vector<std::string> mrz_names(std::string_view name, std::size_t most = 64);

/// Could `printed` (fillers included or not) be what a zone shows of `name`? True too when it is cut off at its end.
bool mrz_may_be(std::string_view printed, std::string_view name);

/// A word of a zone, in small letters, without the escapes that Doc 9303-3 section 6 C writes Arabic with: "mxhmd" ->
/// "mhmd", "xkhald" -> "khald". "" where it holds none: an x before a vowel alone proves nothing (Alexei, Hoxha).
std::string without_escapes(std::string_view word);

}  // namespace careo::icao
