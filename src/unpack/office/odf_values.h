// SPDX-License-Identifier: Apache-2.0
// Values of OpenDocument cells and fields (ODF 1.3 part 3, 19.385), beside what is shown of them.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace careo {

/// The value of a cell, a field or a variable, as written; "" where it has none.
std::string_view value_of_odf(const pugi::xml_node& node);

/// A count or position; 0 where it is none.
std::uint64_t number_of_odf(std::string_view text);

/// "C3", counted from 0.
std::string cell_name(std::uint64_t row, std::uint64_t column);

/// A section of a text that is not shown (5.4): always, or as its condition was when the text was saved.
bool is_hidden_section(const pugi::xml_node& section);

/// Gives the cells of a sheet that have no text their value as text: programs may leave <text:p> away.
void fill_cells(const pugi::xml_node& table);

/// A line "value B2: 1234.56789" for each cell of a sheet that shows other digits than its value has: rounded, without
/// the century, in another order. Stops behind `most` bytes.
std::string odf_values(const pugi::xml_node& table, std::size_t most);

/// Lines "hidden columns: B, D-F" and "hidden rows: 2-4": hidden by hand or by a filter (19.749, table:visibility).
std::string odf_hidden(const pugi::xml_node& table);

}  // namespace careo
