// SPDX-License-Identifier: Apache-2.0
// What printed words could say, by the rules that a machine-readable zone is compared with them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// A day as a document prints it.
struct PrintedDate {
  int day = 0;
  int month = 0;
  int year = 0;  ///< of two digits where `short_year`
  bool short_year = false;
  bool is(std::string_view iso) const;  ///< the same day; by its last two digits where the year is short
};

/// Every date in a cell: 15.03.1963, 15/03/63, 1963-03-15, 15 MAR/MAR 63, 15 de marzo de 1963, 15 марта 1963. Where day
/// and month could change places, both.
std::vector<PrintedDate> printed_dates(std::string_view cell);

/// A number as eyes see it: letters and digits, upper case, Cyrillic letters as what they look like, and one sign for O
/// and 0, one for I, 1 and a small l. Every check digit tells those apart, so they are no matter of a witness; the
/// partners that check digits are blind to (8 and S, 6 and G, 1 and L, 4 and E) stay as they are.
std::string seen_number(std::string_view text);

/// The runs of one to four neighbouring words of a cell, each as seen_number() gives it. Runs without a digit are left
/// out.
std::vector<std::string> printed_numbers(std::string_view cell);

/// `name` with every Cyrillic letter as the Latin one that looks the same, where there is one.
std::string latin_look(std::string_view name);

/// The names that a cell may print: its pieces between signs, without labels and without what holds a digit.
std::vector<std::string> printed_names(std::string_view cell);

/// Could a zone that says `value` (components divided by spaces; `cut`: full to its last letter) be what the printed
/// `name` becomes by ICAO 9303-3, sections 4 and 6? Letter for letter: likeness is not enough.
bool spells(std::string_view name, std::string_view value, bool cut);

}  // namespace careo
