// SPDX-License-Identifier: Apache-2.0
// Lines of what no page shows, behind the texts of the pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// Adds a line "kind place: a | b" of what is not empty; none where all is.
void add_line(std::string_view kind, std::string_view place, const std::vector<std::string_view>& values,
              std::string* out);

}  // namespace careo
