// SPDX-License-Identifier: Apache-2.0
// What no tree of a PST leads to any more: pages and blocks left behind in free space, and the items in them.
#pragma once

#include "unpack/outlook/pst_file.h"

namespace careo {

struct PstLeftovers {
  std::vector<PstNode> items;     ///< messages whose blocks still stand; adopted by the file
  std::vector<PstNode> versions;  ///< earlier states of messages that the file has, or of `items`
  std::vector<ByteRun> old;       ///< pages of trees and maps that were left behind: no documents stand in them
  std::vector<ByteRun> unknown;   ///< other runs that are not all zeros
};

/// One pass over all that no block of the file takes.
Result<PstLeftovers> recover_pst(PstFile& file, std::uint64_t most_items);

}  // namespace careo
