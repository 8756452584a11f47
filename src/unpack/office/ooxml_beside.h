// SPDX-License-Identifier: Apache-2.0
// What WordprocessingML and DrawingML hold beside their words: form fields, controls, tips of links, settings.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace careo {

/// Adds a line for what the element says beside the words: <w:sdtPr> (ECMA-376 part 1, 17.5.2.38), <w:ffData>
/// (17.16.17), <w:tblPr> (17.4.58, 17.4.41), links of texts and shapes (17.16.22, 21.1.2.3.5), tags, sections and shows
/// of presentations.
void add_beside_words(const pugi::xml_node& node, std::string* out);

/// What a form field shows that has no result: the entry of a list that is chosen, a box with or without its cross.
std::string shown_by_field(const pugi::xml_node& form_field);

/// Variables and the mail merge of <w:settings> (17.15.1.32, 17.14.20); "" where there are none.
std::string text_of_settings(const pugi::xml_node& settings);

}  // namespace careo
