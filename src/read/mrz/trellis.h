// SPDX-License-Identifier: Apache-2.0
// The joint decoder: the best zone of one format under what was seen in every slot, what each field may hold, and all
// check digits at once. States are the two running check sums and a little memory of the field.
#pragma once

#include <string>
#include <vector>

#include "read/mrz/network.h"
#include "reference/icao9303.h"

namespace careo::mrz {

/// What the slots of one line say, one entry a column of the format.
using Evidence = std::vector<std::array<LogProb, Classes>>;

/// One character of the answer.
struct Cell {
  char best = '<';
  char second = '<';   ///< the likeliest other character, all checks considered
  LogProb margin = 0;  ///< how much likelier the best zone is than the best zone without `best` here
  LogProb seen = 0;    ///< what the slot alone says of `best`
  LogProb lead = 0;    ///< how much the slot alone prefers `best` to every other character; negative: it does not
};

struct Decoding {
  icao::Format format = icao::Format::TD3;
  std::vector<std::string> lines;
  std::vector<std::vector<Cell>> cells;
  LogProb score = 0;  ///< of the best zone: evidence, grammar and failed checks together
};

/// The best zone of `format`. REQUIRES: evidence has the format's lines and columns.
Decoding decode_format(icao::Format format, const std::vector<Evidence>& evidence);

/// The best zone that has `c` at that place: what the alternatives of a field are made from.
std::vector<std::string> decode_with(icao::Format format, std::vector<Evidence> evidence, std::size_t line,
                                     std::size_t column, char c);

/// No slot may veto a zone alone: smudges happen. Evidence below this is lifted to it.
inline constexpr LogProb Floor = -12 * Nat;
/// What a failed check digit costs. Documents whose printed digits are wrong exist (specimens, forgeries, misprints),
/// and a reading that is clear must come out as it stands, marked inconsistent, not bent until it fits.
inline constexpr LogProb FailedCheck = -6 * Nat;
/// A failed composite adds little: it fails whenever a field that it covers does.
inline constexpr LogProb FailedComposite = -2 * Nat;

}  // namespace careo::mrz
