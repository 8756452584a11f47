// SPDX-License-Identifier: Apache-2.0
// What each place of a zone may hold, as costs: the format's own rules (Doc 9303) and what documents do with them.
#pragma once

#include <cstdint>
#include <vector>

#include "read/mrz/network.h"
#include "reference/icao9303.h"

namespace careo::mrz {

/// States of memory within a field: how many fillers just passed, or what the tens of a date allow.
inline constexpr std::size_t Memories = 4;

enum class Role : std::uint8_t {
  DocumentCode,
  CountryCode,
  Names,
  CodedNames,  ///< of letters and digits
  Number,
  Date,
  Sex,
  Free,
  Digits,  ///< digits alone
  CheckDigit,
  OptionalCheckDigit,  ///< may be a filler when what it checks is empty
  Filler,              ///< must be a filler
};

/// One character's place, in the order the trellis walks: that of the lines, but a number and where it goes on follow
/// each other, and the composite check comes last. Check digits don't mind the order, since every place has its weight.
struct Place {
  std::uint8_t line = 0;
  std::uint8_t column = 0;
  Role role = Role::Free;
  char fixed = 0;           ///< the only character that may stand here, or 0
  std::uint8_t offset = 0;  ///< within its field
  icao::Format format = icao::Format::TD3;
  bool starts_field = false;
  bool checks_field = false;
  bool checks_composite = false;
  std::int8_t field_weight = 0;      ///< 0: not under a field's check; the running sum ends here
  std::int8_t composite_weight = 0;  ///< 0: not under the composite check
};

/// The walk through `format`; `rest` characters of its document number stand in the optional data (0: none do).
std::vector<Place> plan(icao::Format format, int rest);
/// How many characters of a document number may stand in the optional data (Doc 9303-5 and 9303-6, note j).
int longest_rest(icao::Format format);

/// What `c` costs at `place`, after `*memory`, which is brought up to date.
LogProb prior(const Place& place, int* memory, char c);

/// Does `c` agree with the running sum?
bool holds(const Place& place, int sum, char c);

}  // namespace careo::mrz
