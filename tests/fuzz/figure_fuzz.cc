// SPDX-License-Identifier: Apache-2.0
// Any text, read for figures: every reading is JSON with a span inside the text.
#include "read/figure/figure.h"

#include "text_reader_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_text_reader(careo::figure_reader(), data, size);
  return 0;
}
