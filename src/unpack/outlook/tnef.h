// SPDX-License-Identifier: Apache-2.0
// winmail.dat: what Outlook puts into mail instead of MIME (MS-OXTNEF).
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* tnef_opener();  ///< "tnef/4"

}  // namespace careo
