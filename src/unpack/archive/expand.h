// SPDX-License-Identifier: Apache-2.0
// A file that is one packed stream: gzip, bzip2, xz, zstd, compress, lzma. What is inside is streamed out.
#pragma once

#include <optional>

#include "evidence/opener.h"

namespace careo {

const Opener* expand_opener();  ///< "expand/2"

/// The packing that the first bytes tell, or nothing.
std::optional<Packing> packing_of(Bytes head);

}  // namespace careo
