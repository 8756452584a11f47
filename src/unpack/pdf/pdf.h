// SPDX-License-Identifier: Apache-2.0
// PDF documents: text page by page, what they say of themselves, files inside, and pages drawn for picture readers.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* pdf_opener();

}  // namespace careo
