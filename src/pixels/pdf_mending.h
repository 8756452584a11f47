// SPDX-License-Identifier: Apache-2.0
// A PDF whose end is missing (a download that broke off, a mail cut by a server's limit) has lost its cross-reference
// table and its trailer, and often its catalog. What stands before the cut is whole all the same, so the objects are
// found by their own marks (ISO 32000-1, 7.3.10), packed ones too (7.5.7), and a catalog and a trailer are written
// behind them.
#pragma once

#include <optional>

#include "base/bytes.h"

namespace careo {

/// The file with an end that a reader can begin from: its own catalog, else the root of its page tree, else the pages
/// one by one in the order of the file. Nothing where no page stands in it, or where it is locked. At most 64 MiB are
/// unpacked.
std::optional<Buffer> mended_pdf(Bytes file);

}  // namespace careo
