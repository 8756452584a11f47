// SPDX-License-Identifier: Apache-2.0
// Integer dot products, the network's only inner loop, in three instruction sets with equal results.
#pragma once

#include <cstddef>
#include <cstdint>

#include "read/mrz/network.h"

namespace careo::mrz {

/// out[r] = sum over k of a[k] * w[r * columns + k]. REQUIRES: columns is a multiple of 16; |a| <= 255, |w| <= 127, so
/// that no sum of the network leaves 32 bits; `avx2` only where best_path() is Avx2.
void dots(Path path, const std::int16_t* a, const std::int16_t* w, std::size_t columns, std::size_t rows,
          std::int32_t* out);

}  // namespace careo::mrz
