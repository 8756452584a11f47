// SPDX-License-Identifier: Apache-2.0
// One layer of the slot network in integers, in four instruction sets with equal results. Nothing else in the reader
// knows about instruction sets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace careo::mrz {

/// Which instructions to use; all give the same bits.
enum class Path { Plain, Sse2, Avx2, Vnni };
/// The fastest that this processor has; every path before it works too.
Path best_path();

/// A layer's numbers. A kernel has `runs` rows of `run` inputs; a full layer has one. Inputs are bytes 0..255, outputs
/// clamp((sum + bias) * multiplier / 2^24, 0, 255), rounded.
struct Layer {
  std::size_t outputs = 0;  ///< a multiple of 16
  std::size_t runs = 1;
  std::size_t run = 0;                   ///< a multiple of 4
  std::vector<std::int8_t> weights;      ///< -127..127, by place_of()
  std::vector<std::int32_t> bias;        ///< one an output
  std::vector<std::int32_t> multiplier;  ///< one an output, 2^-24, not negative
  std::vector<std::int32_t> most;        ///< one an output: a sum with its bias above this is worth 255 all the same

  /// An all-zero layer. REQUIRES: `outputs` is a multiple of 16, `run` of 4.
  static Layer sized(std::size_t outputs, std::size_t runs, std::size_t run);
  /// Where the weight of input `k` in kernel row `row` lies: blocks of 16 outputs, in each all inputs by fours.
  std::size_t place_of(std::size_t output, std::size_t row, std::size_t k) const {
    return ((output / 16 * runs + row) * (run / 4) + k / 4) * 64 + output % 16 * 4 + k % 4;
  }
  /// To be called once weights, bias and multiplier are set.
  void finish();
};

/// Where the inputs of several patches lie: patch p begins at `first` + p `apart`, its kernel rows `row` apart.
struct Patches {
  const std::uint8_t* first = nullptr;
  std::size_t count = 0;
  std::size_t apart = 0;
  std::size_t row = 0;
};

/// The outputs of every patch, `layer.outputs` bytes each, one patch after the other. REQUIRES: best_path() >= path.
void activate(Path path, const Layer& layer, const Patches& patches, std::uint8_t* out);
/// The sums with their bias instead: what the last layer needs.
void sum_up(Path path, const Layer& layer, const Patches& patches, std::int32_t* out);

}  // namespace careo::mrz
