// SPDX-License-Identifier: Apache-2.0
// The codes that travel documents use for who issued them and whose citizen the holder is (ICAO Doc 9303-3, section 5).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace careo {

enum class CountryKind : std::uint8_t {
  State,     ///< ISO 3166-1, and D for Germany
  Special,   ///< persons without a state, organisations, British nationals of other kinds
  Legacy,    ///< withdrawn codes that old documents still carry
  Specimen,  ///< UTO
};

struct Country {
  std::string_view code;    ///< without fillers: "D", "UTO"
  std::string_view alpha2;  ///< ISO 3166-1 alpha-2, or ""
  std::string_view name;    ///< English
  CountryKind kind = CountryKind::State;
};

/// All rows, sorted by code.
std::span<const Country> countries();
/// The row of that code without fillers, or null: unknown codes are kept as data by every caller, never rejected.
const Country* country_of(std::string_view code);

}  // namespace careo
