// SPDX-License-Identifier: Apache-2.0
// How many of these are surely different persons?
#pragma once

#include <cstdint>
#include <vector>

#include "resolve/blocking.h"

namespace careo {

/// A number of documents no two of which could be one person's: a floor for the number of persons. `may_be` are the
/// pairs that could be one. Documents of which neither a name nor a birth date was read could be anyone's and count
/// nothing, except that one person stands behind them where there is nobody else.
std::uint64_t surely_different(const std::vector<Facts>& facts, const std::vector<PairIndex>& may_be);

}  // namespace careo
