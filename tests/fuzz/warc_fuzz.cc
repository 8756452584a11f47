// SPDX-License-Identifier: Apache-2.0
// Any bytes as a web archive.
#include "fuzz/opener_check.h"
#include "unpack/archive/archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::check_opener(*careo::warc_opener(), careo::Bytes(data, size));
  return 0;
}
