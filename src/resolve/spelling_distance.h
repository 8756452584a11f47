// SPDX-License-Identifier: Apache-2.0
// How far apart two Latin spellings are, in slips of pen, ear and eye.
#pragma once

#include <string_view>

namespace careo {

/// 0..1. 0.97: equal once the spellings that ICAO Doc 9303-3 section 6 leaves open are one (AE and A, NXX and N).
/// 0.85: one slip in five letters or more. Below 0.55 is returned as 0.
double spelling_likeness(std::string_view a, std::string_view b);

/// The same for words of which one is written in Arabic letters: by their consonants (reference/latinise.h).
double consonant_likeness(std::string_view a, std::string_view b);

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); stops counting beyond
/// `limit` and returns limit + 1.
int slips(std::string_view a, std::string_view b, int limit);

}  // namespace careo
