// SPDX-License-Identifier: Apache-2.0
// How far each field of a zone may be trusted to say what stands there.
#pragma once

#include <string>
#include <vector>

#include "evidence/reading.h"
#include "read/mrz/decode.h"
#include "reference/icao9303_zone.h"

namespace careo::mrz {

struct GradedField {
  icao::Field field;
  Grade grade = Grade::Doubtful;
  LogProb margin = 0;                     ///< of its least certain character
  std::vector<std::string> alternatives;  ///< other values that the pixels or the century allow, the likeliest first
};

struct GradedZone {
  icao::Zone zone;
  std::vector<GradedField> fields;
  Grade grade = Grade::Doubtful;  ///< the lowest of document number, birth date and expiry date
};

/// Margins, in 1/256 nats, that a grade asks of every character of a field: how much likelier the zone is than the best
/// zone with another character there. Measured by bench/ids; the figures stand in docs/formats/mrz.md.
inline constexpr LogProb CheckedMargin = 6 * Nat;
inline constexpr LogProb ClearMargin = 4 * Nat;

/// Of the whole zone, in nats a character: below it nothing is shown as checked, since the lines may be misplaced.
inline constexpr double ClearMean = -0.45;

/// Checked: the check digit holds, no character was chosen against what its slot shows, and every other zone is less
/// likely by CheckedMargin; since a swap of blind partners costs nothing in check digits, its margin is that of the
/// pixels alone. Names and codes have no check digit: at most Unconfirmed. Inconsistent: clear, and the check fails or
/// the date cannot be. Doubtful: all else.
GradedZone grade(const ReadZone& read);

}  // namespace careo::mrz
