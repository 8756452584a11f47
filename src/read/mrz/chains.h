// SPDX-License-Identifier: Apache-2.0
// Chains: blobs that follow each other at one constant pitch along any direction. Machine-readable zones are the
// places of a picture where such chains are long.
#pragma once

#include <vector>

#include "read/mrz/blobs.h"

namespace careo::mrz {

struct Chain {
  Point origin;          ///< of slot 0, by least squares over its blobs
  Point step;            ///< from slot to slot, at slot 0
  Point bend;            ///< slot s stands at origin + s step + s^2 bend: seen at an angle, the pitch changes
  int slots = 0;         ///< from the first blob to the last
  int blobs = 0;         ///< found in those slots
  double size = 0;       ///< median of its blobs
  double roughness = 0;  ///< how far its blobs stand off the fit, root mean square, in pitches
};

/// Where slot `s` of a chain stands, and its pitch there.
Point place_of(const Chain& chain, double s);

struct ChainRules {
  int fewest = 7;          ///< blobs in a chain
  std::size_t most = 400;  ///< chains given back, the longest first
  std::size_t tries = 400'000;
};

std::vector<Chain> find_chains(const std::vector<Blob>& blobs, const ChainRules& rules = {});

}  // namespace careo::mrz
