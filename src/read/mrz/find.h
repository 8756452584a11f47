// SPDX-License-Identifier: Apache-2.0
// Finds where a machine-readable zone may stand: lines of slots, in groups of parallel neighbours. It decides nothing
// about what the lines say; decode.h does.
#pragma once

#include <vector>

#include "read/mrz/chains.h"
#include "read/mrz/track.h"

namespace careo::mrz {

/// Parallel lines that follow each other, from the top as their text reads: two or three, or one of about 30 slots.
struct Candidate {
  std::vector<Line> lines;
};

/// Bounds of one search; what they cut off is the least likely.
struct FindRules {
  int fewest = 12;                ///< blobs in a chain
  std::size_t chains_tried = 30;  ///< by the network
  std::size_t lines_kept = 24;
  std::size_t windows = 6000;  ///< looked at; then no further chain is tried
  double least = 0.5;          ///< clarity of a line
  double roughest = 0.12;      ///< of a chain: words of other type faces are rougher than 0.12
  double widest = 1.5;         ///< pitch of a chain in sizes of its blobs
  double lonely = 0.75;        ///< clarity of a line whose neighbours are worth looking for without a chain
  bool thorough = false;       ///< look through strong patterns and for bright characters on dark paper too
  bool fax = false;            ///< try characters of half their height too
};
/// Enough for nearly every scan and photograph.
inline constexpr FindRules QuickSearch{};
/// For when the quick search finds nothing: short chains, faint lines, strong patterns, bright ink.
inline constexpr FindRules ThoroughSearch{.fewest = 7,
                                          .chains_tried = 60,
                                          .windows = 1500,
                                          .least = 0.4,
                                          .roughest = 0.16,
                                          .widest = 1.8,
                                          .lonely = 0.55,
                                          .thorough = true,
                                          .fax = true};

/// The picture as it is searched.
struct Scale {
  Raster grey;
  double factor = 1;  ///< pixels of the picture per pixel of `grey`
};

/// Searches one picture. Keeps what both searches need.
class Finder {
 public:
  /// REQUIRES: `eye` outlives the finder.
  explicit Finder(Eye& eye);
  std::vector<Candidate> find(const FindRules& rules);

 private:
  struct Found {
    Chain chain;  // in pixels of the picture
    Ink ink = Ink::Dark;
    bool hopeless = false;  // looked at, and nothing like a character
  };
  void add_chains(Ink ink, float deviations);
  void add_chains(const Scale& scale, const Separation& how);
  static bool promising(const Found& found, const FindRules& rules);
  std::vector<Line> lines_of(const FindRules& rules, std::size_t most);

  Eye& eye_;
  Scale fine_, coarse_;
  std::vector<Found> found_;
  bool searched_again_ = false;
};

}  // namespace careo::mrz
