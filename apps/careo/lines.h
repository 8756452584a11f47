// SPDX-License-Identifier: Apache-2.0
// What was read and decided, as lines for a terminal: made printable, without JSON where there is something to explain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/relatives.h"
#include "evidence/decision.h"
#include "evidence/reading.h"

namespace careo::cli {

/// A zone with its doubts and their reasons; anything else as written, then each member of what was understood.
std::vector<std::string> reading_lines(const Reading& reading);

/// A line of a text as a terminal may have it: printable, its tabs as they stand.
std::string text_line(std::string_view line);

/// "99 %  scan.jpg  src:.../path:scan.jpg  nearly the same picture, smaller (50 %)", indented by two.
std::string relative_line(const Relative& relative);

/// "corrected by Ana, 2026-11-25T20:00:00Z: {...}".
std::string decision_line(const Decision& decision);

}  // namespace careo::cli
