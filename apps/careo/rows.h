// SPDX-License-Identifier: Apache-2.0
// The rows of --json output that several commands print (docs/formats/json.md).
#pragma once

#include <string>

#include "evidence/reading.h"

namespace careo::cli {

/// A reading's row. `file` is left out where it is empty.
std::string reading_row(const std::string& file, const Trail& trail, const Reading& reading);

/// The trail of a part with a region of it.
Trail with_region(const Trail& trail, const Region& region);

}  // namespace careo::cli
