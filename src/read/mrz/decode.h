// SPDX-License-Identifier: Apache-2.0
// From lines of judged slots to a zone: which lines belong together, where each begins, which format it is, what it
// says, and how sure that is. Or nothing, when it is no machine-readable zone.
#pragma once

#include <optional>
#include <vector>

#include "read/mrz/find.h"
#include "read/mrz/trellis.h"

namespace careo::mrz {

/// Where one line's slots stand: as many centres as the line's curve has terms tell all of it.
struct SlotRow {
  std::array<Point, LineTerms> centres;  ///< evenly from that of the first slot to that of the last
  Point down;                            ///< what one pitch is across the line, in the middle
};

struct ReadZone {
  Decoding decoding;
  std::vector<Evidence> evidence;  ///< what each slot said, for alternatives
  std::array<Point, 4> corners;    ///< top left, top right, bottom right, bottom left, as the text reads
  double mean = 0;                 ///< score a slot, in nats: 0 is perfect
  std::vector<SlotRow> rows;       ///< one a line
};

/// The best reading of `candidate`, or none: below what a zone must reach it says nothing.
std::optional<ReadZone> read_candidate(Eye& eye, const Candidate& candidate);

}  // namespace careo::mrz
