// SPDX-License-Identifier: Apache-2.0
// What a workbook holds and no cell shows: names, lists and prompts of entries, links inside the book, formulas of
// formats, scenarios, what cells held before.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace careo {

/// A line for each defined name (ECMA-376 part 1, 18.2.5).
void add_names(const pugi::xml_node& names, std::string* out);
/// A line for each rule and link in a part of a sheet.
void add_beside(const pugi::xml_node& part, std::string* out);
/// A line for each change of a shared workbook's log (18.11.1.14): sheets by their numbers, what cells held and hold.
std::string text_of_revisions(const pugi::xml_node& root);

}  // namespace careo
