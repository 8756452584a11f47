// SPDX-License-Identifier: Apache-2.0
// Pictures that must not be taken for one another, and what may be done to a picture that stays the same one.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/raster.h"

namespace careo::bench {

/// Grey, as scanned or photographed. Two pictures of one `family` differ in little: documents of one office that differ
/// in the holder alone (their pattern, layout, portrait, size and place on the scanner are the same), letters under one
/// letterhead with other words of the same length.
struct Sheeted {
  std::string name;
  std::string family;  ///< "" for a picture that has none
  Raster raster;
};

struct AlbumPlan {
  std::uint64_t seed = 1;
  int offices = 8;      ///< of documents
  int holders = 8;      ///< of documents, each office
  int letterheads = 4;  ///< of letters
  int letters = 8;      ///< each letterhead
  int forms = 4;        ///< of contracts: the same words but for a name and a number
  int filled = 8;       ///< each form
  int shots = 4;        ///< of each category of bench/ids
};
std::vector<Sheeted> album(const AlbumPlan& plan);

struct Change {
  std::string_view name;
  Raster (*make)(const Raster&);
};
/// Each leaves a picture that a person calls the same.
std::span<const Change> changes();

}  // namespace careo::bench
