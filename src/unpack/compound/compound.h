// SPDX-License-Identifier: Apache-2.0
// Compound files: Outlook messages, office documents before 2007, and any other whose streams are parts of their own.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* msg_opener();       ///< "msg/7"
const Opener* compound_opener();  ///< "compound/3": hands messages and documents on, by their streams

}  // namespace careo
