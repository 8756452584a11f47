// SPDX-License-Identifier: Apache-2.0
// Any bytes as a RAR archive with comments: what is told of them is text.
#include "memory_part.h"
#include "unpack/archive/rar_services.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  careo::MemoryPart part({data, size});
  const auto services = careo::rar_services(part);
  if (!services) std::abort();  // damage ends the walk; nothing in memory is gone
  for (const std::string& comment : services->comments)
    if (comment.empty() || !careo::is_utf8(comment)) std::abort();
  return 0;
}
