// SPDX-License-Identifier: Apache-2.0
// The visible text of an HTML document, in one linear pass without a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "evidence/reading.h"

namespace careo {

struct HtmlText {
  std::string utf8;
  std::string title;    ///< of the document, also the first line of `utf8`
  std::string charset;  ///< the one used
  Grade grade = Grade::Checked;
};

/// What a reader would see of `html`, already UTF-8: script, style and comments dropped, blocks on lines of their own,
/// table cells parted by tabs, runs of white space made one space outside <pre>, character references resolved, `alt`
/// of images kept. Of links only mail addresses and phone numbers are added, where the text does not show them. Text
/// that styles hide stays: it is evidence too. Never fails; time linear in the input (a tree is not built: nesting a
/// million elements costs nothing).
HtmlText html_text(std::string_view html);

/// The same for bytes: charset by byte order mark, then `declared`, then the document's own <meta>, then a guess.
HtmlText html_text(Bytes bytes, std::string_view declared);

/// The charset that a <meta> in the first 4 KiB (WHATWG asks for 1 KiB; mail programs put styles first) names, or "".
std::string meta_charset(Bytes head);

/// Resolves character references (&amp; &#1078; &eacute;) in `text`.
std::string resolve_references(std::string_view text);

}  // namespace careo
