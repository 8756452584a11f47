// SPDX-License-Identifier: Apache-2.0
// What stands beside the pixels of HEIC and AVIF, by their boxes (ISO/IEC 14496-12; 23008-12).
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct HeifMarks {
  /// One behind the last box; where a telephone put a film behind the picture ("mpvd", Motion Photo 1.0), its
  /// beginning.
  std::size_t end = 0;
  /// Packets of XMP that are packed (23008-12, A.3; 14496-12, 8.11.6: "content_encoding"), as they stand.
  std::vector<Buffer> packed_xmp;
  std::vector<std::string> lost;  ///< why some of them are not
};

bool is_heif(Bytes file);
HeifMarks heif_marks(Bytes file);

}  // namespace careo
