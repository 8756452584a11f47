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
};

/// Gives every sheet of the workbook at `main`; stops when `take` fails.
Result<void> read_sheets(const OfficePackage& package, const std::string& main,
                         const std::function<Result<void>(OfficeSheet)>& take);

/// "1985-03-02", "1985-03-02 10:30" or "10:30" for a serial day number; "" where it is no date (18.17.4.1: day 60 of
/// the 1900 system is a leap day that never was).
std::string date_of_serial(double serial, bool from_1904);

/// True for the number formats that show a date or a time (18.8.30, and custom codes).
bool is_date_format(unsigned id, std::string_view code);

}  // namespace careo
