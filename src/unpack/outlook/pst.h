// SPDX-License-Identifier: Apache-2.0
// Outlook's stores, PST and OST ([MS-PST]): every item a part, whatever folder still lists it.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* pst_opener();  ///< "pst/2"

}  // namespace careo
