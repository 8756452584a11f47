// SPDX-License-Identifier: Apache-2.0
// A person's word on documents and persons, written to the case's log. Nothing is overwritten: a later word stands
// before it, and the reading beside both.
#pragma once

#include <string>
#include <vector>

#include "desk/session.h"
#include "resolve/corrections.h"
#include "resolve/person.h"

namespace careo {

struct DecideRequest {
  Decision::Verdict verdict = Decision::Verdict::Unsure;
  std::vector<std::string> things;      ///< trails of pictures, or ids of documents or persons: one or two
  std::vector<Correction> corrections;  ///< for Corrected
  std::string by;                       ///< who decides
  Instant at = 0;
};

/// What was decided, and the count before and after.
struct Decided {
  Decision decision;
  PersonCount before;
  PersonCount after;
};

/// Refused, with words for people, where a thing is not one identity document of this case, or a value cannot be; the
/// case is as it was then. REQUIRES: the session may write.
Result<Decided> decide(Session& session, const DecideRequest& request);

}  // namespace careo
