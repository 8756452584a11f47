// SPDX-License-Identifier: Apache-2.0
// PowerPoint 97 to 2003 (PPT): a text for each slide, properties, pictures, sounds and embedded objects.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* powerpoint_opener();  ///< "powerpoint/3": asked by compound_opener(), which knows whose file it is

}  // namespace careo
