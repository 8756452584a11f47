// SPDX-License-Identifier: Apache-2.0
// The one thing of HEIC files that is not pixels.
#pragma once

#include "base/bytes.h"

namespace careo {

/// The TIFF structure of the primary image's EXIF item, or empty.
Buffer heif_exif(Bytes file);

}  // namespace careo
