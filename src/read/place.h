// SPDX-License-Identifier: Apache-2.0
// Countries and cities that a text names, and whether it speaks of something there, from there or to there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/opener.h"
#include "read/token.h"
#include "reference/places.h"

namespace careo {

struct PlaceMention {
  std::size_t from = 0;  ///< tokens
  std::size_t to = 0;
  const PlaceName* place = nullptr;  ///< lives as long as the program
  std::string_view at = {};          ///< "in", "from", "to" by what stands beside it; "" where it is only named
};

/// Places by reference/places.h and resources/places/, written with capitals; Russian and Ukrainian ones in their
/// cases. None inside a person's name or before another capitalised word ("Moscow Times"). A name that is a given name
/// too, or a city that begins a sentence (as a government is called by it), only where a word before it speaks of
/// place.
std::vector<PlaceMention> places_in(const Tokens& tokens, std::string_view language);

/// kind "place": value {"name","country","city","at"?}, name in the nominative of the text's language. Reader
/// "place/1".
const TextReader& place_reader();

}  // namespace careo
