// SPDX-License-Identifier: Apache-2.0
// What a workbook holds and no cell shows: names, lists and prompts of entries, links inside the book, formulas of
// formats, scenarios, what cells held before.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace careo {

/// A line for each defined name (ECMA-376 part 1, 18.2.5).
void add_names(const pugi::xml_node& names, std::string* out);
/// What else a workbook says of itself ([MS-XLSX] 2.6.120, ECMA-376 part 1, 18.2.12, 18.2.3): the folder in which it
/// was saved last, who reserved it, the views of those who shared it.
void add_workbook(const pugi::xml_node& workbook, std::string* out);
/// A line for each rule, link, filter and protected range in a part of a sheet.
void add_beside(const pugi::xml_node& part, std::string* out);
/// Rows and columns that are hidden, by a filter too (18.3.1.73, 18.3.1.13): their cells stand among the others.
void add_hidden(const pugi::xml_node& sheet, std::string* out);
/// A line for each change of a shared workbook's log (18.11.1.14): sheets by their numbers, what cells held and hold.
std::string text_of_revisions(const pugi::xml_node& root);

}  // namespace careo
