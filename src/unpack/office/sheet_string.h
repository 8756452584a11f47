// SPDX-License-Identifier: Apache-2.0
// Strings of SpreadsheetML (ECMA-376 part 1, 18.4.8): plain or in runs, and how they are read aloud.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace careo {

/// The text of <si>, <is> or <text>: plain <t>, or runs.
std::string string_of(const pugi::xml_node& item);
/// Its phonetic guides (<rPh>, 18.4.6), which are not part of it.
std::string phonetic_of(const pugi::xml_node& item);

}  // namespace careo
