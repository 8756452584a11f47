// SPDX-License-Identifier: Apache-2.0
// What one face of a mail says and the other does not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// Of each of `faces` (UTF-8) what holds words that neither `plain` nor a face before it has: its sentences, each on a
/// line of its own, or the whole face where much of it is new, ten words and two fifths of all ("your program cannot
/// show this", or an alternative made to mislead). "" where it says the same, however laid out. Words are compared as
/// next_word() has them. N log N in the bytes of all.
std::vector<std::string> unsaid(std::string_view plain, const std::vector<std::string>& faces);

}  // namespace careo
