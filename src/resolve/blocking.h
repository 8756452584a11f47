// SPDX-License-Identifier: Apache-2.0
// Which documents are worth comparing: comparing all with all would take hours at 50,000.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "resolve/judge.h"

namespace careo {

using PairIndex = std::pair<std::size_t, std::size_t>;  ///< first < second

/// Every pair that shares a number, a birth date (or one with day and month swapped), a contact, or two parts of a
/// name by sound; each once, ascending. Small sets are compared in full.
std::vector<PairIndex> pairs_to_compare(const std::vector<Facts>& facts);

}  // namespace careo
