// SPDX-License-Identifier: Apache-2.0
// RAR 1.5 to 2.x ("technote.txt" of RAR 2.02): comments stand inside the header of what they are on, and that header's
// checksum ends before them. libarchive takes such a header for a damaged one, knows nothing of DOS and OS/2, and
// unpacks no file that was packed before RAR 2.9.
#pragma once

#include "unpack/archive/rar_services.h"

namespace careo {

/// Looks at the whole header of an archive or of a file that begins at `at`.
void read_old_header(Bytes header, std::uint64_t at, RarServices* out);

}  // namespace careo
