// SPDX-License-Identifier: Apache-2.0
// Finds where a machine-readable zone may stand: lines of slots, in groups of parallel neighbours. It decides nothing
// about what the lines say; decode.h does.
#pragma once

#include <vector>

#include "read/mrz/track.h"

namespace careo::mrz {

/// Parallel lines that follow each other, from the top as their text reads. Two at least, usually two or three.
struct Candidate {
  std::vector<Line> lines;
};

/// Bounds of one search; what they cut off is the least likely.
struct FindRules {
  int longest_side = 2000;        ///< the picture is searched at the first halving not above this
  std::size_t chains_tried = 60;  ///< by the network, per polarity and scale
  std::size_t lines_kept = 24;
  double least = 0.4;  ///< clarity of a line
};

std::vector<Candidate> find_candidates(const Pyramid& picture, const Network& network, const FindRules& rules = {});

}  // namespace careo::mrz
