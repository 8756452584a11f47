// SPDX-License-Identifier: Apache-2.0
// Chains: blobs that follow each other at one constant pitch along any direction. Machine-readable zones are the
// places of a picture where such chains are long.
#pragma once

#include <vector>

#include "read/mrz/blobs.h"

namespace careo::mrz {

struct Chain {
  LineModel model;       ///< of slots 0 to `slots` - 1, by least squares over its blobs; `down` is not set
  int slots = 0;         ///< from the first blob to the last
  int blobs = 0;         ///< found in those slots
  double pitch = 0;      ///< in the middle
  double size = 0;       ///< median of its blobs
  double roughness = 0;  ///< how far its blobs stand off the fit, root mean square, in pitches
};

struct ChainRules {
  int fewest = 7;          ///< blobs in a chain
  std::size_t most = 400;  ///< chains given back, the longest first
  std::size_t text = 60;   ///< chains from an eighth of the blobs, none of them even: a page of text, no more is tried
  std::size_t links = 60'000;  ///< tried, beginning evenly all over the blobs: a page of text has fewer, noise more
};

std::vector<Chain> find_chains(const std::vector<Blob>& blobs, const ChainRules& rules = {});

}  // namespace careo::mrz
