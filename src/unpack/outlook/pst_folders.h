// SPDX-License-Identifier: Apache-2.0
// The folders of a PST, with what each says it holds.
#pragma once

#include <map>
#include <string>

#include "unpack/outlook/pst_heap.h"

namespace careo {

struct PstFolder {
  std::uint32_t node = 0;
  std::string path;             ///< names from the root, "/" between them
  std::string container_class;  ///< "IPF.Contact"
  bool search = false;          ///< its items stand elsewhere
  std::uint64_t stated = 0;     ///< PidTagContentCount
  std::vector<std::uint32_t> items;
  std::vector<std::uint32_t> associated;
};

/// What the store says of itself.
struct PstStore {
  std::string name;
  bool password = false;  ///< a checksum that Outlook asks for; nothing is encrypted with it
  std::map<std::uint32_t, PstFolder> folders;
};

/// Damaged folders are there with what could be read; the file tells the damage.
Result<PstStore> read_pst_store(PstFile& file);

}  // namespace careo
