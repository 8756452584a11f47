// SPDX-License-Identifier: Apache-2.0
// A mail as Apple Mail keeps it: its length on a line of its own, the mail, and a property list of flags.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* emlx_opener();  ///< "emlx/2"

}  // namespace careo
