// SPDX-License-Identifier: Apache-2.0
// An HTML document as a part: its text, and what it says beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/opener.h"
#include "unpack/text/html_text.h"

namespace careo {

/// The reading "document" of HtmlPage::properties; nothing where there are none. A title that is "" is none.
std::optional<Reading> page_reading(std::string_view title,
                                    const std::vector<std::pair<std::string, std::string>>& properties,
                                    std::string_view reader);

/// Gives the visible text, behind it what is not shown, and a reading "document" where the page says something of
/// itself.
Result<void> give_html(HtmlPage page, std::string_view reader, const Budget& budget, Sink& sink);

}  // namespace careo
