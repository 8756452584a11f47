// SPDX-License-Identifier: Apache-2.0
// The desk hashes every child itself: a worker's word about bytes is never taken.
#pragma once

#include <vector>

#include "desk/case_bytes.h"
#include "desk/progress.h"
#include "evidence/outcome.h"

namespace careo {

/// Names the part of each child of an outcome: ranges are cut out of `bytes`, the others are `derived`, in order. A
/// child whose bytes are not there becomes an Unread. REQUIRES: the case's lock is held. Refused where it was stopped.
Result<void> identify(CaseBytes& bytes, const std::vector<Part>& derived, const StopFlag& stop, Outcome* outcome);

}  // namespace careo
