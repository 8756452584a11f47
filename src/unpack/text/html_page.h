// SPDX-License-Identifier: Apache-2.0
// An HTML document as a part: its text, and what it says beside it.
#pragma once

#include <string_view>

#include "evidence/opener.h"
#include "unpack/text/html_text.h"

namespace careo {

/// Gives the visible text, behind it what is not shown, and a reading "document" where the page says something of
/// itself.
Result<void> give_html(HtmlPage page, std::string_view reader, const Budget& budget, Sink& sink);

}  // namespace careo
