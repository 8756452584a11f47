// SPDX-License-Identifier: Apache-2.0
// SpreadsheetML (ECMA-376 part 1, 18): sheets as lines of tab-separated cells, dates as ISO 8601.
#pragma once

#include <functional>
#include <string>

#include "unpack/office/package.h"
#include "unpack/text/columns.h"

namespace careo {

struct OfficeSheet {
  std::uint32_t number = 0;  ///< from 1, in the workbook's order
  std::string text;          ///< its name (with "[hidden]"), then its rows
  std::string name;
  bool hidden = false;
  Columns columns;
  std::vector<std::string> missing;  ///< what it should have and the package has not
  std::string beside;                ///< what no cell shows: lists and prompts of entries, links inside the book
};

/// Gives every sheet of the workbook at `main`; stops when `take` fails. `names` gets the defined names, a line each.
Result<void> read_sheets(const OfficePackage& package, const std::string& main, std::string* names,
                         const std::function<Result<void>(OfficeSheet)>& take);

/// What a number format shows of a number (18.8.30, and custom codes): hours that run beyond 24, `[h]`, are a duration.
enum class NumberForm : std::uint8_t { Plain, Date, Time, Duration };
NumberForm form_of_number(unsigned id, std::string_view code);

/// "1985-03-02", "1985-03-02 10:30" or "10:30" for a serial day number, "36:00" for a duration, seconds (rounded) where
/// they are not zero; "" where it is none of them (18.17.4.1: day 60 of the 1900 system is a leap day that never was).
std::string text_of_serial(double serial, NumberForm form, bool from_1904);

}  // namespace careo
