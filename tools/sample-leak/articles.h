// SPDX-License-Identifier: Apache-2.0
// Two articles about the leak, and what is true of each of their claims.
#pragma once

#include "truth.h"

namespace careo::sample {

/// Writes articles/english.txt, articles/spanish.txt and truth/claims.jsonl. A claim whose marked verdict the truth
/// contradicts is a Bug.
Result<void> write_articles(const OutputFolder& folder, std::uint64_t seed, const Plan& plan, const Words& words,
                            const Truth& truth);

}  // namespace careo::sample
