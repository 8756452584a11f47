// SPDX-License-Identifier: Apache-2.0
// The peer that Debian gives: tesseract with its `eng` model, used as a careful program around it would.
#pragma once

#include "answer.h"
#include "base/bytes.h"

namespace careo::bench {

/// The whole picture in page mode 6 with the zone's characters as whitelist: upright, then turned by 180, 90 and 270
/// degrees until a zone parses whose check digits all hold; else the reading with the most that hold.
Answers read_with_tesseract(Bytes file);

/// The recogniser alone: each line of each zone that careo finds, cut out straight, in page mode 7. Finding is careo's
/// work and so is the count of lines; careo's time is not counted.
Answers read_crops_with_tesseract(Bytes file);

}  // namespace careo::bench
