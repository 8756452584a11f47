// SPDX-License-Identifier: Apache-2.0
// Any bytes as something locked, with a word at hand: what it opens, in the corpus, is read as well.
#include "fuzz/opener_check.h"
#include "unpack/archive/archive.h"
#include "unpack/office/office.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const careo::Opener* opener : {careo::office_opener(), careo::archive_opener()}) {
    const careo::Collected got = careo::check_opener(*opener, {data, size}, {}, {"w"});
    for (const careo::Buffer& unlocked : got.derived_data) (void)careo::check_opener(*opener, unlocked);
  }
  return 0;
}
