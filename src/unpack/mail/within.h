// SPDX-License-Identifier: Apache-2.0
// Files that stand in the middle of a text, as before MIME: uuencoded, in yEnc or BinHex.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/trail.h"

namespace careo {

struct FileWithin {
  std::size_t begin = 0;  ///< of all its lines
  std::size_t end = 0;
  std::size_t data = 0;  ///< of those that its transforms decode
  std::size_t data_end = 0;
  std::vector<Transform> transforms;
  std::optional<Buffer> bytes;  ///< decoded, where no transform does it
  std::string name;
  std::string damage;  ///< why it is not whole, or ""
};

/// In order, without overlap; offsets are of `body`.
std::vector<FileWithin> uuencoded_within(Bytes body);
/// And those in yEnc and BinHex.
std::vector<FileWithin> files_within(Bytes body);
/// Does it begin with a file in yEnc or BinHex, as programs sent them as attachments that claim no encoding?
bool begins_file(Bytes body);

}  // namespace careo
