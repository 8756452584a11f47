// SPDX-License-Identifier: Apache-2.0
// careo's own reader over pictures that stay in memory: for whoever works on the reader.
#pragma once

#include "options.h"

namespace careo::bench {

/// Prints a table, row by row as categories are done, and the margins where they are asked for.
void measure(const Options& options);

}  // namespace careo::bench
