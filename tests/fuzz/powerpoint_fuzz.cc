// SPDX-License-Identifier: Apache-2.0
// Any bytes as a presentation.
#include "fuzz/opener_check.h"
#include "unpack/office/powerpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::powerpoint_opener(), {data, size});
  return 0;
}
