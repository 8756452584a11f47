// SPDX-License-Identifier: Apache-2.0
// Holds answers against what was printed. Knows nothing of pictures, so it judges any reader's output alike.
#pragma once

#include <span>

#include "answer.h"
#include "specimen.h"

namespace careo::bench {

struct Tally {
  int pictures = 0;
  int zones = 0;    ///< printed
  int found = 0;    ///< answered with at least 6 of 10 characters right
  int exact = 0;    ///< every line, every character
  int checked = 0;  ///< number, birth and expiry all shown as checked
  int fields_checked = 0;
  int fields_wrong = 0;  ///< among them
  int silent = 0;        ///< wrong somewhere, and every check digit holds
  int names_shown = 0;
  int names_wrong = 0;
  int false_zones = 0;  ///< answers that have less than 3 of 10 characters of anything printed
  double seconds = 0;

  Tally& operator+=(const Tally& other);
};

/// Adds one picture to `tally`. Each answer is held against the zone that it is most like, each zone once.
/// Returns what is wrong, a line each: "missed ...", "read ... is ...", "WRONG AND CHECKED ...", "FALSE ...".
std::vector<std::string> judge(const Answers& answers, std::span<const Specimen> printed, Tally* tally);

/// Share of characters that agree: 1 - edit distance / the longer length, over all lines joined.
double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// Wilson's interval of 95 % for `hits` of `count`.
struct Interval {
  double low = 0, high = 1;
};
Interval wilson(int hits, int count);

}  // namespace careo::bench
