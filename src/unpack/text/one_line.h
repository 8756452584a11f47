// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// The words of a text on one line: runs of blanks, line ends and other control characters made one blank, none at the
/// ends.
std::string one_line(std::string_view text);

}  // namespace careo
