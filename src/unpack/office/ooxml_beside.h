// SPDX-License-Identifier: Apache-2.0
// What WordprocessingML and DrawingML hold beside their words: form fields, controls, tips of links, settings.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace careo {

/// A property of "on or off" (17.17.4): on unless it says otherwise; off where there is none.
bool is_on(const pugi::xml_node& property);

/// Adds a line for what the element says beside the words: <w:sdtPr> (ECMA-376 part 1, 17.5.2.38), <w:ffData>
/// (17.16.17), <w:tblPr> (17.4.58, 17.4.41), links of texts and shapes (17.16.22, 21.1.2.3.5), <w:customXmlPr>
/// and <w:smartTagPr> (17.5.1), who may edit (17.13.7.2), names of bookmarks, shapes, sections and shows.
void add_beside_words(const pugi::xml_node& node, std::string* out);

/// Adds a line for the instruction of a field that holds words or the place of another document: entries of an index,
/// what is asked and what is said otherwise, links (17.16.5). The others show all that they say.
void add_instruction(std::string_view instruction, std::string* out);

/// What a form field shows that has no result: the entry of a list that is chosen, a box with or without its cross.
std::string shown_by_field(const pugi::xml_node& form_field);

/// Variables and the mail merge of <w:settings> (17.15.1.32, 17.14.20); "" where there are none.
std::string text_of_settings(const pugi::xml_node& settings);

}  // namespace careo
