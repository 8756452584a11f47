// SPDX-License-Identifier: Apache-2.0
// Which parts hold words that only a look at their pixels can tell.
#pragma once

#include <vector>

#include "store/case.h"

namespace careo {

/// Pictures without words of their own that were not looked at yet. Those that gave no document first: what they show
/// is not known at all yet.
Result<std::vector<Part>> pictured(Case& store);

/// How many pictures, and PDFs with pages of pictures, hold words that were not recognised yet.
Result<std::uint64_t> unrecognised(Case& store);

}  // namespace careo
