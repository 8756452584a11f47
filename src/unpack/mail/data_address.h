// SPDX-License-Identifier: Apache-2.0
// Pictures and files that stand in the addresses of a page: "data:image/png;base64,..." (RFC 2397).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct DataAddress {
  std::size_t begin = 0;  ///< of the letters of base64
  std::size_t end = 0;
  std::string type;  ///< media type as declared, lower case
};

/// Those in base64 of 1,000 letters at least, in order; smaller ones are ornaments. Time linear in the page.
std::vector<DataAddress> find_data_addresses(Bytes page);

}  // namespace careo
