// SPDX-License-Identifier: Apache-2.0
// Follows a line of slots: from a rough guess of where a few characters stand to all of them, by what the network says
// about where each character really is.
#pragma once

#include <optional>
#include <vector>

#include "read/mrz/network.h"
#include "read/mrz/slots.h"

namespace careo::mrz {

/// Looks at slots of one picture, and counts how often: windows are what a search costs.
class Eye {
 public:
  /// REQUIRES: both outlive the eye.
  Eye(const Pyramid& picture, const Network& network) : picture_(picture), network_(network) {}

  std::vector<Judgement> look(std::span<const Slot> slots, Ink ink);
  /// Looks at the first `count` of `slots`; the others of their line only say how strong its ink is.
  std::vector<Judgement> look(std::span<const Slot> slots, std::size_t count, Ink ink);
  const Pyramid& picture() const { return picture_; }
  std::size_t looked() const { return looked_; }  ///< windows so far

 private:
  const Pyramid& picture_;
  const Network& network_;
  std::size_t looked_ = 0;
};

/// Where the slots of one line stand and what stands in them.
struct Line {
  LineModel model;
  Ink ink = Ink::Dark;
  int first = 0;  ///< number of the slot that `seen` begins with
  std::vector<Judgement> seen;
  int last() const { return first + static_cast<int>(seen.size()) - 1; }
};

/// A guess: slots `first`..`last` of `model`.
struct Guess {
  LineModel model;
  Ink ink = Ink::Dark;
  int first = 0;
  int last = 0;
};

/// Slots 0 to `slots` - 1 of `model`, whose `down` becomes a quarter turn clockwise from the middle's step, as long as
/// that.
Guess upright_guess(LineModel model, int slots, Ink ink);
/// The same line read from the other side.
Guess turned(const Guess& guess);

/// 0..1: how much the slots look like characters of a zone that stand where the guess says; a sample of `samples`.
double likeness(Eye& eye, const Guess& guess, int samples);

/// Fits the model to the characters, again and again, and goes on to both ends of the line, at most 50 slots in all.
/// None when too few characters are found. `seen` has two slots beside the line at each end where the picture has them.
std::optional<Line> follow(Eye& eye, const Guess& guess);

/// One more fit of a line whose `down` or neighbours are better known by now; the slots seen stay the same.
void refine(Eye& eye, Line* line);

/// Looks at further slots, so that `seen` holds `first`..`last`; the model stays.
void cover(Eye& eye, Line* line, int first, int last);

/// Looks at the slots of `seen` that are in doubt from four places around each, and lets all five looks say together
/// what stands there: what is one character only from one place is in doubt. The model stays. False when nothing is in
/// doubt, or nearly all.
bool look_closer(Eye& eye, Line* line);

/// 0..1: what the mean slot between the line's ends is worth.
double clarity(const Line& line);

/// The first and last slot that hold a character rather than nothing.
struct Ends {
  int first = 0;
  int last = -1;
};
Ends ends_of(const Line& line);

/// The natural logarithm of 0 < p <= 1, to within 1/256 and the same on every machine; at least -16.
double log_of(double p);
/// exp(log / 256) to within 1e-7, the same on every machine.
double probability(LogProb log);

}  // namespace careo::mrz
