// SPDX-License-Identifier: Apache-2.0
// Whether two pictures show nearly the same, by the sketches that read/picture_sketch.h makes of them.
//
// A hash of 64 bits (signs of the slowest waves of the picture, a DCT) says which may be; it cannot tell two passports
// of one office apart. Whether they are is said by the fields themselves: the one picture's light is carried over to
// the other's as a camera or a program may have changed it, and then they must agree everywhere, print included.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace careo {

inline constexpr int kPictureFields = 56;  ///< a side

/// Mean light of 56 by 56 fields as they lie in the picture, row by row, 0 to 63: 32 is the mean, six deviations
/// are 64.
struct PictureSketch {
  int width = 0, height = 0;  ///< of the picture, in pixels
  std::array<std::uint8_t, std::size_t{kPictureFields} * kPictureFields> light{};
};

/// From the value of a reading of kind "picture"; nothing where it is none.
std::optional<PictureSketch> picture_sketch(std::string_view value);

std::uint64_t picture_hash(const PictureSketch& sketch);
/// The hash of the picture turned by a quarter, clockwise.
std::uint64_t turned(std::uint64_t hash);
std::array<std::uint64_t, 4> all_turns(std::uint64_t hash);
/// Bits that differ, whichever way the one is turned. Of nearly the same picture at most kMostBits, mostly.
int bits_apart(const std::array<std::uint64_t, 4>& turns, std::uint64_t hash);
inline constexpr int kMostBits = 14;

/// How far apart two pictures are where they differ most: the difference of their light in the third worst of all
/// windows of 4 by 4 fields, squared, in units of what packing and the print itself leave. As measured in
/// docs/decisions/0025-pictures-known-again.md: copies up to 2.5, documents of one office from 6 on.
struct PictureMatch {
  double apart = 1e9;
  double alike = 0;  ///< how their light goes together (Pearson): 0 to 1
  int quarters = 0;  ///< by which `b` is to be turned clockwise to lie as `a` does
};
PictureMatch match(const PictureSketch& a, const PictureSketch& b);
inline constexpr double kMostApart = 3;

}  // namespace careo
