// SPDX-License-Identifier: Apache-2.0
// Excel 2 to 2003 (XLS): a text for each sheet, properties, pictures and embedded objects.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// "excel/6": files of Excel 2 to 4, which are no compound files; all others by way of compound_opener().
const Opener* excel_opener();

}  // namespace careo
