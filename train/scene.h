// SPDX-License-Identifier: Apache-2.0
// Pages under hard circumstances: what the finder is tuned on beside plain scans and photographs.
#pragma once

#include "base/raster.h"
#include "page.h"

namespace careo::train {

enum class Trouble {
  Plain,
  Curl,
  Tilt,
  Shadow,
  Stamp,
  Inverted,
  Crowded,
  Small,
  Fax,
  Screen,
  Copy,
  Huge,
  Photo,   // for measuring speed: 1.5 Mpx
  Large,   // the same at 12 Mpx
  Letter,  // a page of text without a zone, 1.5 Mpx
};
inline constexpr Trouble AllTroubles[] = {Trouble::Plain, Trouble::Curl,     Trouble::Tilt,    Trouble::Shadow,
                                          Trouble::Stamp, Trouble::Inverted, Trouble::Crowded, Trouble::Small,
                                          Trouble::Fax,   Trouble::Screen,   Trouble::Copy,    Trouble::Huge,
                                          Trouble::Photo, Trouble::Large,    Trouble::Letter};
const char* name_of(Trouble trouble);

struct Scene {
  Raster grey;
  std::vector<std::vector<std::string>> zones;
};

Scene random_scene(Random& random, Trouble trouble);

}  // namespace careo::train
