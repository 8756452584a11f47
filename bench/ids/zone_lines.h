// SPDX-License-Identifier: Apache-2.0
// What programs around a general OCR engine do with its text: look for the lines of a zone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace careo::bench {

/// The two or three neighbouring lines that look most like a zone, spaces dropped, filled or cut to its width. None
/// where no lines do.
std::optional<std::vector<std::string>> zone_lines(std::string_view text);

}  // namespace careo::bench
