// SPDX-License-Identifier: Apache-2.0
// How far each field of a zone may be trusted to say what stands there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/reading.h"
#include "read/mrz/decode.h"
#include "reference/icao9303_zone.h"

namespace careo::mrz {

/// Why a field is not shown as checked: the first of these that holds.
enum class Withheld : std::uint8_t {
  Nothing,     ///< it is checked
  Unlike,      ///< the print of the zone is not one that the margins were measured on
  CheckFails,  ///< its check digit says another thing
  ImpossibleDate,
  Doubt,         ///< at `where` another character is nearly as likely
  NoCheckDigit,  ///< read clearly, and nothing to hold it against
  Characters,    ///< a character that the field cannot hold
  Margin,        ///< clear, but at `where` not so clear that a blind partner is excluded
  Repaired,      ///< a check digit chose the character at `where` against what the slot shows
  Composite,     ///< the check digit over all of the zone fails
  Faint,         ///< the zone is so unclear, or its issuer so unheard of, that a line may be misplaced
};
/// "check_fails", ... as docs/formats/mrz.md lists them; "" for Nothing.
std::string_view name_of(Withheld why);

/// A character of a zone: line and column, from 0.
struct Spot {
  std::size_t line = 0;
  std::size_t column = 0;
};

struct GradedField {
  icao::Field field;
  Grade grade = Grade::Doubtful;
  LogProb margin = 0;                     ///< of its least certain character
  std::vector<std::string> alternatives;  ///< other values that the pixels or the century allow, the likeliest first
  Withheld why = Withheld::Nothing;
  Spot where;  ///< its least certain character, or the one that was repaired
};

struct GradedZone {
  icao::Zone zone;
  std::vector<GradedField> fields;
  Grade grade = Grade::Doubtful;  ///< the lowest of document number, birth date and expiry date
};

/// Margins, in 1/256 nats, that a grade asks of every character of a field: how much likelier the zone is than the best
/// zone with another character there. Measured by bench/ids; the figures stand in docs/formats/mrz.md.
inline constexpr LogProb CheckedMargin = 6 * Nat;
inline constexpr LogProb ClearMargin = 3 * Nat;

/// A check digit settles one doubt, the composite another: with more characters than that whose lead in the pixels is
/// below FaintLead a field is not checked, whatever its margin.
inline constexpr LogProb FaintLead = 2 * Nat;
inline constexpr int MostFaint = 2;

/// Of the whole zone: with more characters than that chosen against what their slots show, its print is not OCR-B (a
/// typewriter, Courier) or is beyond reading, and no margin of it means what it says.
inline constexpr int MostAgainst = 3;

/// Of the whole zone, in nats a character: below it nothing is shown as checked, since the lines may be misplaced.
inline constexpr double ClearMean = -0.45;

/// Checked: the check digit holds, no character was chosen against what its slot shows, and every other zone is less
/// likely by CheckedMargin; since a swap of blind partners costs nothing in check digits, its margin is that of the
/// pixels alone. Names and codes have no check digit: at most Unconfirmed. Inconsistent: clear, and the check fails or
/// the date cannot be. Doubtful: all else, and all of a zone whose print is unlike. This is what the zone says of
/// itself; witnesses beside it come after.
GradedZone grade(const ReadZone& read);

}  // namespace careo::mrz
