// SPDX-License-Identifier: Apache-2.0
// A member of an archive that no password opened: its bytes as they stand, known by their hints alone.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* locked_opener();

}  // namespace careo
