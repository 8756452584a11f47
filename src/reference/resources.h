// SPDX-License-Identifier: Apache-2.0
// The tables under resources/, compiled into the program (cmake/resources.cmake): what a lexicon is made from.
#pragma once

#include <string_view>
#include <vector>

namespace careo {

/// The text of `resources/<path>`, e.g. "numbers/en.tsv"; empty where there is no such table. Lives as long as the
/// program.
std::string_view resource(std::string_view path);
/// The paths of the tables whose path begins with `folder`, in order.
std::vector<std::string_view> resources_under(std::string_view folder);

/// The rows of tab-separated text: empty lines and lines that begin with '#' are left out, so is a final CR.
std::vector<std::vector<std::string_view>> table_rows(std::string_view text);

}  // namespace careo
