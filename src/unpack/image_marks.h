// SPDX-License-Identifier: Apache-2.0
// What an image file says beside its pixels: where the picture ends, and what was written into it.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct ImageMarks {
  /// One behind the picture's last byte; the file's size where its format has no end or the end is missing.
  std::size_t end = 0;
  /// PNG "tEXt" and uncompressed "iTXt" as "keyword: text", JPEG COM; UTF-8.
  std::vector<std::string> comments;
};

/// PNG (ISO/IEC 15948, sections 5.3, 11.2.5, 11.3.4) and JPEG (ISO/IEC 10918-1, annex B); nothing of other formats.
ImageMarks image_marks(Bytes file);

}  // namespace careo
