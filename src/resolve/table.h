// SPDX-License-Identifier: Apache-2.0
// Tables of persons as other programs write them: CSV in, records out.
#pragma once

#include <string_view>
#include <vector>

#include "resolve/record.h"

namespace careo {

/// The cells of RFC 4180 text: quoted cells may hold separators, line ends and doubled quotes. The separator is the one
/// of comma, semicolon and tab that the first line has most of. A byte-order mark is passed over; lines without any
/// text are left out.
std::vector<std::vector<std::string>> csv_rows(std::string_view text);

/// The records of a table whose first line names its columns (record_of_row). Malformed where the text is not UTF-8, no
/// column is known, or a quoted cell is never closed; a line with too few or too many cells is read as far as its
/// columns are known.
Result<std::vector<IdentityRecord>> records_of_table(std::string_view csv);

}  // namespace careo
