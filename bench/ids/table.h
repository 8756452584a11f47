// SPDX-License-Identifier: Apache-2.0
// Tallies as Markdown.
#pragma once

#include <string>

#include "judge.h"

namespace careo::bench {

std::string table_head();
/// One row; shares in per cent, with Wilson's interval of 95 % behind "every line exact".
std::string table_row(std::string_view reader, std::string_view category, const Tally& tally);

}  // namespace careo::bench
