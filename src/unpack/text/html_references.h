// SPDX-License-Identifier: Apache-2.0
// Character references of HTML: &amp; &#1078; &eacute;
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// The character at `*at` of `text`, where '&' stands; moves behind the reference, or behind the '&' alone where it is
/// none. HTML Standard, section 13.2.5.72. REQUIRES: text[*at] == '&'.
char32_t html_reference(std::string_view text, std::size_t* at);

/// Resolves the character references in `text`.
std::string resolve_references(std::string_view text);

}  // namespace careo
