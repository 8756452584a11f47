// SPDX-License-Identifier: Apache-2.0
// Words that a recogniser of several scripts put into the wrong one.
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// With several models a short word may come out in letters of the wrong script that look the same ("He" for "не"). A
/// word made only of such letters follows the rest of its line; a word with a digit or a letter of its own stays.
std::string with_one_script_a_line(std::string_view text);

}  // namespace careo
