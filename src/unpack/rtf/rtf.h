// SPDX-License-Identifier: Apache-2.0
// RTF documents: text, properties, pictures and objects.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* rtf_opener();

}  // namespace careo
