// SPDX-License-Identifier: Apache-2.0
#include "reference/places.h"

#include <unicode/locdspnm.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <memory>

namespace careo {
namespace {

void add_countries(const icu::Locale& locale, std::vector<PlaceName>* out) {
  static constexpr std::array kLengths = {UDISPCTX_LENGTH_FULL, UDISPCTX_LENGTH_SHORT};
  for (UDisplayContext length : kLengths) {
    const std::unique_ptr<icu::LocaleDisplayNames> names(icu::LocaleDisplayNames::createInstance(locale, &length, 1));
    if (names == nullptr) return;
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
      icu::UnicodeString shown;
      names->regionDisplayName(*code, shown);
      PlaceName place{.country = *code};
      shown.toUTF8String(place.name);
      if (place.name != *code || length == UDISPCTX_LENGTH_SHORT) out->push_back(std::move(place));
    }
  }
}

// Every zone of the tz database that stands for a place has the city that CLDR shows for it.
void add_cities(const icu::Locale& locale, std::vector<PlaceName>* out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZoneNames> names(icu::TimeZoneNames::createInstance(locale, status));
  const std::unique_ptr<icu::StringEnumeration> zones(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
  if (U_FAILURE(status) != 0) return;
  while (const icu::UnicodeString* zone = zones->snext(status)) {
    std::array<char, 4> region{};
    UErrorCode unknown = U_ZERO_ERROR;
    icu::TimeZone::getRegion(*zone, region.data(), region.size(), unknown);
    icu::UnicodeString shown;
    names->getExemplarLocationName(*zone, shown);
    PlaceName place{.country = region.data(), .city = true};
    shown.toUTF8String(place.name);
    if (U_SUCCESS(unknown) != 0 && !place.name.empty()) out->push_back(std::move(place));
  }
}

}  // namespace

std::vector<PlaceName> place_names(std::string_view language) {
  std::vector<PlaceName> out;
  static constexpr std::array<std::string_view, 4> kLanguages = {"en", "es", "ru", "uk"};
  if (std::find(kLanguages.begin(), kLanguages.end(), language) == kLanguages.end()) return out;
  const icu::Locale locale(std::string(language).c_str());
  add_countries(locale, &out);
  add_cities(locale, &out);
  return out;
}

}  // namespace careo
