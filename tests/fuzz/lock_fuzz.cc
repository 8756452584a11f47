// SPDX-License-Identifier: Apache-2.0
// Any bytes as the description of a lock, and as a package under it.
#include "unpack/office/lock.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const careo::Bytes bytes{data, size};
  if (const auto lock = careo::OfficeLock::read(bytes)) (void)lock->open(bytes, careo::Buffer(32));
  return 0;
}
