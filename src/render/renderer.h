// SPDX-License-Identifier: Apache-2.0
// The one renderer. The pointer lives as long as the program.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Never null.
const Renderer* renderer();

}  // namespace careo
