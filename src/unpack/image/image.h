// SPDX-License-Identifier: Apache-2.0
// Image files as pictures, page by page, with what the camera wrote beside them.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* image_opener();

}  // namespace careo
