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
  /// PNG "tEXt", "zTXt" and "iTXt" as "keyword: text", "tIME", JPEG COM; of TIFF what libexif does not reach; UTF-8.
  std::vector<std::string> comments;
  std::vector<std::string> xmp;   ///< packets of it, as they stand
  Buffer iptc;                    ///< datasets of IPTC-IIM
  std::vector<std::string> lost;  ///< why words that are there are not among these
};

/// HEIC and AVIF (unpack/image/heif.h), PNG (ISO/IEC 15948, sections 5.3, 11.2.5, 11.3.4), JPEG (ISO/IEC 10918-1, annex
/// B) and TIFF (6.0, section 2); of other formats only the packets of XMP.
ImageMarks image_marks(Bytes file);

}  // namespace careo
