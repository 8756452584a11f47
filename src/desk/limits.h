// SPDX-License-Identifier: Apache-2.0
// What a part may cost when it is read again: so many times what it may cost at first.
#pragma once

#include <cstdint>

#include "evidence/opener.h"
#include "wire/crew.h"

namespace careo {

constexpr std::uint32_t kMaxDepth = 32;

/// `times` the time and, as far as a laptop has it, the memory.
CrewOptions raised(CrewOptions options, unsigned times);
/// `times` what one part may give.
Budget raised(Budget budget, unsigned times);

}  // namespace careo
