// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <tesseract/baseapi.h>

#include <memory>
#include <sstream>

#include "reference/icao9303.h"

namespace careo::bench {

std::vector<std::string> tesseract_lines(const Raster& grey) {
  static const std::unique_ptr<tesseract::TessBaseAPI> api = [] {
    auto made = std::make_unique<tesseract::TessBaseAPI>();
    if (made->Init(nullptr, "eng") != 0) made.reset();
    if (made) made->SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
    return made;
  }();
  std::vector<std::string> out;
  if (!api) return out;
  api->SetImage(grey.pixels.data(), grey.width, grey.height, 1, grey.width);
  const std::unique_ptr<char[]> text(api->GetUTF8Text());
  std::istringstream lines(text.get());
  std::string line;
  while (std::getline(lines, line)) {
    std::string kept;
    for (const char c : line) {
      if (c != ' ') kept += c;
    }
    const bool width = kept.size() == 30 || kept.size() == 36 || kept.size() == 44;
    bool alphabet = true;
    for (const char c : kept) alphabet = alphabet && icao::value_of(c) >= 0;
    if (width && alphabet) out.push_back(kept);
  }
  return out;
}

}  // namespace careo::bench
