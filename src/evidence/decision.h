// SPDX-License-Identifier: Apache-2.0
// A person's word on a thing. Decisions are never erased: a later one on the same anchors stands before it.
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "evidence/part.h"
#include "evidence/reading.h"

namespace careo {

/// What a decision speaks of: a reading by where it stands, whichever reader found it.
struct Anchor {
  PartId part;
  Region region;
  std::string kind;
  bool operator==(const Anchor&) const = default;

  std::string print() const;  ///< "<part id in hex> <kind> <region>"
  static Result<Anchor> parse(std::string_view text);
};

/// Same anchor, or regions of one kind that overlap by at least half of their union.
bool meet(const Anchor& a, const Anchor& b);

struct Decision {
  enum class Verdict { Same, Different, Unsure, Corrected, Reviewed, Signed };
  Verdict verdict = Verdict::Unsure;
  Anchor first;
  Anchor second;      ///< for Same, Different and Unsure; else equal to `first`
  std::string value;  ///< for Corrected: the field and its right value, as JSON
  std::string by;     ///< the person
  Instant at = 0;     ///< not part of the case's digest

  /// Without time: the line that enters the digest.
  std::string canonical() const;
};

std::string_view name_of(Decision::Verdict verdict);

}  // namespace careo
