// SPDX-License-Identifier: Apache-2.0
// A file that Windows' Packager wrapped to embed it: in OLE objects of RTF, DOC and mail.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"

namespace careo {

struct OlePackage {
  std::string name;
  std::size_t offset = 0;  ///< of the file's bytes
  std::size_t length = 0;
};

/// `native` is the object's native data, of which the beginning is enough; nothing where it is no package.
std::optional<OlePackage> find_ole_package(Bytes native);

}  // namespace careo
