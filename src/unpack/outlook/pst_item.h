// SPDX-License-Identifier: Apache-2.0
// An item of a PST as a message file of its own: its properties, recipients and attachments, and the messages in those,
// written as [MS-OXMSG] has it. Canonical, so that the same item in two stores is one part.
#pragma once

#include "unpack/compound/writer.h"
#include "unpack/outlook/pst_names.h"

namespace careo {

struct PstItem {
  std::vector<CompoundNode> tree;  ///< borrows the file: large values are read while they are written
  std::string subject;
  std::string message_class;
  std::uint32_t attachments = 0;
};

struct PstItemLimits {
  unsigned depth = 32;              ///< messages in attachments of messages
  std::size_t objects = 1'000'000;  ///< messages, recipients and attachments of one item
};

/// Malformed where the node holds no properties at all; other damage is told by the file.
Result<PstItem> read_pst_item(PstFile& file, const PstNames& names, const PstNode& node,
                              const PstItemLimits& limits = {});

}  // namespace careo
