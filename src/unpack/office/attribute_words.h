// SPDX-License-Identifier: Apache-2.0
// Words that parts of office packages keep in attributes.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace careo {

/// Adds a text on a line of its own, unless it is blank.
void add_words(std::string_view text, std::string* out);

/// Adds those attributes of the element that hold words of persons, where they are known to: names of those who comment
/// and change, fields and values of cached tables, sheets of other workbooks, connections, tags.
void add_attribute_words(const pugi::xml_node& node, std::string* out);

/// Adds all attributes as "name: value", without those that declare namespaces and places of schemas; of a schema's
/// elements only what is said to people.
void add_all_attributes(const pugi::xml_node& node, std::string* out);

}  // namespace careo
