// SPDX-License-Identifier: Apache-2.0
// A set on disk: read it with a reader of ours, or judge what any reader said of it.
#pragma once

#include <string>

#include "options.h"

namespace careo::bench {

/// Prints results (results.h) of every picture of the set `options.read`.
Result<void> read_set(const Options& options);

/// The table of `options.results` over the set `options.score`, as Markdown: a block of rows a category, then all
/// categories together. A picture that a reader says nothing of counts as not read. --misses names a file
/// for everything that is wrong: reader, picture, what.
Result<std::string> score_set(const Options& options);

}  // namespace careo::bench
