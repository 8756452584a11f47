// SPDX-License-Identifier: Apache-2.0
// The words in programs: what stands in quotes and reads like words, in scripts and styles.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace careo {

/// Letters with a blank between them, a letter that is not ASCII, an address of mail or of the web, or the number of a
/// phone as it is dialled from abroad. What has none of these is a key, a name of a class, a number.
bool reads_like_words(std::string_view text);

/// Gives each string of a script (ECMA-262, section 12.9.4) that reads like words, its escapes resolved. A quote that
/// its line does not close is none, but for the backtick's. Time linear in `code`.
void strings_of_script(std::string_view code, const std::function<void(std::string)>& take);

/// The same for what a style sheet puts into a page: strings behind `content:` (CSS 2.2, section 12.2).
void strings_of_style(std::string_view code, const std::function<void(std::string)>& take);

}  // namespace careo
