// SPDX-License-Identifier: Apache-2.0
// The texts in the directories of a TIFF file that libexif does not reach: behind the first megabyte, and of the third
// page and those behind it.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

struct TiffWords {
  std::vector<std::string> fields;  ///< "ImageDescription: text", UTF-8
  Buffer iptc;                      ///< datasets of IPTC-IIM, of the first page that has them
};

/// TIFF 6.0, section 2; nothing of other files. At most 1,000 directories, each once.
TiffWords tiff_words(Bytes file);

}  // namespace careo
