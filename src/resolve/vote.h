// SPDX-License-Identifier: Apache-2.0
// Several pictures of one document: what they agree on is witnessed, what they disagree on is shown.
#pragma once

#include <vector>

#include "resolve/record.h"

namespace careo {

/// Two photographs, not one picture kept twice in two sizes: the zones lie differently by more than a copy's rounding.
/// A copy repeats the original's misreadings and is no witness.
bool other_picture(const IdentityRecord& a, const IdentityRecord& b);

/// Lets the pictures of a document speak on the fields of `merged`, each of which was taken from the best of them.
void vote(const std::vector<const IdentityRecord*>& pictures, IdentityRecord* merged);

}  // namespace careo
