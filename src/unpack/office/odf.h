// SPDX-License-Identifier: Apache-2.0
// OpenDocument (ODF 1.3 part 3): the pages of texts, sheets and presentations.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "unpack/office/package.h"
#include "unpack/text/columns.h"

namespace careo {

struct OdfPage {
  std::optional<std::uint32_t> number;  ///< of a sheet or slide, from 1
  std::string text;                     ///< of a sheet: its name, then its rows
  std::string name;
  Columns columns;
};

/// Gives every sheet or slide, then what stands on no single one; stops when `take` fails.
Result<void> read_open_document(const OfficePackage& package, const std::function<Result<void>(OdfPage)>& take);

}  // namespace careo
