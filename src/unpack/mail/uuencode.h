// SPDX-License-Identifier: Apache-2.0
// Files that stand uuencoded in the middle of a text, as before MIME (POSIX.1-2017, uuencode; its -m is base64).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct UuFile {
  std::size_t begin = 0;  ///< of its "begin" line
  std::size_t end = 0;    ///< behind its "end" or "====" line, or behind its last good line where that is missing
  std::size_t data = 0;   ///< behind its "begin" line
  std::size_t data_end = 0;
  bool base64 = false;    ///< "begin-base64"
  std::string_view name;  ///< as it stands
  bool closed = false;    ///< its last line was there
};

/// In order, without overlap; time linear in the text. A file needs a "begin" line and one good line of data.
std::vector<UuFile> find_uuencoded(Bytes text);

}  // namespace careo
