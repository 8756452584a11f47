// SPDX-License-Identifier: Apache-2.0
// The running text of office XML, in reading order. What a reader of the page would not see is kept and marked:
// "[deleted by NAME on DATE: ...]", "[inserted by NAME on DATE: ...]" (tracked changes), "[comment by NAME on DATE:
// ...]",
// "[hidden: ...]", "[hidden slide]", "[picture: ...]" (its description). Boxes, notes and comments that stand in a
// paragraph follow it.
#pragma once

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>

#include "unpack/office/docx_lists.h"
#include "unpack/office/docx_styles.h"
#include "unpack/office/odf_styles.h"
#include "unpack/office/slide_styles.h"

namespace careo {

/// Names of those who comment on slides, by their number (ECMA-376 part 1, 19.4.3).
using CommentAuthors = std::map<std::string, std::string, std::less<>>;

/// What a member's text needs of the rest of the package, and gives to it.
struct OoxmlContext {
  CommentAuthors authors;
  std::set<std::string>* addresses = nullptr;  ///< of fields: "hyperlink http://..."; may be null
  std::string* beside = nullptr;               ///< lines of what no page shows (beside.h); may be null
  std::set<std::string>* unread = nullptr;     ///< why something that the page shows is not given; may be null
  DocxStyles styles;
  DocxLists lists;
  const SlideStyles* below = nullptr;  ///< what a slide stands on; may be null
};

/// What styles hide, and the numbers of lists, by the relations of a member of Word; the keys of what was read for it.
std::set<std::string> read_word_styles(const OfficePackage& package, const std::string& member, OoxmlContext* context);

/// WordprocessingML (ECMA-376 part 1, 17) and DrawingML text (21.1.2): documents, notes, headers, comments, slides.
std::string ooxml_text(const pugi::xml_node& root, const OoxmlContext& context = {});

/// ODF 1.3 text: a document's body, one slide, or one sheet. `asides`, where it is not null, gets what stands beside
/// the rows of a sheet: comments, shapes; `unread` why something that the page shows is not given.
std::string odf_text(const pugi::xml_node& root, const OdfStyles& styles = {}, std::string* asides = nullptr,
                     std::set<std::string>* unread = nullptr);

/// Trailing blanks of lines and more than one empty line in a row are taken out.
std::string tidy(std::string_view text);

}  // namespace careo
