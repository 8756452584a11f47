// SPDX-License-Identifier: Apache-2.0
// Word 6 to 2003 (DOC): text, properties, pictures and embedded objects.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* word_opener();  ///< "word/7": asked by compound_opener(), which knows whose file it is

}  // namespace careo
