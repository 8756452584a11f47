// SPDX-License-Identifier: Apache-2.0
// SpreadsheetML (ECMA-376 part 1, 18): sheets as lines of tab-separated cells, dates as ISO 8601.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "unpack/office/number_form.h"
#include "unpack/office/package.h"
#include "unpack/text/columns.h"

namespace careo {

struct OfficeSheet {
  std::uint32_t number = 0;  ///< from 1, in the workbook's order; 0 where the workbook does not list it
  std::string text;          ///< its name (with "[hidden]"), then its rows
  std::string name;
  std::string member;  ///< its part of the package
  bool hidden = false;
  Columns columns;
  std::vector<std::string> missing;  ///< what it should have and the package has not
  std::string beside;                ///< what no cell shows: lists and prompts of entries, links inside the book
  std::set<std::string> unread;      ///< why something that its drawings show is not given
};

/// Gives every sheet of the workbook at `main`, then those that it does not list; stops when `take` fails. `beside`
/// gets what belongs to no sheet: defined names, phonetic guides of strings.
Result<void> read_sheets(const OfficePackage& package, const std::string& main, std::string* beside,
                         const std::function<Result<void>(OfficeSheet)>& take);

}  // namespace careo
