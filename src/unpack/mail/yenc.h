// SPDX-License-Identifier: Apache-2.0
// Files that stand in a text in yEnc, as in newsgroups (J. Helbing, "yEncode - A quick and dirty encoding for
// binaries", version 1.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct YencFile {
  std::size_t begin = 0;  ///< of its "=ybegin" line
  std::size_t end = 0;    ///< behind its "=yend" line, or behind its last good line where that is missing
  std::string_view name;  ///< as it stands
  Buffer bytes;           ///< decoded
  std::string damage;     ///< what its size or checksum contradicts; that it is one piece of several; "" where whole
};

/// In order, without overlap; time linear in the text. A file needs a "=ybegin" line that gives line length, size and
/// name, and behind it as many bytes, or a first line as long as said.
std::vector<YencFile> find_yenc(Bytes text);

}  // namespace careo
