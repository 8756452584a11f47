// SPDX-License-Identifier: Apache-2.0
// OpenDocument (ODF 1.3 part 3): the pages of texts, sheets and presentations.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "unpack/office/package.h"
#include "unpack/text/columns.h"

namespace careo {

struct OdfPage {
  std::optional<std::uint32_t> number;  ///< of a sheet or slide, from 1
  std::string text;                     ///< of a sheet: its name (with "[hidden]"), then its rows
  std::string name;
  bool hidden = false;
  Columns columns;
  std::string beside;            ///< what it holds and does not show
  std::set<std::string> unread;  ///< why something that it shows is not given
};

/// Gives every sheet or slide, then what stands on no single one; stops when `take` fails. `addresses` gets those of
/// links.
Result<void> read_open_document(const OfficePackage& package, std::set<std::string>* addresses,
                                const std::function<Result<void>(OdfPage)>& take);

}  // namespace careo
