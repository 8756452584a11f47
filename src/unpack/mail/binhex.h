// SPDX-License-Identifier: Apache-2.0
// Files that stand in a text in BinHex 4.0, as programs of old Macs sent them (RFC 1741).
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct BinhexFile {
  std::size_t begin = 0;  ///< of the line that says what it is
  std::size_t end = 0;    ///< behind the line of its closing colon, or of its last letter
  std::string name;       ///< as it stands
  Buffer data;            ///< what other systems call the file
  Buffer resources;       ///< what Macs kept beside it: old pictures, sounds, fonts
  std::string damage;     ///< what its checksums or lengths contradict, "" where whole
};

/// In order, without overlap; time linear in the text, memory bounded. A file needs the line "(This file must be
/// converted with BinHex", a colon behind it and a header that fits what follows.
std::vector<BinhexFile> find_binhex(Bytes text);

}  // namespace careo
