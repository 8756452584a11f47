// SPDX-License-Identifier: Apache-2.0
// A shot as the file that the set holds.
#pragma once

#include <string>

#include "base/bytes.h"
#include "sheet.h"

namespace careo::bench {

/// JPEG (with an EXIF orientation where the shot has one) or PNG (with its resolution). Eight bits a sample, faxes too:
/// some readers open no other.
Buffer encode(const Shot& shot);
/// ".jpg" or ".png"
std::string_view extension_of(const Shot& shot);

}  // namespace careo::bench
