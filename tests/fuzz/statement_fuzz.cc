// SPDX-License-Identifier: Apache-2.0
// Any text, read for statements and places: every reading is JSON with a span inside the text.
#include "read/place.h"
#include "read/statement/statement.h"

#include "text_reader_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_text_reader(careo::statement_reader(), data, size);
  careo::check_text_reader(careo::place_reader(), data, size);
  return 0;
}
