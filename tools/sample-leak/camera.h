// SPDX-License-Identifier: Apache-2.0
// Looks at a drawn paper as a flatbed scanner or a telephone would.
#pragma once

#include "chance.h"
#include "drawing.h"

namespace careo::sample {

/// A picture and how it was kept.
struct Shot {
  Picture picture;
  int jpeg_quality = 85;
  int dpi = 72;
  Colour colour = Colour::Full;
  int orientation = 1;     ///< EXIF; the pixels are stored so that a viewer that obeys it shows the camera's up
  double dots_per_mm = 0;  ///< of the paper, about
  std::string flaws;       ///< what was done to it, in words, for the truth
};

Shot scan_of(const Face& face, const Take& take, Chance* chance);
Shot photo_of(const Face& face, const Take& take, Chance* chance);

}  // namespace careo::sample
