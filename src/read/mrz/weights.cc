// SPDX-License-Identifier: Apache-2.0
// models/mrz.weights as bytes of the program: the worker may open no file.
#include "read/mrz/network.h"

__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    ".global careo_mrz_weights_begin\n"
    "careo_mrz_weights_begin:\n"
    ".incbin \"" CAREO_MRZ_WEIGHTS
    "\"\n"
    ".global careo_mrz_weights_end\n"
    "careo_mrz_weights_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const std::uint8_t careo_mrz_weights_begin[];
extern const std::uint8_t careo_mrz_weights_end[];
}

namespace careo::mrz {

Bytes built_in_weights() {
  return {careo_mrz_weights_begin, static_cast<std::size_t>(careo_mrz_weights_end - careo_mrz_weights_begin)};
}

}  // namespace careo::mrz
