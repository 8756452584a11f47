// SPDX-License-Identifier: Apache-2.0
// How claims stand to each other, whatever the case holds.
#pragma once

#include <vector>

#include "claims/confront.h"

namespace careo {

/// Figures about the same thing said of the leak, and quotations of the same words, pair by pair. At most
/// 2,000 rows: a hundred articles that all count passports must not give a million pairs.
std::vector<RelationRow> relate(const std::vector<ClaimRow>& claims);

}  // namespace careo
