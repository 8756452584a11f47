// SPDX-License-Identifier: Apache-2.0
// One sheet of a workbook before 2007 as text, in the shape of office_sheet.h: its name (with "[hidden]"), rows of
// tab-separated cells with the results that Excel last saw, headers and footers, notes, text boxes, titles of charts.
#pragma once

#include <set>

#include "unpack/office/excel_book.h"
#include "unpack/text/columns.h"

namespace careo {

struct ExcelSheetText {
  std::string utf8;
  Columns columns;
  std::vector<std::string> links;
  std::set<std::string> damage;  ///< what is missing
  bool cut = false;              ///< at `most` bytes
  std::uint64_t end = 0;         ///< behind its last record
};

ExcelSheetText excel_sheet_text(const ExcelBook& book, const ExcelBook::Sheet& sheet, std::uint64_t most);

}  // namespace careo
