// SPDX-License-Identifier: Apache-2.0
// ZIP and tar: whatever the headers say, every byte is claimed exactly once.
#include "memory_part.h"
#include "unpack/archive/archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const careo::Opener* opener : {careo::zip_opener(), careo::tar_opener()}) {
    careo::MemoryPart part({data, size});
    careo::CountingSink sink(size);
    if (opener->open(part, {}, careo::small_budget(), sink)) sink.finished();
  }
  return 0;
}
