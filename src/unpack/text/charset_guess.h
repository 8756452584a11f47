// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/bytes.h"

namespace careo {

/// The charset that these bytes, not UTF-8, are most probably in, by how common letters are; never empty.
std::string guess_charset(Bytes bytes);

}  // namespace careo
