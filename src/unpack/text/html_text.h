// SPDX-License-Identifier: Apache-2.0
// The visible text of an HTML document, in one linear pass without a tree, and what the document says beside it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "evidence/reading.h"
#include "unpack/text/html_references.h"  // resolve_references(), for those who read pages by hand

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

/// Where HTML stands: Office says what it knows of a document in a comment, by the names of elements.
enum class HtmlPlace { Page, Comment };

struct HtmlPage {
  HtmlText text;       ///< html_text()
  std::string unseen;  ///< what the page says and does not show, a line each: unpack/text/html_unseen.h
  std::vector<std::pair<std::string, std::string>> properties;  ///< keys as in readings of kind "document"
};

HtmlPage html_page(Bytes bytes, std::string_view declared);
/// The same of UTF-8; `depth` is how many pages inside pages are still read as such.
HtmlPage html_page(std::string_view html, HtmlPlace place, int depth);

/// The charset that a <meta> in the first 4 KiB (WHATWG asks for 1 KiB; mail programs put styles first) names, or "".
std::string meta_charset(Bytes head);

}  // namespace careo
