// SPDX-License-Identifier: Apache-2.0
// What the articles of a case say, held against what the case holds.
#pragma once

#include <vector>

#include "claims/confront.h"
#include "desk/persons.h"
#include "desk/session.h"

namespace careo {

struct CaseClaims {
  std::vector<Article> articles;
  Confronted confronted;
};

/// Confronts every article added to the case with everything else in it; `persons` are the case's.
Result<CaseClaims> claims_of(Session& session, const CasePersons& persons, const StopFlag& stop = kNeverStopped);

}  // namespace careo
