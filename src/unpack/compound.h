// SPDX-License-Identifier: Apache-2.0
// Compound files: Outlook messages, and any other whose streams are parts of their own.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* msg_opener();       ///< "msg/1"
const Opener* compound_opener();  ///< "compound/1": what no other opener of compound files takes

}  // namespace careo
