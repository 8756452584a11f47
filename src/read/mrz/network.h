// SPDX-License-Identifier: Apache-2.0
// The slot network's forward pass: int8 weights, int32 sums, no floating point, so every processor gives the same bits.
//
// Shape (train/train.py): 32x28 window -> conv 5x5/2, 16 -> conv 3x3/2, 32 -> conv 3x3, 32 -> 96 -> 38 classes and
// three offsets. Activations are 0..255 between layers. Made by train/, measured in models/README.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "read/mrz/layer.h"
#include "read/mrz/slots.h"

namespace careo::mrz {

inline constexpr std::size_t Classes = 38;  ///< icao::Alphabet, then None
inline constexpr std::size_t None = 37;

/// Natural logarithms in 1/256, never above 0, cut off at Impossible.
using LogProb = std::int32_t;
inline constexpr LogProb Nat = 256;
inline constexpr LogProb Impossible = -16 * Nat;

/// What the network sees in one window.
struct Judgement {
  std::array<LogProb, Classes> log{};
  double dx = 0;  ///< where the character's centre stands, in pitches right of and below the window's
  double dy = 0;
  double dh = 0;  ///< how much taller the characters are than the window's `down` says
};

class Network {
 public:
  /// Malformed unless `weights` is exactly a file that train.py wrote.
  static Result<Network> parse(Bytes weights);
  /// The weights that are part of the program.
  static const Network& built_in();

  std::vector<Judgement> judge(std::span<const Window> windows, Path path = best_path()) const;

 private:
  std::vector<Layer> layers_;
};

/// The model file, compiled into the program.
Bytes built_in_weights();

}  // namespace careo::mrz
