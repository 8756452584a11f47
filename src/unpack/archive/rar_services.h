// SPDX-License-Identifier: Apache-2.0
// What a RAR archive holds beside its files: comments, and streams that a file of NTFS had beside its bytes ("service
// headers" of RARLAB's technical note for RAR 5, "new sub blocks", 0x7A, of RAR 4). libarchive passes them over.
#pragma once

#include <string>
#include <vector>

#include "evidence/opener.h"

namespace careo {

struct RarServices {
  std::vector<std::string> comments;  ///< UTF-8
  std::vector<std::string> unread;    ///< in a few words each
};

/// Up to the first header that is locked or damaged.
Result<RarServices> rar_services(PartBytes& part);

}  // namespace careo
