// SPDX-License-Identifier: Apache-2.0
// What a RAR archive holds beside its files: comments, and streams that a file of NTFS had beside its bytes ("service
// headers" of RARLAB's technical note for RAR 5, "new sub blocks", 0x7A, of RAR 4). libarchive passes them over.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evidence/opener.h"

namespace careo {

struct RarServices {
  std::vector<std::string> comments;  ///< "[comment: TEXT]", "[comment on NAME: TEXT]"; UTF-8
  std::vector<std::string> unread;    ///< in a few words each
  /// Of RAR before 2.9 (unpack/archive/rar_old.h): headers that stand for those at their offsets, and the numbers of
  /// files whose packing the library does not know.
  std::vector<std::pair<std::uint64_t, Buffer>> mended;
  std::set<std::uint64_t> packed_before;

  void comment(Bytes text, const std::string& on);  ///< "" or " on NAME"
  void tell(std::string what);

  // Of the walk over the headers, so far.
  std::uint64_t files = 0;
  std::uint64_t comment_bytes = 0;
  std::uint64_t mended_bytes = 0;
  std::uint64_t told = 0;
};

/// Up to the first header that is locked or damaged.
Result<RarServices> rar_services(PartBytes& part);

}  // namespace careo
