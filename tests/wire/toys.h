// SPDX-License-Identifier: Apache-2.0
// Openers and readers that misbehave on demand. A toy part is "light:VERB ARGUMENT" or "lib:VERB ARGUMENT".
#pragma once

#include "wire/toolbox.h"

namespace careo {

Toolbox toy_toolbox();

}  // namespace careo
