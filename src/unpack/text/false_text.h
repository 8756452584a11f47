// SPDX-License-Identifier: Apache-2.0
// Does a page's text layer say what the page shows? Fonts may name their letters wrongly or not at all, and scanners
// put bad guesses behind a picture.
#pragma once

#include <string_view>

namespace careo {

/// True where a text of at least 40 signs cannot be writing: a tenth of it is no character (private use, controls,
/// U+FFFD); Latin letters hardly hold a vowel, as those of a shifted alphabet; or nearly all letters are accented ones,
/// as Cyrillic read in a western code page. Such a page is recognised from its picture too, and both texts stand.
bool looks_false(std::string_view utf8);

}  // namespace careo
