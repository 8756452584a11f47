// SPDX-License-Identifier: Apache-2.0
// The page, as web/ builds it, inside the program.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace careo {

struct Asset {
  std::string_view path;  ///< "/index.html"
  std::string_view type;
  Bytes bytes;
  bool packed = false;  ///< by gzip
};

/// Null where there is none. Lives as long as the program.
const Asset* asset_at(std::string_view path);

}  // namespace careo
