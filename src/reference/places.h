// SPDX-License-Identifier: Apache-2.0
// Names of countries and of great cities in the languages that careo reads statements in. From Unicode CLDR as the ICU
// of the system carries it (UTS 35 part 1, "Display Names", and part 4, "exemplar cities"): about 250 countries and
// 400 cities a language, with their usual short forms ("EE. UU.").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

struct PlaceName {
  std::string name = {};     ///< as that language writes it, in the nominative
  std::string country = {};  ///< ISO 3166-1 alpha-2: the country, or the one that the city lies in
  bool city = false;
};

/// Of "en", "es", "ru" or "uk"; empty for every other language. Countries before cities.
std::vector<PlaceName> place_names(std::string_view language);

}  // namespace careo
