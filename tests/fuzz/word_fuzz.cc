// SPDX-License-Identifier: Apache-2.0
// Any bytes as a Word document.
#include "fuzz/opener_check.h"
#include "unpack/office/word.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::word_opener(), {data, size});
  return 0;
}
